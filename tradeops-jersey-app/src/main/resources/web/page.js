// Starts the panels and the connection; handles the keyboard shortcuts.

import './alerts.js';
import './analysis.js';
import {resetZoom, setRange} from './chart.js';
import {byId} from './dom.js';
import {focusEntry} from './entry.js';
import './feed.js';
import './header.js';
import './trades.js';
import {focusWatchlist} from './watchlist.js';

const help = () => byId('help').showModal();

const keys = {'/': () => byId('search').focus(), n: focusEntry, '?': help, Escape: resetZoom, ArrowDown: focusWatchlist, ArrowUp: focusWatchlist};

addEventListener('keydown', (event) => {
  const {key, target} = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (target.matches('input, select')) {
    if (key === 'Escape') target.blur();
    return;
  }
  if (key.startsWith('Arrow') && target !== document.body) return;
  if (key >= '1' && key <= '4') setRange(key - 1);
  else if (keys[key]) keys[key]();
  else return;
  event.preventDefault();
});

byId('help-button').onclick = help;
