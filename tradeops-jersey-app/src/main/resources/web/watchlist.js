// The watchlist: arrow keys move, Enter opens.

import {showFailure} from './api.js';
import {arrange, byId, flash, setText, showChange, showState, Table} from './dom.js';
import {percent} from './format.js';
import {select, state, subscribe} from './store.js';

const MOST_ROWS = 200;
const SPARK_SECONDS = 300;

const body = byId('watchlist');
const place = byId('watchlist-state');
const rows = new Map();
const table = new Table('watchlist', [
  {name: 'ticker', title: 'Ticker'},
  {title: '5 min'},
  {name: 'price', title: 'Last', number: true},
  {name: 'change', title: '60 s', number: true},
]);
let shown = [];
let listed = '';
let current = null;

function newRow(series) {
  const {ticker} = series;
  const tr = byId('row').content.firstElementChild.cloneNode(true);
  const [name, spark, price, change] = tr.children;
  name.textContent = name.title = tr.dataset.ticker = ticker;
  tr.onclick = () => select(ticker);
  tr.onfocus = () => rove(ticker);
  return {tr, spark, price, change, series};
}

// the row that had the focus last is in the tab order, else the selected one
function rove(focused = current) {
  current = focused;
  const tabbed = shown.some(({series}) => series.ticker === current) ? current : state.selected;
  for (const {tr, series: {ticker}} of shown) {
    tr.tabIndex = ticker === tabbed ? 0 : -1;
    tr.ariaSelected = ticker === state.selected;
  }
}

function drawSpark({spark, series}) {
  const end = state.now / 1000;
  const from = Math.max(0, series.indexAt(end - SPARK_SECONDS));
  const times = series.times.slice(from);
  const prices = series.prices.slice(from);
  const low = Math.min(...prices);
  const height = Math.max(...prices) - low;
  const points = prices.map((price, index) => {
    const x = Math.max(0, 64 - 64 * (end - times[index]) / SPARK_SECONDS);
    const y = height ? 18 - 16 * (price - low) / height : 10;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  spark.querySelector('polyline').setAttribute('points', points.join(' '));
}

function drawRow(row, withSpark) {
  const {series, price, change} = row;
  if (setText(price, series.text)) flash(price, series.direction);
  showChange(change, percent(series.change));
  if (withSpark) {
    drawSpark(row);
    row.spark.dataset.direction = change.dataset.direction;
  }
}

function list() {
  shown = table.sorted(state.series.values()).slice(0, MOST_ROWS).map((series) => {
    if (!rows.has(series)) rows.set(series, newRow(series));
    return rows.get(series);
  });
  arrange(body, shown.map((row) => row.tr));
  const more = state.series.size - shown.length;
  showState(place, more && `${more} more`, 'Press / to find one.');
  rove();
}

function draw() {
  if (state.series.size === 0) {
    drawEmpty();
    return;
  }
  // once a second, and for each new ticker
  const key = `${Math.floor(performance.now() / 1000)} ${state.series.size}`;
  const due = key !== listed;
  listed = key;
  if (due) list();
  for (const row of shown) drawRow(row, due);
}

function drawEmpty() {
  const {phase, problem} = state.connection;
  if (!problem && (phase === 'connecting' || performance.now() < 3_000)) return;
  if (problem) showFailure(place, 'No prices', problem);
  else showState(place, 'No prices yet', 'Every ticker appears here with its first tick.');
}

function onKey(event) {
  const row = event.target.closest('tr');
  const next = {ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling,
    Home: body.firstElementChild, End: body.lastElementChild}[event.key];
  if (next) next.focus();
  else if (event.key === 'Enter' || event.key === ' ') select(row.dataset.ticker);
  else if (!event.key.startsWith('Arrow')) return;
  event.preventDefault();
}

export const focusWatchlist = () => body.querySelector('[tabindex="0"]')?.focus();

table.draw = list;
body.onkeydown = onKey;
// connection: so that prices age while no tick comes
subscribe(['ticks', 'connection'], draw);
subscribe(['selected'], () => rove());
