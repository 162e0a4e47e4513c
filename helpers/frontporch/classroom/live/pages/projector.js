'use strict';
let now = null;

const show = told => {
  now = told;
  at('text').textContent = told.text;
  at('place').textContent = `Question ${told.question} of ${told.questions}`;
  const people = told.people === 1 ? '1 phone' : `${told.people} phones`;
  at('count').textContent = `${told.answers} of ${people} answered`;
  at('empty').hidden = Boolean(told.picture);
  at('picture').hidden = !told.picture;
  if (told.picture && at('picture').getAttribute('src') !== told.picture) {
    at('picture').src = told.picture;
    at('picture').alt = told.told;
  }
  at('back').disabled = told.question === 1;
  at('next').disabled = told.question === told.questions;
  at('reveal').disabled = told.revealed || !told.answers;
  at('said').textContent = told.working ? 'Playing the years …'
    : told.revealed ? 'The result is shown: no more answers.' : '';
};

at('back').onclick = () => act({do: 'show', question: now.question - 1});
at('next').onclick = () => act({do: 'show', question: now.question + 1});
at('reveal').onclick = () => act({do: 'reveal'});

follow();
