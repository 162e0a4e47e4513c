'use strict';
let now = null;
let asking = false;
let ends = null;

const lobby = told => {
  const list = made('ul', {className: 'teams'},
    ...told.teams.map(one => made('li', {className: 'in'}, one.name)));
  return [made('h2', {}, told.teams.length ? 'Teams that have joined' : 'No team has joined yet'),
    list, made('p', {}, told.advice)];
};

const teams = told => made('ul', {className: 'teams'}, ...told.teams.map(one =>
  made('li', {className: one.handed ? 'in' : one.played ? 'played' : 'out'}, one.name,
    made('small', {}, one.played ? 'run by the computer'
      : one.handed ? 'handed in' : one.phone ? 'deciding' : 'no phone yet'))));

const standings = told => {
  const cash = told.standings.map(one => one.cash);
  const low = Math.min(...cash) - 1.3 * told.luck, high = Math.max(...cash) + 1.3 * told.luck;
  return made('table', {className: 'standings'},
    made('caption', {}, told.after),
    made('thead', {}, made('tr', {}, ...['rank', 'shop', 'cash', 'this round', 'luck alone']
      .map((one, k) => made('th', {scope: 'col', className: [0, 2, 3].includes(k) ? 'number' : ''},
        one)))),
    made('tbody', {}, ...told.standings.map(one => made('tr', {},
      made('td', {className: 'number'}, `${one.rank}`),
      made('th', {scope: 'row'}, one.team),
      made('td', {className: 'number'}, dollars(one.cash)),
      made('td', {className: 'number'}, signed(one.change)),
      made('td', {className: 'luckcell'}, luckBar(one.cash, told.luck, low, high))))));
};

const playing = told => {
  const parts = told.phase === 'over' ? [] : [made('div', {className: 'handed'},
    made('h2', {}, 'Handed in'), teams(told))];
  if (told.standings.length) {
    parts.push(made('div', {}, standings(told), made('p', {className: 'note'}, told.note)));
  } else {
    parts.push(made('div', {}, made('h2', {}, told.head),
      ...told.rules.map(one => made('p', {}, one))));
  }
  return [made('div', {className: parts.length > 1 ? 'two' : ''}, ...parts)];
};

const taught = page => {
  const parts = [...(page.text || []).map(one => made('p', {}, one))];
  if (page.picture) {
    parts.push(made('img', {src: `/projector/picture/${page.picture}`, alt: page.told || page.title}));
  }
  if (page.rows) parts.push(tabled(page.columns, page.rows));
  return [made('div', {className: 'taught'}, ...parts)];
};

const show = told => {
  const same = now && JSON.stringify({...now, left: 0}) === JSON.stringify({...told, left: 0});
  now = told;
  ends = told.left === null ? null : Date.now() + 1000 * told.left;
  if (same) return;
  const page = told.pages[told.page];
  document.body.classList.toggle('over', told.phase === 'over');
  at('text').textContent = page ? page.title : told.title;
  at('content').replaceChildren(...(page ? taught(page)
    : told.phase === 'lobby' ? lobby(told) : playing(told)));
  at('count').textContent = told.count;
  const buttons = {lobby: 'Start the game', open: `Resolve round ${told.round}`};
  at('go').hidden = !buttons[told.phase] || asking;
  at('go').textContent = buttons[told.phase] || '';
  at('go').disabled = told.working || (told.phase === 'lobby' && !told.teams.length);
  if (!told.missing.length || told.phase !== 'open') asking = false;
  for (const one of ['anyway', 'wait']) at(one).hidden = !asking;
  at('time').hidden = told.left === null || asking || told.phase !== 'open';
  const turns = told.phase === 'over' && told.pages.length > 0;
  for (const one of ['back', 'next']) at(one).hidden = !turns;
  at('back').disabled = told.page < 0;
  at('next').disabled = told.page >= told.pages.length - 1;
  const seated = told.teams.filter(one => one.phone);
  at('free').hidden = asking || told.phase === 'over' || !seated.length;
  at('free').replaceChildren(made('option', {value: ''}, 'A team has lost its phone …'),
    ...seated.map(one => made('option', {value: one.name}, `Let ${one.name} join again`)));
  at('said').textContent = asking ? told.ask : told.said;
};

const tick = () => {
  at('clock').textContent = ends === null ? '' : clock((ends - Date.now()) / 1000);
};

at('go').onclick = () => {
  if (now.phase === 'lobby') { act({do: 'start'}); return; }
  if (!now.missing.length) { act({do: 'resolve', round: now.round}); return; }
  asking = true;
  const told = now;
  now = null;
  show(told);
};
at('anyway').onclick = () => {
  asking = false;
  act({do: 'resolve', round: now.round, anyway: true});
};
at('wait').onclick = () => {
  asking = false;
  const told = now;
  now = null;
  show(told);
};
at('time').onclick = () => act({do: 'time'});
at('back').onclick = () => act({do: 'page', page: now.page - 1});
at('next').onclick = () => act({do: 'page', page: now.page + 1});
at('free').onchange = () => {
  if (at('free').value) act({do: 'free', team: at('free').value});
};

follow();
setInterval(tick, 500);
