// The connection to the price feed, by the monitor's rules: resume, full-jitter backoff, watchdog.

import {askForKey, key} from './api.js';
import {parseJson} from './format.js';
import {addTick, state, touch} from './store.js';

const DEAD_MILLIS = 15_000;
const STALE_MILLIS = 7_000;
const BEHIND_MILLIS = 5_000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;
const RATE_SECONDS = 3;

const {connection} = state;
let socket = null;
let used = null;
let lastSeq = 0;
let bound = FIRST_DELAY;
let atLeast = 0;
let counts = [0];
let timer = 0;

const send = (command) => socket.send(JSON.stringify(command));

// after 0 it gets all that the feed still holds
const resume = () => send({action: 'subscribe', tickers: ['*'], from_seq: lastSeq + 1});

const handlers = {
  tick(tick) {
    const seq = Number(tick.seq);
    if (seq <= lastSeq) return;
    lastSeq = seq;
    counts[0]++;
    addTick(tick);
  },
  gap({to_seq: seq}) {
    lastSeq = Math.max(lastSeq, Number(seq));
  },
  async error({code, message}) {
    if (code === '416') {
      // another feed than before
      lastSeq = 0;
      resume();
    } else if (code === '401' && await askForKey(message, used)) {
      socket?.close();
    }
  },
  shutdown({retry_after_ms: millis}) {
    atLeast = Number(millis);
  },
};

function connect() {
  clearTimeout(timer);
  connection.retryAt = 0;
  connection.lastMessage = Date.now();
  const opened = new WebSocket('prices');
  socket = opened;
  opened.onopen = () => {
    used = key();
    if (used) send({action: 'auth', key: used});
    resume();
  };
  opened.onmessage = ({data}) => {
    if (opened !== socket) return;
    connection.lastMessage = Date.now();
    connection.attempt = 0;
    bound = FIRST_DELAY;
    for (const message of [parseJson(data)].flat()) handlers[message.type]?.(message);
  };
  opened.onclose = () => opened === socket && reconnect();
  review();
}

function reconnect() {
  // a dead peer never ends the closing handshake
  const left = socket;
  socket = null;
  left.close();
  const delay = Math.max(Math.random() * bound, atLeast);
  atLeast = 0;
  bound = Math.min(bound * 2, LONGEST_DELAY);
  connection.attempt++;
  connection.retryAt = Date.now() + delay;
  timer = setTimeout(connect, delay);
  review();
}

function phase(silent) {
  if (connection.retryAt || connection.attempt) return 'reconnecting';
  if (silent > STALE_MILLIS) return 'stale';
  if (!state.now) return 'waiting';
  return Date.now() - state.now > BEHIND_MILLIS ? 'behind' : 'live';
}

function review() {
  const silent = Date.now() - connection.lastMessage;
  if (socket && silent > DEAD_MILLIS) {
    reconnect();
  } else {
    connection.phase = phase(silent);
    touch('connection');
  }
}

setInterval(() => {
  connection.rate = counts.reduce((sum, count) => sum + count) / counts.length;
  counts = [0, ...counts].slice(0, RATE_SECONDS);
}, 1000);
setInterval(review, 250);
addEventListener('online', () => connection.retryAt && connect());
connect();
