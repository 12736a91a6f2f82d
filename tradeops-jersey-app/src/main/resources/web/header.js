// The header: connection and theme.

import {byId, setText} from './dom.js';
import {duration, exact, localTime} from './format.js';
import {state, subscribe} from './store.js';

const root = document.documentElement;
const [phase, detail] = byId('connection').children;
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

const age = () => duration(Date.now() - state.now);
const rate = ({rate: value}) => `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ticks/s`;

const details = {
  connecting: () => '',
  live: (connection) => `${rate(connection)} · ${age()} behind`,
  behind: (connection) => `by ${age()} · ${rate(connection)}`,
  stale: ({lastMessage}) => `nothing for ${duration(Date.now() - lastMessage)}`,
  reconnecting: ({attempt, retryAt}) => {
    const wait = retryAt - Date.now();
    return `attempt ${attempt} ${wait > 0 ? `in ${(wait / 1000).toFixed(1)} s` : 'now'}${
      state.now ? ` · prices of ${localTime(state.now)}` : ''}`;
  },
};

function draw() {
  const {connection} = state;
  byId('connection').dataset.phase = connection.phase;
  document.body.classList.toggle('old', ['reconnecting', 'stale'].includes(connection.phase));
  setText(phase, connection.phase);
  setText(detail, details[connection.phase](connection));
  const series = state.series.get(state.selected);
  if (series) document.title = `${series.ticker} ${exact(series.price, series.decimals)} · TradeOps`;
}

function onTheme() {
  byId('theme').ariaPressed = isDark();
  setText(byId('theme'), isDark() ? '☀' : '☾');
  dispatchEvent(new Event('themechange'));
}

function switchTheme() {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  try {
    localStorage.setItem('theme', root.dataset.theme);
  } catch (error) {
    // it holds until the page is left
  }
  onTheme();
}

export function startHeader() {
  subscribe(['connection', 'selected'], draw);
  byId('theme').addEventListener('click', switchTheme);
  dark.addEventListener('change', onTheme);
  onTheme();
}
