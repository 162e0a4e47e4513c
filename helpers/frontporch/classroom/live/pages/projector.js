'use strict';
const at = id => document.getElementById(id);
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

const act = async what => {
  try {
    const answer = await fetch('/projector/do', {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(what),
    });
    const told = await answer.json();
    if (told.problem) at('said').textContent = told.problem; else show(told);
  } catch {
    at('said').textContent = 'The room is closed, or its program has ended. Start it again.';
  }
};

at('back').onclick = () => act({do: 'show', question: now.question - 1});
at('next').onclick = () => act({do: 'show', question: now.question + 1});
at('reveal').onclick = () => act({do: 'reveal'});

fetch('/projector/about').then(one => one.json()).then(told => {
  at('address').textContent = told.share ? told.address : `${told.address} (this computer only)`;
  at('code').textContent = told.code;
});
new EventSource('/projector/events').onmessage = one => show(JSON.parse(one.data));
