// What the page knows. Panels subscribe to topics and are called at most once a frame, however much has changed.

import {decimalsOf} from './format.js';

const KEPT_SECONDS = 4 * 3600;
const KEPT_POINTS = 2_000_000;

const subscriptions = [];
let scheduled = false;

function draw(now) {
  scheduled = false;
  for (const each of subscriptions) {
    if (!each.changed) continue;
    if (now < each.due) {
      schedule();
      continue;
    }
    each.changed = false;
    each.due = now + each.pause;
    each.panel();
  }
}

function schedule() {
  if (!scheduled) requestAnimationFrame(draw);
  scheduled = true;
}

/** Calls a panel in a frame after any of the topics has changed, with a pause in ms between two calls. */
export function subscribe(topics, panel, pause = 0) {
  subscriptions.push({topics, panel, pause, due: 0, changed: false});
}

export function touch(topic) {
  for (const each of subscriptions) each.changed ||= each.topics.includes(topic);
  schedule();
}

export const state = {
  /** phase: connecting, live, behind, reconnecting, stale. */
  connection: {phase: 'connecting', attempt: 0, retryAt: 0, rate: 0, lastMessage: Date.now()},
  /** Ticker to its series. */
  series: new Map(),
  /** The newest tick's time, in ms. */
  now: 0,
  selected: null,
  alerts: [],
  trades: [],
};

/** A ticker's prices: one point a second, at the time of the second's last tick. */
class Series {
  constructor(ticker) {
    this.ticker = ticker;
    this.times = [];
    this.prices = [];
    this.price = '';
    this.decimals = 2;
    this.direction = 'up';
    this.changes = 0;
  }

  add(time, price) {
    const value = Number(price);
    const last = this.times.length - 1;
    if (last >= 0 && time < this.times[last]) return;
    if (last < 0) this.first = value;
    if (price !== this.price) {
      this.direction = last < 0 || value === this.prices[last] ? this.direction : value > this.prices[last] ? 'up' : 'down';
      this.changes++;
      this.price = price;
      this.decimals = Math.max(this.decimals, decimalsOf(price));
    }
    if (last >= 0 && Math.floor(this.times[last]) === Math.floor(time)) {
      this.times[last] = time;
      this.prices[last] = value;
    } else {
      this.times.push(time);
      this.prices.push(value);
      this.drop(time);
    }
  }

  /** Forgets what is too old, seldom, since that moves all the others. */
  drop(time) {
    const most = Math.max(600, Math.min(KEPT_SECONDS, Math.floor(KEPT_POINTS / state.series.size)));
    if (this.times.length > most * 1.1 || this.times[0] < time - KEPT_SECONDS * 1.1) {
      const from = Math.max(this.times.length - most, this.indexAt(time - KEPT_SECONDS));
      this.times.splice(0, from);
      this.prices.splice(0, from);
    }
  }

  /** The index of the first point after a time. */
  indexAt(time) {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The change over the minute before the newest tick of the feed, in percent. */
  change() {
    const last = this.prices.length - 1;
    if (last < 0) return 0;
    const before = this.indexAt(state.now / 1000 - 60) - 1;
    const then = before < 0 ? this.first : this.prices[before];
    return (this.prices[last] / then - 1) * 100;
  }
}

export function addTick(tick) {
  const millis = Date.parse(tick.timestamp);
  let series = state.series.get(tick.ticker);
  if (!series) {
    series = new Series(tick.ticker);
    state.series.set(tick.ticker, series);
    touch('tickers');
    if (state.selected === null) select(tick.ticker);
  }
  series.add(millis / 1000, tick.price);
  if (millis > state.now) state.now = millis;
}

export function select(ticker) {
  if (ticker === state.selected) return;
  state.selected = ticker;
  touch('selected');
}

/** Adds alerts, each once by its id, newest first. */
export function addAlerts(alerts) {
  const known = new Set(state.alerts.map((alert) => alert.id));
  const fresh = alerts.filter((alert) => !known.has(alert.id));
  if (fresh.length === 0) return;
  state.alerts = [...fresh, ...state.alerts]
    .sort((a, b) => Date.parse(b.trigger.timestamp) - Date.parse(a.trigger.timestamp))
    .slice(0, 200);
  touch('alerts');
}
