// The alerts: the stored ones, then each as it comes, by the stream of events or, where there is none, by asking.

import {call, explain, headers, repeat} from './api.js';
import {showMoment} from './chart.js';
import {byId, element, reducedMotion, showState} from './dom.js';
import {duration, exact, localDate, localTime, parseJson, percent} from './format.js';
import {addAlerts, select, state, subscribe} from './store.js';

const SHOWN = 60;
const ASK_MILLIS = 1_000;
const CHECK_MILLIS = 30_000;
const LONGEST_DELAY = 30_000;
const NO_STREAM_MILLIS = 60_000;

const list = byId('alerts');
const items = new Map();
let streaming = false;
let lastId = null;
let error = '';
let loaded = false;

/** Every digit: 2.0034 % is more than 2 %, and 2.00 % would look like a mistake. */
const exactChange = (text) => `${text.startsWith('-') ? '\u2212' : '+'}${exact(text.replace('-', ''), 2)} %`;

function item(alert) {
  const change = percent(Number(alert.change_percent));
  const at = new Date(alert.trigger.timestamp);
  const span = at - new Date(alert.reference.timestamp);
  const day = localDate(at) === localDate(new Date()) ? '' : `${localDate(at)} `;
  const made = element('li', {},
    element('button', {type: 'button', onclick: () => { select(alert.ticker); showMoment(at.getTime()); }},
      element('span', {class: 'first'},
        element('time', {datetime: alert.trigger.timestamp, title: alert.trigger.timestamp, text: day + localTime(at)}),
        element('b', {text: alert.ticker}),
        element('span', {class: `change ${change.direction}`, text: `${change.arrow} ${exactChange(alert.change_percent)}`})),
      element('span', {class: 'muted', text: `from ${exact(alert.reference.price, 2)} to ${exact(alert.trigger.price, 2)} in ${duration(span)}`})));
  if (loaded && !reducedMotion.matches) made.animate([{backgroundColor: 'var(--warning-tint)'}, {backgroundColor: 'transparent'}], 1600);
  return made;
}

function draw() {
  const shown = state.alerts.slice(0, SHOWN);
  const ids = new Set(shown.map((alert) => alert.id));
  for (const [id, old] of items) {
    if (!ids.has(id)) {
      old.remove();
      items.delete(id);
    }
  }
  shown.forEach((alert, index) => {
    if (!items.has(alert.id)) items.set(alert.id, item(alert));
    const made = items.get(alert.id);
    if (list.children[index] !== made) list.insertBefore(made, list.children[index] ?? null);
  });
  if (shown.length) {
    byId('alerts-rule').textContent = shown[0].rule;
    showState(byId('alerts-state'), '');
  } else if (error) {
    showState(byId('alerts-state'), 'The alerts can’t be loaded', error);
  } else if (loaded) {
    showState(byId('alerts-state'), 'No alert yet', 'A price that rises by more than 2 % within a minute brings the first one, unless the server’s rule is another.');
  }
  list.setAttribute('aria-busy', String(!loaded));
}

async function load() {
  try {
    addAlerts(await call(`alerts/?order=desc&limit=${SHOWN}`));
    error = '';
    draw();
    loaded = true;
  } catch (failure) {
    error = explain(failure);
  }
  draw();
}

/** One event of the stream: lines of a name, a colon and a value. */
function onEvent(text) {
  const fields = {data: ''};
  for (const line of text.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name) fields[name] = name === 'data' ? fields.data + value : value;
  }
  if (fields.id) lastId = fields.id;
  if (fields.data && (fields.event ?? 'alert') === 'alert') addAlerts([parseJson(fields.data)]);
}

/** Reads the stream to its end; fetch, and not EventSource, since that can't send a key. */
async function read() {
  const answer = await fetch('alerts/stream', {
    headers: headers({Accept: 'text/event-stream', ...(lastId ? {'Last-Event-ID': lastId} : {})}), cache: 'no-store'});
  if (!answer.ok) {
    answer.body?.cancel();
    return false;
  }
  streaming = true;
  load();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const events = (rest + chunk.value).replaceAll('\r\n', '\n').split('\n\n');
    rest = events.pop();
    events.forEach(onEvent);
  }
  return true;
}

async function stream(attempt = 0) {
  let there = true;
  const began = Date.now();
  try {
    there = await read();
  } catch (failure) {
    // cut; read again
  }
  streaming = false;
  const next = Date.now() - began > LONGEST_DELAY ? 0 : attempt + 1;
  const delay = there ? Math.random() * Math.min(LONGEST_DELAY, 250 * 2 ** next) : NO_STREAM_MILLIS;
  setTimeout(() => stream(next), delay);
}

export function startAlerts() {
  subscribe(['alerts'], draw);
  let asked = 0;
  repeat(ASK_MILLIS, async () => {
    if (Date.now() - asked < (streaming ? CHECK_MILLIS : ASK_MILLIS)) return;
    asked = Date.now();
    await load();
  });
  stream();
}
