// Starts the panels and the connection, and holds the page's keys.

import {startAlerts} from './alerts.js';
import {startAnalysis} from './analysis.js';
import {resetZoom, startChart} from './chart.js';
import {byId} from './dom.js';
import {focusEntry, startEntry} from './entry.js';
import {startFeed} from './feed.js';
import {startHeader} from './header.js';
import {startTrades} from './trades.js';
import {focusWatchlist, startWatchlist} from './watchlist.js';

const help = () => byId('help').showModal();

const keys = {
  '/': () => byId('search').focus(),
  n: focusEntry,
  '?': help,
  Escape: resetZoom,
  ArrowDown: focusWatchlist,
  ArrowUp: focusWatchlist,
};

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const {target} = event;
  if (target.matches('input, select, textarea')) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (event.key.startsWith('Arrow') && target !== document.body) return;
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

byId('help-button').addEventListener('click', help);

startHeader();
startWatchlist();
startChart();
startAlerts();
startAnalysis();
startTrades();
startEntry();
startFeed();
