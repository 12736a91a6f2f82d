// A day's analysis, and the tabs that it shares with the trades.

import {call, showFailure} from './api.js';
import {byId, numberCell, setText, showState, Table, tickerCell} from './dom.js';
import {decimalsOf, exact, utcDate} from './format.js';

const POLL_MILLIS = 2_000;
const WAIT_MILLIS = 90_000;
const TITLES = {trade_count: 'Trades', total_volume: 'Volume', average_price: 'Average', vwap: 'VWAP', min_price: 'Low',
  max_price: 'High', first_price: 'First', last_price: 'Last', total_notional: 'Notional'};
const PRICES = ['min_price', 'max_price', 'first_price', 'last_price'];

const date = byId('analysis-date');
const place = byId('analysis-state');
const note = byId('records-note');
const tabs = [byId('trades-tab'), byId('analysis-tab')];
let waiting = 0;

// a ticker's prices have the same decimals
const cell = (name) => (row) => numberCell(row[name],
  PRICES.includes(name) ? Math.max(2, ...PRICES.map((price) => decimalsOf(row[price]))) : 0);

const table = new Table('analysis', [{name: 'ticker', title: 'Ticker', cell: tickerCell},
  ...Object.entries(TITLES).map(([name, title]) => ({name, title, number: true, cell: cell(name)}))]);

function draw(rows, text) {
  table.rows = rows;
  table.draw();
  setText(note, text);
}

/** Shows the selected day; polls until the deadline if there is no analysis. */
async function show(deadline = 0) {
  const day = date.value;
  clearTimeout(waiting);
  draw([], '');
  if (!deadline) showState(place, 'Loading…');
  try {
    const {results, rows, rejected} = await call(`analysis/?date=${day}`);
    if (day !== date.value) return;
    showState(place);
    draw(results, `${exact(rows)} rows, ${exact(rejected)} rejected`);
  } catch (error) {
    if (day !== date.value) return;
    if (error.status !== 404) {
      showFailure(place, 'The analysis could not be loaded', error, show);
    } else if (Date.now() < deadline) {
      showState(place, 'Queued', 'The day’s trades are being exported and analysed.');
      waiting = setTimeout(show, POLL_MILLIS, deadline);
    } else {
      showState(place, `${deadline ? 'Still no' : 'No'} analysis of ${day}`, 'If the day has trades, it is made after midnight UTC, or now.',
        'Queue it now', queue);
    }
  }
}

async function queue() {
  try {
    await call(`analysis/?date=${date.value}`, {method: 'POST'});
    show(Date.now() + WAIT_MILLIS);
  } catch (error) {
    showFailure(place, 'The analysis could not be queued', error, queue);
  }
}

// the last past day with trades, else yesterday
async function selectDay() {
  const yesterday = utcDate(new Date(Date.now() - 86_400_000));
  const [trade] = await call(`trades/?order=desc&limit=1&to=${yesterday}`).catch(() => []);
  date.value = trade?.timestamp.slice(0, 10) ?? yesterday;
  show();
}

function showTab(shown) {
  for (const tab of tabs) {
    const on = tab === shown;
    tab.ariaSelected = on;
    tab.tabIndex = on ? 0 : -1;
    byId(tab.getAttribute('aria-controls')).hidden = !on;
  }
  byId('analysis-day').hidden = note.hidden = shown !== tabs[1];
  byId('trades-late').hidden = !note.hidden;
  if (!note.hidden && !date.value) selectDay();
}

export const showTrades = () => showTab(tabs[0]);

date.max = utcDate(new Date());
date.onchange = () => show();
tabs.forEach((tab, index) => {
  const other = tabs[1 - index];
  tab.onclick = () => showTab(tab);
  tab.onkeydown = ({key}) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    showTab(other);
    other.focus();
  };
});
