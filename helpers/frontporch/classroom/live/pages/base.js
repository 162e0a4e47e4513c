'use strict';
const room = location.pathname.replace(/\/$/, '');
const at = id => document.getElementById(id);
const EVERY = 4000;  // milliseconds

const made = (kind, given = {}, ...inside) => {
  const one = document.createElement(kind);
  for (const [name, value] of Object.entries(given)) {
    if (name in one) one[name] = value; else one.setAttribute(name, value);
  }
  one.append(...inside);
  return one;
};

const asked = async (path, sent) => {
  const how = sent === undefined ? {} : {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(sent),
  };
  const stop = AbortSignal.timeout ? {signal: AbortSignal.timeout(8000)} : {};
  const answer = await fetch(room + path, {...how, ...stop});
  return [answer.status, await answer.json().catch(() => ({}))];
};

let count = 0;
const id = () => `field-${count += 1}`;

const chooser = (label, options, value) => {
  const name = id();
  const select = made('select', {id: name},
    ...options.map(([says, worth]) => made('option', {value: worth === null ? '' : worth}, says)));
  select.value = value === null || value === undefined ? '' : value;
  return {
    box: made('div', {}, made('label', {htmlFor: name}, label), select),
    value: () => (select.value === '' ? null : Number(select.value)),
  };
};

const typed = (label, kind, value, more = {}) => {
  const name = id();
  const input = made('input', {type: kind, id: name, autocomplete: 'off', ...more});
  if (kind === 'number') input.step = 'any';
  input.value = value === null || value === undefined ? '' : value;
  return {
    box: made('div', {}, made('label', {htmlFor: name}, label), input),
    value: () => (kind === 'number' ? (input.value === '' ? null : Number(input.value))
      : input.value),
  };
};

const radios = (label, options, value) => {
  const group = id();
  const inputs = options.map(one => made('input',
    {type: 'radio', name: group, value: one.name, checked: one.name === value}));
  return {
    box: made('fieldset', {}, made('legend', {}, label), ...inputs.map((input, k) => {
      const words = made('span', {}, options[k].name);
      if (options[k].means) words.append(made('small', {}, options[k].means));
      return made('label', {className: 'choice'}, input, words);
    })),
    value: () => { const one = inputs.find(input => input.checked); return one ? one.value : null; },
  };
};

// Join, then ask again and again what is to be shown.
const begin = (update, door = () => {}) => {
  const look = async () => {
    try {
      const [status, told] = await asked('/now');
      at('lost').hidden = true;
      if (status === 200) update(told);
      else if (status === 401) { await door(); at('join').hidden = false; }
    } catch {
      at('lost').hidden = false;
    }
  };
  at('join').onsubmit = async event => {
    event.preventDefault();
    try {
      const [status, told] = await asked('/join',
        {name: at('name').value, person: at('person').value});
      at('refused').textContent = told.problem || '';
      if (status === 200) update(told);
    } catch {
      at('refused').textContent = 'Not sent: no connection. Try again.';
    }
  };
  look();
  setInterval(() => { if (!document.hidden) look(); }, EVERY);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
};
