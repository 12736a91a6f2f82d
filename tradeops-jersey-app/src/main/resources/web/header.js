// The header: connection, ticker search, theme.

import {byId, element, setText} from './dom.js';
import {duration, local} from './format.js';
import {select, state, subscribe, touch} from './store.js';

const {connection} = state;
const age = () => duration(Date.now() - state.now);
const rate = () => (connection.rate >= 0 ? `${connection.rate.toLocaleString('en', {maximumSignificantDigits: 3})} ticks/s · ` : '');

// then the page is grey
const isOld = () => ['refused', 'reconnecting', 'stale'].includes(connection.phase);

const details = {
  refused: () => 'a key is needed',
  waiting: () => 'for the first tick',
  live: () => `${rate()}${age()} behind`,
  behind: () => `by ${age()}`,
  stale: () => `nothing for ${duration(Date.now() - connection.lastMessage)}`,
  reconnecting() {
    const wait = connection.retryAt - Date.now();
    const last = state.now ? ` · prices of ${local(state.now).slice(11)}` : '';
    return `attempt ${connection.attempt} ${wait > 0 ? `in ${(wait / 1000).toFixed(1)} s` : 'now'}${last}`;
  },
};

function drawConnection() {
  const {phase} = connection;
  const place = byId('connection');
  place.dataset.phase = phase;
  document.body.classList.toggle('old', isOld());
  setText(place.children[1], phase);
  setText(place.children[2], details[phase]?.() ?? '');
}

// by a timer, because a hidden tab gets no animation frames
function drawTitle() {
  const series = state.series.get(state.selected);
  if (series) document.title = `${series.ticker} ${isOld() ? connection.phase : series.text} · TradeOps`;
}

const input = byId('search');

const tickers = () => [...state.series.keys()].sort();

function listTickers() {
  input.ariaInvalid = 'false';
  byId('tickers').replaceChildren(...tickers().map((value) => element('option', {value})));
}

function choose(ticker) {
  select(ticker);
  input.blur();
}

// the ticker itself, else the first that begins with the text, else the first that contains it, in any case
function onKey({key}) {
  if (key !== 'Enter') return;
  const text = input.value.trim();
  const wanted = text.toUpperCase();
  const like = (how) => tickers().find((ticker) => ticker.toUpperCase()[how](wanted));
  const found = state.series.has(text) ? text : like('startsWith') ?? like('includes');
  if (found) choose(found);
  else input.ariaInvalid = 'true';
}

const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
const onTheme = () => touch('theme');

function switchTheme() {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
  root.dataset.theme = localStorage.theme = isDark ? 'light' : 'dark';
  onTheme();
}

subscribe(['connection'], drawConnection);
setInterval(drawTitle, 1000);
input.onfocus = listTickers;
input.onblur = () => { input.value = ''; };
input.onchange = () => state.series.has(input.value) && choose(input.value);
input.onkeydown = onKey;
byId('theme').onclick = switchTheme;
dark.onchange = onTheme;
onTheme();
