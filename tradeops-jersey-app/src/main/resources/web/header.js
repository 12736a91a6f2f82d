// The header: connection, ticker search, theme.

import {byId, element, setText, showChange} from './dom.js';
import {duration, local, percent} from './format.js';
import {select, state, subscribe, touch} from './store.js';

const MOST_MATCHES = 8;

const {connection} = state;
const age = () => duration(Date.now() - state.now);
const rate = () => `${connection.rate.toLocaleString('en', {maximumSignificantDigits: 3})} ticks/s`;

const details = {
  waiting: () => '',
  live: () => `${rate()} · ${age()} behind`,
  behind: () => `by ${age()} · ${rate()}`,
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
  document.body.classList.toggle('old', phase === 'reconnecting' || phase === 'stale');
  setText(place.children[1], phase);
  setText(place.children[2], details[phase]());
  const series = state.series.get(state.selected);
  if (series) document.title = `${series.ticker} ${series.text} · TradeOps`;
}

const input = byId('search');
const list = byId('matches');
let matches = [];
let active = 0;

function findMatches() {
  const wanted = input.value.trim().toUpperCase();
  const place = ({ticker}) => ticker.toUpperCase().indexOf(wanted);
  matches = [...state.series.values()]
    .filter((series) => place(series) >= 0)
    .sort((a, b) => Math.sign(place(a)) - Math.sign(place(b)) || (a.ticker < b.ticker ? -1 : 1))
    .slice(0, MOST_MATCHES);
  active = 0;
  drawMatches();
}

function drawMatches() {
  const open = document.activeElement === input;
  list.hidden = !open;
  input.ariaExpanded = open;
  input.setAttribute('aria-activedescendant', open && matches.length ? `match-${active}` : '');
  list.replaceChildren(...matches.map((series, index) => element('li',
    {id: `match-${index}`, role: 'option', ariaSelected: index === active, onmousedown: () => choose(series)},
    element('b', {}, series.ticker), element('span', {}, series.text),
    showChange(element('span'), percent(series.change)))));
  if (!matches.length) list.append(state.series.size ? 'no such ticker' : 'no prices yet');
}

function choose({ticker}) {
  select(ticker);
  input.value = '';
  input.blur();
}

function onKey(event) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step && matches.length) {
    active = (active + step + matches.length) % matches.length;
    drawMatches();
    event.preventDefault();
  } else if (event.key === 'Enter' && matches[active]) {
    choose(matches[active]);
  }
}

const theme = byId('theme');
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);

function onTheme() {
  theme.ariaPressed = isDark();
  setText(theme.firstElementChild, isDark() ? '☀' : '☾');
  touch('theme');
}

function switchTheme() {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  onTheme();
  localStorage.setItem('theme', root.dataset.theme);
}

subscribe(['connection', 'selected'], drawConnection);
input.oninput = input.onfocus = findMatches;
input.onblur = drawMatches;
input.onkeydown = onKey;
theme.onclick = switchTheme;
dark.onchange = onTheme;
onTheme();
