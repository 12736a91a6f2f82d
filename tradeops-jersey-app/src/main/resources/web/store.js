// The page's state. Each panel draws at most once a frame.

import {decimalsOf, exact} from './format.js';

const MOST_POINTS = 14_400;
const TOTAL_POINTS = 2_000_000;
const MOST_ALERTS = 200;

const subscribers = new Map();
const changed = new Set();

function draw() {
  const panels = new Set([...changed].flatMap((topic) => subscribers.get(topic) ?? []));
  changed.clear();
  for (const panel of panels) panel();
}

export function subscribe(topics, panel) {
  for (const topic of topics) subscribers.set(topic, [...(subscribers.get(topic) ?? []), panel]);
}

export function touch(topic) {
  if (changed.size === 0) requestAnimationFrame(draw);
  changed.add(topic);
}

export const state = {
  connection: {phase: 'connecting', attempt: 0},
  series: new Map(),
  // the newest tick's time
  now: 0,
  selected: null,
  alerts: [],
};

/** A ticker's prices since the last lost ticks; one point a second, its last price. */
class Series {
  price = '';
  decimals = 2;
  broken = true;

  constructor(ticker) {
    this.ticker = ticker;
  }

  add(time, price) {
    const value = Number(price);
    if (this.broken) Object.assign(this, {broken: false, first: value, times: [], prices: []});
    const {times, prices} = this;
    const last = times.length - 1;
    if (time < times[last]) return;
    if (price !== this.price) {
      this.direction = value < prices[last] ? 'down' : 'up';
      this.price = price;
      this.decimals = Math.max(this.decimals, decimalsOf(price));
    }
    const index = Math.floor(times[last]) === Math.floor(time) ? last : last + 1;
    times[index] = time;
    prices[index] = value;
    const most = Math.max(600, Math.min(MOST_POINTS, TOTAL_POINTS / state.series.size));
    // in batches, because it moves all later points
    if (last > most * 1.1) for (const values of [times, prices]) values.splice(0, last - most);
  }

  get text() {
    return exact(this.price, this.decimals);
  }

  /** The index of the last point up to a time, or -1. */
  indexAt(time) {
    return this.times.findLastIndex((each) => each <= time);
  }

  /** The change in percent over the minute before the feed's newest tick. */
  get change() {
    const then = this.prices[this.indexAt(state.now / 1000 - 60)] ?? this.first;
    return (this.prices.at(-1) / then - 1) * 100;
  }
}

export function addTick({ticker, timestamp, price}) {
  const millis = Date.parse(timestamp);
  let series = state.series.get(ticker);
  if (!series) {
    series = new Series(ticker);
    state.series.set(ticker, series);
    if (state.selected === null) select(ticker);
  }
  series.add(millis / 1000, price);
  state.now = Math.max(state.now, millis);
  touch('ticks');
}

/** After lost ticks, lines restart; averages replace earlier prices. */
export function breakLines() {
  for (const series of state.series.values()) series.broken = true;
}

export function select(ticker) {
  if (ticker === state.selected) return;
  state.selected = ticker;
  touch('selected');
}

export function addAlerts(alerts) {
  const known = new Set(state.alerts.map((alert) => alert.id));
  state.alerts = [...alerts.filter((alert) => !known.has(alert.id)), ...state.alerts]
    .sort((a, b) => Date.parse(b.trigger.timestamp) - Date.parse(a.trigger.timestamp))
    .slice(0, MOST_ALERTS);
  touch('alerts');
}
