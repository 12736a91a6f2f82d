// The alerts: the stored ones, then new ones from the stream.

import {call, jitter, LONGEST_DELAY, repeat, request, showFailure, showLate} from './api.js';
import {showMoment} from './chart.js';
import {arrange, byId, element, flash, setText, showChange, showState} from './dom.js';
import {duration, exact, local, parseJson, percent} from './format.js';
import {addAlerts, select, state, subscribe} from './store.js';

const SHOWN = 60;
const DEAD_MILLIS = 25_000;

const list = byId('alerts');
const items = new WeakMap();
let lastId = null;
let failure = null;
let loaded = false;

// 2.0034 % exceeds 2 %, but 2.00 % would look wrong
function item(alert) {
  const {ticker, step, reference, trigger, change_percent: change} = alert;
  const [day, time] = local(trigger.timestamp).split(' ');
  const at = Date.parse(trigger.timestamp);
  const price = (text) => exact(text, state.series.get(ticker)?.decimals ?? 2);
  const onclick = () => {
    select(ticker);
    showMoment(at / 1000);
  };
  return element('li', {}, element('button', {onclick},
    element('time', {dateTime: trigger.timestamp, title: trigger.timestamp},
      local(Date.now()).startsWith(day) ? time : `${day.slice(5)} ${time}`),
    element('b', {}, ticker),
    showChange(element('b'), percent(Number(change), exact(change.replace('-', ''), 4))),
    element('span', {className: 'muted'},
      `${step > 1 ? `step ${step}, ` : ''}from ${price(reference.price)} to ${price(trigger.price)} in ${duration(at - Date.parse(reference.timestamp))}`)));
}

function draw() {
  const shown = state.alerts.slice(0, SHOWN);
  const fresh = shown.filter((alert) => !items.has(alert));
  for (const alert of fresh) items.set(alert, item(alert));
  arrange(list, shown.map((alert) => items.get(alert)));
  // screen readers announce new alerts, not those at load
  if (list.ariaLive === 'polite') for (const alert of fresh) flash(items.get(alert), 'warning', 1600);
  else if (loaded && !fresh.length) list.ariaLive = 'polite';
  showLate(byId('alerts-late'), loaded && failure);
  setText(byId('alerts-rule'), shown[0]?.rule ?? '');
  const target = byId('alerts-state');
  if (shown.length) showState(target);
  else if (failure) showFailure(target, 'The alerts could not be loaded', failure, load);
  else if (loaded) showState(target, 'No alert yet', 'The first appears when a price breaks the server’s rule.');
}

async function load() {
  try {
    addAlerts(await call(`alerts/?order=desc&limit=${SHOWN}`));
    loaded = true;
    failure = null;
  } catch (error) {
    failure = error;
  }
  draw();
  return !failure;
}

function onEvent(text) {
  const fields = Object.fromEntries([...text.matchAll(/^(\w+): ?(.*)$/gm)].map(([, name, value]) => [name, value]));
  lastId = fields.id ?? lastId;
  if (fields.event === 'alert') addAlerts([parseJson(fields.data)]);
}

// an EventSource can't send a key, and Safari can't iterate over a stream
async function read() {
  const dead = new AbortController();
  let watchdog = 0;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => dead.abort(), DEAD_MILLIS);
  };
  watch();
  const {body} = await request('alerts/stream', {signal: dead.signal, cache: 'no-store',
    headers: {Accept: 'text/event-stream', ...(lastId && {'Last-Event-ID': lastId})}});
  load();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    watch();
    const events = (rest + chunk.value).split('\n\n');
    rest = events.pop();
    events.forEach(onEvent);
  }
}

async function stream(attempt) {
  const began = Date.now();
  await read().catch(load);
  const next = Date.now() - began > LONGEST_DELAY ? 0 : attempt + 1;
  setTimeout(stream, jitter(next), next);
}

subscribe(['alerts'], draw);
stream(0);
repeat(LONGEST_DELAY, load);
