// The watchlist: last price, change over a minute, sparkline. The search narrows it; arrows move, Enter opens.

import {arrange, byId, element, setText, showState} from './dom.js';
import {exact, percent} from './format.js';
import {select, state, subscribe} from './store.js';
import {byText, sortable} from './table.js';

const MOST_ROWS = 200;
const DRAW_PAUSE = 100;
const FLASH_MILLIS = 300;
const SPARK_SECONDS = 300;
const WIDTH = 64;
const HEIGHT = 20;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const SVG = 'http://www.w3.org/2000/svg';

const body = byId('watchlist');
const search = byId('search');
const rows = new Map();
let order;
let arrangedAt = -1000;
let current = null;

function newRow(series) {
  const spark = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'polyline');
  spark.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  spark.append(line);
  const [price, change] = [element('td'), element('td')];
  const {ticker} = series;
  const tr = element('tr', {'data-ticker': ticker, onclick: () => open(ticker), onfocus: () => rove(ticker)},
    element('th', {scope: 'row', title: ticker}, ticker), element('td', {'aria-hidden': true}, spark), price, change);
  return {tr, line, price, change, series, drawn: 0, flash: '', flashed: -FLASH_MILLIS};
}

function open(ticker) {
  rove(ticker);
  select(ticker);
}

/** One row is in the tab order: the current one, else the chosen one. */
function rove(ticker = current) {
  current = ticker;
  const tabbed = rows.get(current)?.tr.isConnected ? current : state.selected;
  for (const [each, {tr}] of rows) {
    tr.tabIndex = each === tabbed ? 0 : -1;
    tr.ariaSelected = each === state.selected;
  }
}

function drawSpark({line, series}) {
  const end = state.now / 1000;
  const from = Math.max(0, series.indexAt(end - SPARK_SECONDS) - 1);
  const prices = series.prices.slice(from);
  const low = Math.min(...prices);
  const scale = (HEIGHT - 4) / (Math.max(...prices) - low || Infinity);
  line.setAttribute('points', prices.map((price, index) => {
    const x = Math.max(0, WIDTH * (1 - (end - series.times[from + index]) / SPARK_SECONDS));
    return `${x.toFixed(1)},${(HEIGHT - (scale ? 2 : HEIGHT / 2) - (price - low) * scale).toFixed(1)}`;
  }).join(' '));
}

function drawRow(row, now) {
  const {series} = row;
  if (now - row.flashed >= FLASH_MILLIS) {
    row.flash = row.drawn && row.drawn !== series.changes && !calm.matches ? series.direction : '';
    row.flashed = row.flash ? now : row.flashed;
  }
  row.drawn = series.changes;
  setText(row.price, exact(series.price, series.decimals), `number ${row.flash}`);
  const change = percent(series.change().toFixed(2));
  setText(row.change, change.text, `number ${change.direction}`);
  row.line.parentElement.setAttribute('class', change.direction);
}

const matching = () => {
  const wanted = search.value.trim().toUpperCase();
  return [...state.series.values()].filter(({ticker}) => ticker.toUpperCase().includes(wanted));
};

/** Puts the rows in order, and draws what moves slowly. */
function arrangeRows(now) {
  arrangedAt = now;
  const found = matching().sort(order);
  const shown = found.slice(0, MOST_ROWS);
  for (const series of shown) if (!rows.has(series.ticker)) rows.set(series.ticker, newRow(series));
  const focused = document.activeElement;
  arrange(body, shown.map(({ticker}) => rows.get(ticker).tr));
  if (focused.isConnected) focused.focus({preventScroll: true});
  shown.forEach(({ticker}) => drawSpark(rows.get(ticker)));
  rove();
  if (found.length === 0) showState(byId('watchlist-state'), `No ticker has “${search.value}” in it`, 'Esc shows them all.');
  else showState(byId('watchlist-state'), found.length > shown.length ? `${found.length - shown.length} more` : '', 'Press / to find one.');
}

function draw() {
  if (state.series.size === 0) {
    drawEmpty();
    return;
  }
  const now = performance.now();
  if (now - arrangedAt >= 1000) arrangeRows(now);
  for (const row of rows.values()) if (row.tr.isConnected) drawRow(row, now);
}

function drawEmpty() {
  const {phase} = state.connection;
  if (phase === 'connecting' && performance.now() < 3000) return;
  body.replaceChildren();
  showState(byId('watchlist-state'), 'No prices yet', phase === 'reconnecting'
    ? 'The feed can’t be reached; the list fills as soon as it is back.'
    : 'Every ticker that the feed sends appears here with its first tick.');
}

function redraw() {
  arrangedAt = -1000;
  draw();
}

function onKey(event) {
  const row = event.target.closest('tr[data-ticker]');
  const next = row && {ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling,
    Home: body.firstElementChild, End: body.lastElementChild}[event.key];
  if (next) next.focus();
  else if (row && ['Enter', ' '].includes(event.key)) open(row.dataset.ticker);
  else return;
  event.preventDefault();
}

function onSearch() {
  redraw();
  if (search.value) byId('watchlist-title').parentElement.scrollIntoView();
}

function onSearchKey({key}) {
  if (key === 'ArrowDown') focusWatchlist();
  if (key === 'Enter') {
    const wanted = search.value.trim().toUpperCase();
    const [first] = matching().sort((a, b) => b.ticker.toUpperCase().startsWith(wanted) - a.ticker.toUpperCase().startsWith(wanted)
      || order(a, b));
    if (first) open(first.ticker);
  }
  if (key === 'Enter' || key === 'Escape') {
    search.value = '';
    search.blur();
    redraw();
  }
}

/** Brings the keyboard into the list. */
export function focusWatchlist() {
  (body.querySelector('tr[tabindex="0"]') ?? body.firstElementChild)?.focus();
}

export function startWatchlist() {
  order = sortable(body, [
    {name: 'ticker', title: 'Ticker', compare: byText('ticker')},
    {name: 'spark', title: '5 min'},
    {name: 'price', title: 'Last', number: true, compare: (a, b) => a.price - b.price},
    {name: 'change', title: '60 s', number: true, compare: (a, b) => a.change() - b.change()},
  ], 'ticker', false, redraw);
  body.addEventListener('keydown', onKey);
  search.addEventListener('input', onSearch);
  search.addEventListener('keydown', onSearchKey);
  // the connection is looked at all the time, so a quiet market's minute goes by as well
  subscribe(['ticks', 'connection'], draw, DRAW_PAUSE);
  subscribe(['selected', 'tickers'], redraw);
}
