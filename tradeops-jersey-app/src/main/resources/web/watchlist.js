// The watchlist: last price, change over a minute, sparkline; arrows move, Enter opens.

import {byId, element, flash, setText, showState, skeleton} from './dom.js';
import {exact, percent} from './format.js';
import {sortable} from './sorting.js';
import {select, state, subscribe} from './store.js';

const MOST_ROWS = 200;
const SPARK_SECONDS = 300;
const WIDTH = 64;
const HEIGHT = 20;
const SVG = 'http://www.w3.org/2000/svg';

const body = byId('watchlist');
const rows = new Map();
let order;
let drawnSecond = 0;
let arranged = 0;
let current = null;

function newRow(series) {
  const line = document.createElementNS(SVG, 'polyline');
  const spark = document.createElementNS(SVG, 'svg');
  spark.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  spark.setAttribute('aria-hidden', 'true');
  spark.append(line);
  const price = element('td', {class: 'number last'});
  const change = element('td', {class: 'number change'});
  const tr = element('tr', {tabindex: '-1', 'data-ticker': series.ticker, onclick: () => open(series.ticker),
    onfocus: () => { current = series.ticker; rove(); }},
  element('th', {scope: 'row', text: series.ticker, title: series.ticker}), element('td', {class: 'spark'}, spark), price, change);
  return {tr, line, spark, price, change, series, drawn: -1};
}

function open(ticker) {
  current = ticker;
  select(ticker);
  rove();
}

/** One row is in the tab order: the current one, else the chosen one. */
function rove() {
  const tabbed = rows.has(current) ? current : state.selected;
  for (const [ticker, row] of rows) {
    row.tr.tabIndex = ticker === tabbed ? 0 : -1;
    row.tr.setAttribute('aria-selected', String(ticker === state.selected));
  }
}

function drawSpark(row) {
  const {times, prices} = row.series;
  const end = state.now / 1000;
  const from = Math.max(0, row.series.indexAt(end - SPARK_SECONDS) - 1);
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < prices.length; i++) {
    low = Math.min(low, prices[i]);
    high = Math.max(high, prices[i]);
  }
  const scale = high > low ? (HEIGHT - 4) / (high - low) : 0;
  const step = Math.max(1, Math.floor((prices.length - from) / (2 * WIDTH)));
  const points = [];
  for (let i = from; i < prices.length; i += step) {
    const x = Math.max(0, WIDTH * (1 - (end - times[i]) / SPARK_SECONDS));
    const y = scale ? HEIGHT - 2 - (prices[i] - low) * scale : HEIGHT / 2;
    points.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  row.line.setAttribute('points', points.join(' '));
}

function drawRow(row, second) {
  const {series} = row;
  if (row.drawn !== series.changes) {
    setText(row.price, exact(series.price, series.decimals));
    if (row.drawn >= 0) flash(row.price, series.direction);
    row.drawn = series.changes;
  }
  const change = percent(series.change());
  setText(row.change, `${change.arrow} ${change.text}`);
  row.change.className = `number change ${change.direction}`;
  if (second) {
    drawSpark(row);
    row.spark.setAttribute('class', change.direction);
  }
}

/** Puts the rows in order, moving only those that are out of place. */
function arrange() {
  arranged = state.series.size;
  const focused = document.activeElement;
  const sorted = [...state.series.values()].sort(order).slice(0, MOST_ROWS);
  const shown = new Set(sorted.map((series) => series.ticker));
  for (const [ticker, row] of rows) {
    if (!shown.has(ticker)) {
      row.tr.remove();
      rows.delete(ticker);
    }
  }
  sorted.forEach((series, index) => {
    if (!rows.has(series.ticker)) rows.set(series.ticker, newRow(series));
    const {tr} = rows.get(series.ticker);
    if (body.children[index] !== tr) body.insertBefore(tr, body.children[index] ?? null);
  });
  while (body.children.length > sorted.length) body.lastElementChild.remove();
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({preventScroll: true});
  const more = state.series.size - sorted.length;
  showState(byId('watchlist-state'), more > 0 ? `${more} more` : '', 'Press / to find one.');
  rove();
}

function draw() {
  if (state.series.size === 0) return;
  const second = Math.floor(performance.now() / 1000) !== drawnSecond;
  drawnSecond = Math.floor(performance.now() / 1000);
  if (second || state.series.size !== arranged) arrange();
  for (const row of rows.values()) drawRow(row, second);
}

function drawEmpty() {
  if (state.series.size > 0) return;
  const waiting = state.connection.phase === 'connecting' && Date.now() - started < 3000;
  if (waiting) return;
  body.replaceChildren();
  showState(byId('watchlist-state'), 'No prices yet', state.connection.phase === 'reconnecting'
    ? 'The feed can’t be reached; the list fills as soon as it is back.'
    : 'Every ticker that the feed sends appears here with its first tick.');
}

const started = Date.now();

function onKey(event) {
  const row = event.target.closest('tr[data-ticker]');
  if (!row) return;
  const next = {ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling,
    Home: body.firstElementChild, End: body.lastElementChild}[event.key];
  if (next) next.focus();
  else if (event.key === 'Enter' || event.key === ' ') open(row.dataset.ticker);
  else if (!event.key.startsWith('Arrow')) return;
  event.preventDefault();
}

/** Brings the keyboard into the list. */
export function focusWatchlist() {
  body.querySelector('tr[tabindex="0"]')?.focus();
}

export function startWatchlist() {
  const head = body.parentElement.querySelector('thead tr');
  order = sortable(head, [
    {name: 'ticker', title: 'Ticker', compare: (a, b) => (a.ticker < b.ticker ? -1 : 1)},
    {name: 'spark', title: '5 min'},
    {name: 'price', title: 'Last', number: true, compare: (a, b) => Number(a.price) - Number(b.price)},
    {name: 'change', title: '60 s', number: true, compare: (a, b) => a.change() - b.change()},
  ], 'ticker', false, arrange);
  skeleton(body, 4, 10);
  body.addEventListener('keydown', onKey);
  // the connection is looked at all the time, so a quiet market's minute goes by as well
  subscribe(['ticks', 'tickers', 'connection'], draw);
  subscribe(['connection'], drawEmpty);
  subscribe(['selected'], rove);
}
