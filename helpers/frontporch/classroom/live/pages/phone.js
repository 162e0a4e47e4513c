'use strict';
const cards = new Map();

// A slider stands at no number until somebody moves it.
const slider = (label, low, high, step, unit, value) => {
  const name = id();
  const input = made('input', {type: 'range', id: name, min: low, max: high, step});
  const says = made('output');
  const one = {input, set: false};
  const told = () => `${Number(input.value).toLocaleString('en')} ${unit}`.trim();
  const say = () => {
    says.textContent = one.set ? told() : 'not set';
    input.classList.toggle('unset', !one.set);
    input.setAttribute('aria-valuetext', says.textContent);
  };
  one.value = () => (one.set ? Number(input.value) : null);
  one.put = number => {
    one.set = number !== null && number !== undefined;
    input.value = one.set ? number : (Number(low) + Number(high)) / 2;
    say();
  };
  // A tap counts as well as a move: where the thumb stands is then meant.
  for (const event of ['input', 'pointerup']) {
    input.addEventListener(event, () => { one.set = true; say(); });
  }
  one.put(value);
  one.box = made('div', {},
    made('div', {className: 'row'}, made('label', {htmlFor: name}, label), says), input);
  return one;
};

const within = form => {
  const points = form.unit === '%' ? 'points' : form.unit;
  const steps = [0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5]
    .map(share => Math.round(share * (form.high - form.low) * 10) / 10);
  return [['I do not say', null], ...steps.map(one => [`± ${one} ${points}`.trim(), one])];
};

const halfOf = (form, mine) => {
  if (!mine || !mine.low || !Array.isArray(mine.low)) return null;
  const reach = Math.max(...mine.value.map((one, k) =>
    Math.max(one - mine.low[k], mine.high[k] - one)));
  return Math.round(reach * 10) / 10;
};

// What each kind of question asks: its fields, and what they send.
const kinds = {
  curve: (form, mine) => {
    const heights = form.labels.map((label, k) =>
      slider(label, form.low, form.high, form.step, form.unit, mine ? mine.value[k] : null));
    const reach = chooser('80 % sure: the truth lies within', within(form), halfOf(form, mine));
    return {
      fields: [...heights, reach],
      sent: () => ({value: heights.every(one => one.set) ? heights.map(one => one.value()) : null,
        within: reach.value()}),
      left: () => heights.filter(one => !one.set).length,
    };
  },
  number: (form, mine) => {
    const value = slider(form.labels[0], form.low, form.high, form.step, form.unit,
      mine ? mine.value : null);
    const low = typed(`80 % sure: from (${form.unit || 'number'})`, 'number', mine && mine.low);
    const high = typed(`80 % sure: to (${form.unit || 'number'})`, 'number', mine && mine.high);
    return {
      fields: [value, low, high],
      sent: () => ({value: value.value(), low: low.value(), high: high.value()}),
      left: () => (value.set ? 0 : 1),
    };
  },
  choice: (form, mine) => {
    const value = radios('Your prediction', form.options, mine && mine.value);
    const guess = Math.ceil(100 / form.options.length / 5) * 5;
    const steps = [];
    for (let share = guess; share <= 100; share += 5) steps.push([`${share} %`, share]);
    const sure = chooser('How sure are you?', [['I do not say', null], ...steps],
      mine && mine.sure);
    return {fields: [value, sure], sent: () => ({value: value.value(), sure: sure.value()}),
      left: () => 0};
  },
  decision: (form, mine) => {
    const value = radios('Your choice', form.options, mine && mine.value);
    const fields = [value];
    let amount = {value: () => null};
    if (form.amount) {
      amount = chooser(form.amount.label, form.amount.places.map(one => [one.says, one.value]),
        mine && mine.amount !== undefined ? mine.amount : form.amount.value);
      fields.push(amount);
    }
    const expected = typed('Dollars you expect it to bring in the year', 'number',
      mine && mine.expected);
    fields.push(expected);
    return {fields, left: () => 0, sent: () => ({value: value.value(), amount: amount.value(),
      expected: expected.value()})};
  },
  memo: (form, mine) => {
    const boxes = form.labels.map((label, k) => {
      const name = id();
      const box = made('textarea', {id: name, rows: 3, maxLength: 600});
      box.value = mine ? mine.value[k] : '';
      return {box: made('div', {}, made('label', {htmlFor: name}, label), box),
        value: () => box.value};
    });
    return {fields: boxes, left: () => 0, sent: () => ({value: boxes.map(one => one.value())})};
  },
};

const card = form => {
  const plainly = ['decision', 'memo'].includes(form.kind);
  const parts = kinds[form.kind](form, form.mine);
  const because = plainly ? null
    : typed('Why, in one line', 'text', form.mine && form.mine.because, {maxLength: 200});
  const button = made('button', {}, form.kind === 'decision' ? 'Decide' : 'Record');
  const said = made('p', {className: 'said'});
  said.setAttribute('role', 'status');
  const inner = made('form', {}, ...parts.fields.map(one => one.box),
    ...(because ? [because.box] : []), made('p'), button);
  const result = made('div');
  const box = made('section', {className: 'card'},
    ...(form.before ? [made('p', {}, form.before)] : []), made('h2', {}, form.text),
    inner, said, result);
  const say = (words, bad = false) => {
    said.textContent = words;
    said.className = bad ? 'said bad' : 'said';
  };
  inner.onsubmit = async event => {
    event.preventDefault();
    const left = parts.left();
    if (left) {
      say(left === 1 ? 'Move the slider that is not set yet.'
        : `Move the ${left} sliders that are not set yet.`, true);
      return;
    }
    button.disabled = true;
    say('Sending …');
    try {
      const [status, told] = await asked('/answer',
        {about: form.about, ...parts.sent(), ...(because ? {because: because.value()} : {})});
      if (told.problem) say(told.problem, true); else say('Recorded. You may change it until the result is shown.');
      if (status === 200) update(told);
    } catch {
      say('Not sent: no connection. Try again.', true);
    }
    button.disabled = false;
  };
  if (form.mine) say('Recorded. You may change it until the result is shown.');
  return {box, follow: now => {
    inner.hidden = now.revealed;
    if (!now.revealed) return;
    const words = now.year.length ? now.year
      : now.waiting ? ['Your year is being played …']
        : form.kind === 'memo' ? [now.mine ? 'Your last memo counts.' : 'You wrote no memo.']
        : [now.mine ? 'The result is on the projector. Your last answer counts.'
          : 'The result is on the projector. You gave no answer.'];
    say('');
    result.replaceChildren(...words.map(one => made('p', {}, one)));
  }};
};

const update = told => {
  at('join').hidden = true;
  at('who').hidden = false;
  at('who').textContent = told.person ? `${told.team} (${told.person})` : told.team;
  told.questions.forEach((form, k) => {
    if (!cards.has(form.about)) {
      cards.set(form.about, card(form));
      at('questions').append(cards.get(form.about).box);
    }
    const one = cards.get(form.about);
    one.follow(form);
    one.box.classList.toggle('front', k === told.shown);
  });
};

begin(update);
