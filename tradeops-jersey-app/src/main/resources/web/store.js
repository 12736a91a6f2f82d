// What the page knows. Panels subscribe to topics and are called at most once a frame, however much has changed.

const KEPT_SECONDS = 4 * 3600;
const KEPT_POINTS = 2_000_000;

const subscribers = new Map();
const changed = new Set();
let scheduled = false;

function draw() {
  scheduled = false;
  const topics = [...changed];
  changed.clear();
  const called = new Set();
  for (const topic of topics) {
    for (const panel of subscribers.get(topic) ?? []) {
      if (!called.has(panel)) {
        called.add(panel);
        panel();
      }
    }
  }
}

/** Calls a panel in the next frame after any of the topics has changed. */
export function subscribe(topics, panel) {
  for (const topic of topics) {
    subscribers.set(topic, [...(subscribers.get(topic) ?? []), panel]);
  }
}

export function touch(topic) {
  changed.add(topic);
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(draw);
  }
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
    this.direction = 'flat';
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
      const point = price.indexOf('.');
      if (point >= 0) this.decimals = Math.max(this.decimals, price.length - point - 1);
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
  touch('ticks');
}

export function select(ticker) {
  if (ticker === state.selected) return;
  state.selected = ticker;
  touch('selected');
}

/** Adds alerts, each once by its id, newest first; true if there was a new one. */
export function addAlerts(alerts) {
  const known = new Set(state.alerts.map((alert) => alert.id));
  const fresh = alerts.filter((alert) => !known.has(alert.id));
  if (fresh.length === 0) return false;
  state.alerts = [...fresh, ...state.alerts]
    .sort((a, b) => Date.parse(b.trigger.timestamp) - Date.parse(a.trigger.timestamp))
    .slice(0, 200);
  touch('alerts');
  return true;
}
