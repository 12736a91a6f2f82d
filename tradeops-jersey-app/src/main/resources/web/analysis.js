// The day's analysis as a table, and the switch between it and the trades.

import {call, explain} from './api.js';
import {byId, showState} from './dom.js';
import {decimalsOf, exact, utcDay} from './format.js';
import {decimalColumn, recordTable, skeleton, tickerColumn} from './table.js';

const LOOK_MILLIS = 2_000;
const PATIENCE_MILLIS = 90_000;
const DAY_MILLIS = 86_400_000;
const PRICES = {min_price: 'Low', max_price: 'High', first_price: 'First', last_price: 'Last'};

const date = byId('analysis-date');
let fill;
let waiting = 0;

/** Shows an analysis, or else what is the matter with it. */
function show(analysis, ...why) {
  fill(analysis?.results ?? []);
  showState(byId('analysis-state'), ...why);
}

/** Takes a day's analysis if it is there. */
async function load(day) {
  const analysis = await call(`analysis/?date=${day}`);
  if (day === date.value) show(analysis, '');
}

async function open() {
  const day = date.value;
  clearTimeout(waiting);
  show(null, day ? '' : 'Choose a day', 'The analysis of a day adds up its trades by ticker.');
  if (!day) return;
  skeleton(byId('analysis'));
  try {
    await load(day);
  } catch (error) {
    if (day !== date.value) return;
    if (error.status === 404) {
      show(null, `No analysis of ${day}`, 'One is made after midnight UTC from the trades of the day before; it can also be made now.',
        'Make it now', () => make(day));
    } else {
      show(null, 'The analysis can’t be loaded', explain(error), 'Try again', open);
    }
  }
}

async function make(day) {
  try {
    await call(`analysis/?date=${day}`, {method: 'POST'});
    show(null, 'Queued', `The day’s trades are exported and added up; looking every ${LOOK_MILLIS / 1000} s.`);
    look(day, Date.now() + PATIENCE_MILLIS);
  } catch (error) {
    show(null, 'It could not be queued', explain(error), 'Try again', () => make(day));
  }
}

function look(day, deadline) {
  waiting = setTimeout(async () => {
    try {
      await load(day);
    } catch (error) {
      if (day !== date.value) return;
      if (Date.now() < deadline) look(day, deadline);
      else show(null, 'Still no analysis', 'Perhaps the day has no trades; the job dashboard says what became of the job.', 'Look again', open);
    }
  }, LOOK_MILLIS);
}

/** The newest day with trades that is over; else yesterday. */
async function choose() {
  const yesterday = utcDay(new Date(Date.now() - DAY_MILLIS));
  const [trade] = await call(`trades/?order=desc&limit=1&to=${yesterday}`).catch(() => []);
  date.value = trade ? trade.timestamp.slice(0, 10) : yesterday;
}

/** Shows 'trades' or 'analysis'. */
export async function showRecords(name) {
  const analysis = name === 'analysis';
  for (const each of ['trades', 'analysis']) {
    byId(`${each}-tab`).ariaPressed = each === name;
    byId(`${each}-panel`).hidden = each !== name;
  }
  byId('analysis-day').hidden = !analysis;
  if (analysis && !date.value) {
    await choose();
    await open();
  }
}

export function startAnalysis() {
  const plain = (name, title) => decimalColumn(name, title, (row) => exact(String(row[name])));
  const price = ([name, title]) => decimalColumn(name, title,
    (row) => exact(row[name], Math.max(2, ...Object.keys(PRICES).map((each) => decimalsOf(row[each])))));
  fill = recordTable('analysis', [tickerColumn, plain('trade_count', 'Trades'), plain('total_volume', 'Volume'),
    plain('average_price', 'Average'), plain('vwap', 'VWAP'), ...Object.entries(PRICES).map(price),
    plain('total_notional', 'Notional')], 'ticker', false);
  date.max = utcDay(new Date());
  date.addEventListener('change', open);
  for (const name of ['trades', 'analysis']) byId(`${name}-tab`).addEventListener('click', () => showRecords(name));
  showRecords('trades');
}
