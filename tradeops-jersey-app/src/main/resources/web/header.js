// The header: connection, ticker search, theme.

import {byId, element, setText} from './dom.js';
import {duration, exact, localTime, percent} from './format.js';
import {select, state, subscribe} from './store.js';

const MOST_MATCHES = 8;

const place = byId('connection');
const phaseText = place.querySelector('strong');
const detail = place.querySelector('.detail');

const details = {
  connecting: () => '',
  live: (c) => `${rate(c)} · ${duration(Date.now() - state.now)} behind`,
  behind: (c) => `by ${duration(Date.now() - state.now)} · ${rate(c)}`,
  stale: (c) => `nothing for ${duration(Date.now() - c.lastMessage)}`,
  reconnecting: (c) => {
    const wait = c.retryAt - Date.now();
    const last = state.now ? ` · prices of ${localTime(new Date(state.now))}` : '';
    return `attempt ${c.attempt}${wait > 0 ? ` in ${(wait / 1000).toFixed(1)} s` : ' now'}${last}`;
  },
};

function rate(connection) {
  const value = connection.rate;
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ticks/s`;
}

function drawConnection() {
  const connection = state.connection;
  place.dataset.phase = connection.phase;
  document.body.classList.toggle('old', connection.phase === 'reconnecting' || connection.phase === 'stale');
  setText(phaseText, connection.phase);
  setText(detail, details[connection.phase](connection));
}

function drawTitle() {
  const series = state.series.get(state.selected);
  if (series) document.title = `${series.ticker} ${exact(series.price, series.decimals)} · TradeOps`;
}

const input = byId('search');
const list = byId('matches');
let matches = [];
let active = 0;

function match(text) {
  const wanted = text.trim().toUpperCase();
  const rank = (ticker) => (ticker.toUpperCase().startsWith(wanted) ? 0 : 1);
  return [...state.series.keys()]
    .filter((ticker) => ticker.toUpperCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, MOST_MATCHES);
}

function drawMatches() {
  const open = document.activeElement === input;
  list.hidden = !open;
  input.setAttribute('aria-expanded', String(open));
  if (!open) return;
  list.replaceChildren(...matches.map((ticker, index) => {
    const series = state.series.get(ticker);
    const change = percent(series.change());
    return element('li', {id: `match-${index}`, role: 'option', 'aria-selected': String(index === active),
      onmousedown: (event) => { event.preventDefault(); choose(ticker); }},
    element('b', {text: ticker}), element('span', {text: exact(series.price, series.decimals)}),
    element('span', {class: change.direction, text: change.text}));
  }));
  if (matches.length === 0) {
    list.append(element('li', {class: 'muted', text: state.series.size ? 'no such ticker in the feed' : 'no prices yet'}));
  }
  if (matches.length) input.setAttribute('aria-activedescendant', `match-${active}`);
  else input.removeAttribute('aria-activedescendant');
}

function choose(ticker) {
  select(ticker);
  input.value = '';
  input.blur();
}

function onInput() {
  matches = match(input.value);
  active = 0;
  drawMatches();
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

const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

function onTheme() {
  byId('theme').setAttribute('aria-pressed', String(isDark()));
  byId('theme').firstElementChild.textContent = isDark() ? '☀' : '☾';
  dispatchEvent(new Event('themechange'));
}

function switchTheme() {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch (error) {
    // it holds until the page is left
  }
  onTheme();
}

export function startHeader() {
  subscribe(['connection'], drawConnection);
  subscribe(['connection', 'selected'], drawTitle);
  input.addEventListener('input', onInput);
  input.addEventListener('focus', onInput);
  input.addEventListener('blur', drawMatches);
  input.addEventListener('keydown', onKey);
  byId('theme').addEventListener('click', switchTheme);
  dark.addEventListener('change', onTheme);
  onTheme();
}
