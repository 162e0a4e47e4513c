'use strict';
const whole = number => Math.round(number).toLocaleString('en').replace('-', '−');
const dollars = number => `${number < 0 ? '−' : ''}$${Math.abs(Math.round(number)).toLocaleString('en')}`;
const signed = number => `${Math.round(number) > 0 ? '+' : ''}${dollars(number)}`;
const plus = number => `${number > 0 ? '+' : ''}${whole(number)}`;

const isNumber = one => typeof one === 'number' || /^[+−]?\$?[\d,.]+( ?%)?$/.test(String(one));

// A table with a caption; numbers stand on the right, below their heading.
const tabled = (columns, rows, caption = '') => made('div', {className: 'wide', tabIndex: 0,
  role: 'region', ariaLabel: caption || columns.join(', ')},
made('table', {}, ...(caption ? [made('caption', {}, caption)] : []),
  made('thead', {}, made('tr', {}, ...columns.map((one, k) => made('th',
    {scope: 'col', className: rows.length && isNumber(rows[0][k]) ? 'number' : ''}, one)))),
  made('tbody', {}, ...rows.map(row => made('tr', {}, ...row.map(one =>
    made('td', isNumber(one) ? {className: 'number'} : {}, one === null ? '' : String(one))))))));

// How far luck alone spreads shops that do the same, around each one's cash.
const luckBar = (cash, luck, low, high, others = []) => {
  const span = Math.max(high - low, 1);
  const place = number => `${Math.min(Math.max((number - low) / span * 100, 0), 100)}%`;
  const band = made('span', {className: 'band'});
  band.style.left = place(cash - luck);
  band.style.right = `${100 - parseFloat(place(cash + luck))}%`;
  const marks = [...others.map(one => [one, 'other']), [cash, 'own']].map(([one, kind]) => {
    const mark = made('span', {className: `mark ${kind}`});
    mark.style.left = place(one);
    return mark;
  });
  return made('span', {className: 'luck', ariaHidden: 'true'}, band, ...marks);
};

const clock = left => {
  if (left === null) return '';
  if (left <= 0) return 'Time is up';
  return `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
};
