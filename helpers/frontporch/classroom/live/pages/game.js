'use strict';
const STAGES = [['unmet', 'not met yet'], ['stranger', 'strangers'], ['acquaintance', 'acquaintances'],
  ['buyer', 'buyers'], ['friend', 'friends'], ['lost', 'lost']];
let shown = '';  // what the form was made for
let ends = null;
let form = null;

// The shop: what a team sees first.
const people = state => {
  const bar = made('div', {className: 'stages', role: 'img',
    ariaLabel: STAGES.map(([name, words]) => `${whole(state.stages[name] || 0)} ${words}`).join(', ')});
  const legend = made('ul', {className: 'legend'});
  for (const [name, words] of STAGES) {
    const part = made('span', {className: name});
    part.style.flexGrow = state.stages[name] || 0;
    bar.append(part);
    legend.append(made('li', {}, made('i', {className: name}), `${words} `,
      made('b', {}, whole(state.stages[name] || 0))));
  }
  return [bar, legend];
};

const moves = state => made('p', {className: 'moves'},
  made('span', {className: 'met'}, `→ met ${whole(state.met)}`),
  made('span', {className: 'gone'}, `lost ${whole(state.lost)} →`));

const fact = (label, value, more = '') => made('div', {}, made('dt', {}, label),
  made('dd', {}, value, ...(more ? [made('small', {}, more)] : [])));

const nth = rank => `${rank}${['th', 'st', 'nd', 'rd'][rank] || 'th'}`;  // up to 20

const shop = state => {
  if (!state.begun) {
    return [made('div', {className: 'cash'}, made('p', {}, made('b', {}, dollars(state.cash)),
      made('small', {}, 'cash to begin with'))),
    made('p', {}, 'Your shop opens. All shops begin alike: same cash, same people, same neighbors.')];
  }
  const all = [state.cash, ...state.others];
  const low = Math.min(...all) - 1.3 * state.luck, high = Math.max(...all) + 1.3 * state.luck;
  return [
    made('div', {className: 'cash'}, made('p', {}, made('b', {}, dollars(state.cash)),
      made('small', {}, 'cash')),
    made('p', {}, made('b', {}, signed(state.change)), made('small', {}, state.during)),
    made('p', {}, made('b', {}, nth(state.rank)), made('small', {}, `of ${state.shops} shops`))),
    luckBar(state.cash, state.luck, low, high, state.others),
    made('p', {className: 'note'}, state.luck_words),
    ...people(state), moves(state),
    made('dl', {className: 'facts'},
      fact('orders', whole(state.orders), state.orders_change),
      fact('sales', dollars(state.sales), state.sales_change),
      fact('posts', `${whole(state.open)} open`,
        `${whole(state.answered)} answered, ${whole(state.gave_up)} gave up`)),
    ...state.lines.map(one => made('p', {className: 'line'}, one)),
    ...(state.reason ? [made('p', {className: 'said bad'}, state.reason)] : []),
    made('details', {}, made('summary', {}, 'How people came and left'),
      ...state.ways.map(one => made('p', {}, one))),
  ];
};

// What everybody knows of the town, and what nobody does.
const town = known => [made('summary', {}, 'What is known about this town',
  made('small', {}, known.short)), ...known.open.map(one => made('p', {}, one)),
tabled(['claim', 'here'], known.told)];

const research = list => list.map((one, k) => made('details', {className: 'card', open: one.newest && one.open},
  made('summary', {}, one.title),
  ...(one.says ? [made('p', {}, one.says)] : []), tabled(one.columns, one.rows),
  made('p', {}, ...(one.left ? [one.left, ' '] : []), made('a', {href: `${room}/table/${one.file}.csv`, download: ''},
    'Download the whole table (CSV)'))));

// The form: what may be set in this round.
const priced = choice => (choice.price ? `${signed(choice.price)} a week` : '');

const buttons = (field, value, changed) => {
  const group = id();
  const inputs = field.choices.map(one => made('input', {type: 'radio', name: group,
    checked: one.value === value, onchange: changed}));
  return {
    name: field.name,
    box: made('fieldset', {className: 'buttons'},
      made('legend', {}, field.label, ...(field.fresh ? [made('mark', {}, 'new')] : [])),
      made('div', {}, ...inputs.map((input, k) => made('label', {}, input,
        made('span', {}, field.choices[k].label, made('small', {}, priced(field.choices[k])))))),
      made('p', {className: 'note'}, field.costs ? `Cost: ${field.costs}.` : '')),
    chosen: () => field.choices[inputs.findIndex(input => input.checked)] || null,
  };
};

const card = (given, mine, changed) => {
  const fields = given.fields.map(one => buttons(one, mine.acts[one.name], changed));
  const says = made('small');
  const box = made('details', {className: 'card', open: given.open}, made('summary', {}, given.name, says),
    ...fields.map(one => one.box));
  return {box, fields, say: () => {
    says.textContent = given.fields.length > 1
      ? fields.map(one => one.chosen()).filter((one, k) => one && one.value !== given.fields[k].nothing)
        .map(one => one.label).join(' · ') || 'nothing'
      : (fields[0].chosen() || {label: ''}).label;
  }};
};

const asks = (told, mine, changed) => {
  const rows = [];
  const tests = mine.research.filter(one => one.kind === 'ab_test');
  for (const kind of told.kinds) {
    for (let k = 0; k < (kind.kind === 'ab_test' ? told.most : 1); k += 1) {
      const had = kind.kind === 'ab_test' ? tests[k] : mine.research.find(one => one.kind === kind.kind);
      const input = made('input', {type: 'checkbox', checked: Boolean(had), onchange: changed});
      const words = made('span', {}, k ? 'A second A/B test' : kind.label,
        made('small', {}, `${k ? '' : `${kind.means} `}${dollars(kind.price)}`));
      const row = [made('label', {className: 'choice'}, input, words)];
      let select = null;
      if (kind.kind === 'ab_test') {
        select = made('select', {onchange: () => { input.checked = select.value !== ''; changed(); },
          ariaLabel: k ? 'What the second test tries' : 'What the test tries'},
        made('option', {value: ''}, 'What does one half get?'),
        ...told.tests.map(test => made('optgroup', {label: test.label}, ...test.choices.map(one =>
          made('option', {value: JSON.stringify([test.act, one.value])}, `${test.short}: ${one.label}`)))));
        select.value = had ? JSON.stringify([had.act, had.value]) : '';
        row.push(select);
      }
      const box = made('div', {}, ...row);
      rows.push({box, kind: kind.kind, price: kind.price, input, sent: () => {
        if (!input.checked) return null;
        if (!select) return {kind: kind.kind};
        const [act, value] = select.value ? JSON.parse(select.value) : ['', null];
        return {kind: kind.kind, act, value};
      }});
    }
  }
  const says = made('small');
  const all = rows.filter(one => one.kind === 'ab_test');
  const say = () => {
    const chosen = rows.filter(one => one.input.checked).length;
    says.textContent = chosen ? `${chosen} of ${told.most} asked` : told.advice;
    all.slice(1).forEach((one, k) => {
      one.box.hidden = !one.input.checked && !all[k].input.checked;
    });
  };
  return {rows, say, box: made('details', {className: 'card', open: told.open},
    made('summary', {}, 'Ask the market', says), ...rows.map(one => one.box))};
};

const build = told => {
  const sums = made('p', {className: 'sums'});
  const said = made('p', {className: 'said'});
  said.setAttribute('role', 'alert');
  const button = made('button', {}, 'Hand in');
  const mine = told.mine;
  let edited = false;
  const changed = () => {
    edited = true;
    say();
  };
  const cards = told.form.cards.map(one => card(one, mine, changed));
  const asking = asks(told.form.research, mine, changed);
  const expected = typed(told.form.predict, 'number', mine.prediction, {inputMode: 'numeric', oninput: changed});
  const memoId = id();
  const memo = made('textarea', {id: memoId, maxLength: told.form.longest, rows: 2, oninput: changed});
  memo.value = mine.memo || '';
  const say = () => {
    for (const one of cards) one.say();
    const week = cards.flatMap(one => one.fields).reduce((sum, one) => {
      const choice = one.chosen();
      return sum + (choice ? choice.price : 0);
    }, 0);
    const asked = asking.rows.filter(one => one.input.checked).reduce((sum, one) => sum + one.price, 0);
    sums.textContent = `${dollars(week)} a week` + (asked ? `, research ${dollars(asked)}` : '');
    asking.say();
    at('form').classList.toggle('edited', edited);
    status();
  };
  const status = () => {
    at('status').textContent = form && form.closing ? 'Being played …'
      : edited && form && form.handed ? 'Changed, not handed in' : form && form.handed ? 'Handed in ✓' : 'Not handed in';
    at('status').className = form && form.handed && !edited ? 'good' : '';
    button.textContent = form && form.handed ? 'Hand in again' : 'Hand in';
    button.disabled = Boolean(form && form.closing);
  };
  at('form').replaceChildren(made('h2', {}, told.form.title), ...cards.map(one => one.box), asking.box,
    made('div', {className: 'card'}, expected.box,
      made('label', {htmlFor: memoId}, 'Why, in one line (your instructor reads it)'), memo),
    made('div', {className: 'send'}, sums, button, said));
  at('form').onsubmit = async event => {
    event.preventDefault();
    button.disabled = true;
    said.className = 'said';
    said.textContent = 'Sending …';
    const acts = Object.fromEntries(cards.flatMap(one => one.fields)
      .filter(one => one.chosen()).map(one => [one.name, one.chosen().value]));
    try {
      const [code, answer] = await asked('/answer', {round: told.round, acts,
        research: asking.rows.map(one => one.sent()).filter(Boolean),
        prediction: expected.value(), memo: memo.value});
      said.className = answer.problem ? 'said bad' : 'said';
      said.textContent = answer.problem || 'Handed in. You may change it until the round closes.';
      if (code === 200) {
        edited = false;
        update(answer);
      }
    } catch {
      said.className = 'said bad';
      said.textContent = 'Not sent: no connection. Try again.';
    }
    button.disabled = false;
    say();
  };
  return {say};
};

const lesson = list => list.map(one => made('section', {className: 'card'}, made('h2', {}, one.title),
  ...one.text.map(words => made('p', {}, words)),
  ...(one.rows ? [tabled(one.columns, one.rows)] : [])));

let made_form = {say: () => {}};
let found = '';
let drawn = '';
const update = told => {
  at('join').hidden = true;
  at('bar').hidden = false;
  at('title').hidden = told.phase !== 'lobby';
  at('team').textContent = told.team;
  at('round').textContent = told.phase === 'lobby' ? '' : told.phase === 'over' ? 'the year is over'
    : `${told.round}/${told.rounds}`;
  at('round').setAttribute('aria-label', at('round').textContent.includes('/')
    ? `round ${told.round} of ${told.rounds}` : at('round').textContent);
  at('waiting').hidden = !told.waiting;
  at('waiting').textContent = told.waiting;
  at('town').hidden = !told.known || told.debrief.length > 0; // then it tells what nobody knew
  if (told.known && !at('town').childElementCount) at('town').replaceChildren(...town(told.known));
  at('state').hidden = !told.state;
  const state = JSON.stringify(told.state);
  if (told.state && state !== drawn) {
    drawn = state;
    at('state').replaceChildren(...shop(told.state));
  }
  ends = told.left === null ? null : Date.now() + 1000 * told.left;
  form = told;
  form.closing = told.phase === 'closing';
  const bought = JSON.stringify(told.research.map(one => one.file));
  if (bought !== found) {
    found = bought;
    at('found').hidden = !told.research.length;
    at('found').replaceChildren(made('h2', {}, 'What your research found'), ...research(told.research));
  }
  at('debrief').hidden = !told.debrief.length;
  if (told.debrief.length && !at('debrief').childElementCount) {
    at('debrief').replaceChildren(...lesson(told.debrief));
  }
  at('form').hidden = !told.form || told.phase === 'over';
  if (told.form && told.phase !== 'over' && shown !== `${told.round}`) {
    if (shown) scrollTo(0, 0);
    shown = `${told.round}`;
    made_form = build(told);
  }
  made_form.say();
  if (!told.form || told.phase === 'over') at('status').textContent = '';
  tick();
};

const tick = () => {
  at('clock').textContent = ends === null || !form || form.phase !== 'open' ? ''
    : clock((ends - Date.now()) / 1000);
};

// Before somebody joins: the seats of a game that has begun, or a name of one's own.
const door = async () => {
  const [code, told] = await asked('/door');
  if (code !== 200) return;
  if (told.title) at('title').textContent = told.title;
  if (told.seats && told.seats.length) {
    const select = made('select', {id: 'name', required: true},
      ...told.seats.map(one => made('option', {value: one}, one)));
    at('seat').replaceChildren(made('label', {htmlFor: 'name'}, 'Your team'), select);
  } else if (told.full) {
    at('seat').replaceChildren(made('p', {className: 'said bad'}, told.full));
  }
};

begin(update, door);
setInterval(tick, 500);
