'use strict';
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

// Begin: address, code, and whatever is told from now on.
const follow = () => {
  fetch('/projector/about').then(one => one.json()).then(told => {
    at('address').textContent = told.share ? told.address : `${told.address} (this computer only)`;
    at('code').textContent = told.code;
  });
  new EventSource('/projector/events').onmessage = one => show(JSON.parse(one.data));
};
