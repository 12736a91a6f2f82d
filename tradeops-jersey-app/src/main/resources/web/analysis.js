// The day's analysis as a table, and the tabs that it shares with the trades.

import {call, explain, Problem} from './api.js';
import {byId, element, setText, showState, skeleton} from './dom.js';
import {compareDecimals, decimalsOf, exact, utcDay} from './format.js';
import {byText, sortable} from './sorting.js';
import {select} from './store.js';

const LOOK_MILLIS = 2_000;
const PATIENCE_MILLIS = 90_000;
const DAY_MILLIS = 86_400_000;

const COLUMNS = [['ticker', 'Ticker'], ['trade_count', 'Trades'], ['total_volume', 'Volume'], ['average_price', 'Average'],
  ['vwap', 'VWAP'], ['min_price', 'Low'], ['max_price', 'High'], ['first_price', 'First'], ['last_price', 'Last'],
  ['total_notional', 'Notional']];

const PRICES = ['min_price', 'max_price', 'first_price', 'last_price'];

const body = byId('analysis');
const date = byId('analysis-date');
let order;
let rows = [];
let note = '';
let waiting = 0;

const say = (title, hint, button) => showState(byId('analysis-state'), title, hint, button);

/** A ticker's prices have decimals of one length. */
const decimals = (row) => Math.max(2, ...PRICES.map((name) => decimalsOf(row[name])));

function draw() {
  body.replaceChildren(...[...rows].sort(order).map((row) => element('tr', {},
    element('th', {scope: 'row'}, element('button', {type: 'button', class: 'link', text: row.ticker, onclick: () => select(row.ticker)})),
    ...COLUMNS.slice(1).map(([name]) => element('td', {class: 'number', text: exact(String(row[name]), PRICES.includes(name) ? decimals(row) : 0)})))));
  setText(byId('records-note'), byId('analysis-panel').hidden ? '' : note);
}

/** Takes a day's analysis if it is there. */
async function load(day) {
  const analysis = await call(`analysis/?date=${day}`);
  if (day !== date.value) return;
  rows = analysis.results;
  note = `${analysis.rows.toLocaleString('en')} rows, ${analysis.rejected.toLocaleString('en')} rejected`;
  say('');
  draw();
}

async function show() {
  const day = date.value;
  clearTimeout(waiting);
  rows = [];
  note = '';
  draw();
  say('');
  if (!day) {
    say('Choose a day', 'The analysis of a day adds up its trades by ticker.');
    return;
  }
  skeleton(body, COLUMNS.length, 4);
  try {
    await load(day);
  } catch (error) {
    if (day !== date.value) return;
    body.replaceChildren();
    if (error instanceof Problem && error.status === 404) {
      say(`No analysis of ${day}`, 'One is made after midnight UTC from the trades of the day before; it can also be made now.',
        {label: 'Make it now', action: () => make(day)});
    } else {
      say('The analysis can’t be loaded', explain(error), {label: 'Try again', action: show});
    }
  }
}

async function make(day) {
  try {
    await call(`analysis/?date=${day}`, {method: 'POST'});
    say('Queued', `The day’s trades are exported and added up; looking every ${LOOK_MILLIS / 1000} s.`);
    look(day, Date.now() + PATIENCE_MILLIS);
  } catch (error) {
    say('It could not be queued', explain(error), {label: 'Try again', action: () => make(day)});
  }
}

function look(day, deadline) {
  waiting = setTimeout(async () => {
    try {
      await load(day);
    } catch (error) {
      if (day !== date.value) return;
      if (Date.now() < deadline) look(day, deadline);
      else say('Still no analysis', 'Perhaps the day has no trades; the job dashboard says what became of the job.', {label: 'Look again', action: show});
    }
  }, LOOK_MILLIS);
}

/** The newest day with trades that is over; else yesterday. */
async function choose() {
  const yesterday = utcDay(new Date(Date.now() - DAY_MILLIS));
  try {
    const [trade] = await call(`trades/?order=desc&limit=1&to=${yesterday}`);
    date.value = trade ? trade.timestamp.slice(0, 10) : yesterday;
  } catch (error) {
    date.value = yesterday;
  }
}

/** Shows 'trades' or 'analysis'. */
export async function showRecords(name) {
  for (const each of ['trades', 'analysis']) {
    const tab = byId(`${each}-tab`);
    tab.setAttribute('aria-selected', String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    byId(`${each}-panel`).hidden = each !== name;
  }
  byId('analysis-day').hidden = name !== 'analysis';
  setText(byId('records-note'), name === 'analysis' ? note : '');
  if (name === 'analysis' && !date.value) {
    await choose();
    await show();
  }
}

export function startAnalysis() {
  const numeric = (name) => (a, b) => compareDecimals(String(a[name]), String(b[name]));
  order = sortable(body.parentElement.querySelector('thead tr'), COLUMNS.map(([name, title], index) =>
    ({name, title, number: index > 0, compare: index ? numeric(name) : byText(name)})), 'ticker', false, draw);
  date.max = utcDay(new Date());
  date.addEventListener('change', show);
  const tabs = [byId('trades-tab'), byId('analysis-tab')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => showRecords(tab.id.slice(0, -4)));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const other = tabs.find((each) => each !== tab);
      showRecords(other.id.slice(0, -4));
      other.focus();
    });
  }
}
