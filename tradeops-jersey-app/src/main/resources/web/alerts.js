// The alerts: the stored ones, then each as it comes by the stream of events.

import {call, explain, headers} from './api.js';
import {showMoment} from './chart.js';
import {arrange, byId, element, showState} from './dom.js';
import {duration, exact, localDateTime, localTime, parseJson, percent, utcDay} from './format.js';
import {addAlerts, select, state, subscribe} from './store.js';

const SHOWN = 60;
const DEAD_MILLIS = 30_000;
const LONGEST_DELAY = 30_000;

const items = new Map();
let lastId = '';
let error = '';
let loaded = false;

function item({ticker, trigger, reference, change_percent: percentage}) {
  const change = percent(percentage);
  const at = new Date(trigger.timestamp);
  const today = utcDay(at) === utcDay(new Date());
  return element('li', {}, element('button', {type: 'button', onclick: () => { select(ticker); showMoment(at.getTime()); }},
    element('time', {class: 'muted', datetime: trigger.timestamp, title: trigger.timestamp}, today ? localTime(at) : localDateTime(at)),
    element('b', {}, ticker),
    element('b', {class: change.direction}, change.text),
    element('span', {class: 'muted'}, `from ${exact(reference.price, 2)} to ${exact(trigger.price, 2)} in ${duration(at - new Date(reference.timestamp))}`)));
}

function draw() {
  const shown = state.alerts.slice(0, SHOWN);
  for (const alert of shown) if (!items.has(alert.id)) items.set(alert.id, item(alert));
  arrange(byId('alerts'), shown.map(({id}) => items.get(id)));
  byId('alerts').ariaBusy = !loaded;
  const target = byId('alerts-state');
  if (shown.length) {
    byId('alerts-rule').textContent = shown[0].rule;
    showState(target, '');
  } else if (error) {
    showState(target, 'The alerts can’t be loaded', error);
  } else if (loaded) {
    showState(target, 'No alert yet', 'A price that rises by more than 2 % within a minute brings the first one, unless the server’s rule is another.');
  } else {
    showState(target, 'Loading');
  }
}

async function load() {
  try {
    addAlerts(await call(`alerts/?order=desc&limit=${SHOWN}`));
    loaded = true;
    error = '';
  } catch (failure) {
    error = explain(failure);
  }
  draw();
}

/** One event of the stream: lines of a name, a colon and a value. */
function onEvent(text) {
  const field = (name) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(text)?.[1];
  lastId = field('id') ?? lastId;
  if (field('event') === 'alert') addAlerts([parseJson(field('data'))]);
}

/** Reads the stream to its end; fetch, and not EventSource, since that can't send a key. */
async function read() {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), DEAD_MILLIS);
  const answer = await fetch('alerts/stream', {cache: 'no-store', signal: abort.signal,
    headers: headers({Accept: 'text/event-stream', ...(lastId && {'Last-Event-ID': lastId})})});
  load();
  if (!answer.ok) throw new Error(answer.statusText);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), DEAD_MILLIS);
    const events = (rest + chunk.value).split('\n\n');
    rest = events.pop();
    events.forEach(onEvent);
  }
}

async function follow(attempt) {
  const began = Date.now();
  try {
    await read();
  } catch (failure) {
    if (!loaded) load();
  }
  const next = Date.now() - began > DEAD_MILLIS ? 0 : attempt + 1;
  setTimeout(follow, Math.random() * Math.min(LONGEST_DELAY, 250 * 2 ** next), next);
}

export function startAlerts() {
  subscribe(['alerts'], draw);
  draw();
  follow(0);
}
