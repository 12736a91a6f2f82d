// The connection to the price feed: the monitor's rules. It resumes after its last seq, takes 15 s of silence for a dead
// connection, and waits a random time up to a bound that doubles from 0.25 s to 30 s before it connects again.

import {askForKey, key} from './api.js';
import {parseJson} from './format.js';
import {addTick, state, touch} from './store.js';

const DEAD_MILLIS = 15_000;
const STALE_MILLIS = 7_000;
const BEHIND_MILLIS = 5_000;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;
const HISTORY_TICKS = 40_000;
const RATE_SECONDS = 3;

const connection = state.connection;
let socket = null;
let lastSeq = 0;
let bound = FIRST_DELAY;
let received = [];
let count = 0;
let timer = 0;

/** What a fresh page asks for: 'first' waits for any number, 'history' for the answer to its request for ticks before it. */
let replay = 'first';

const handlers = {
  tick(message) {
    if (replay === 'first') askForHistory(message.seq);
    if (replay === 'history' || message.seq <= lastSeq) return;
    lastSeq = message.seq;
    count++;
    addTick(message);
  },
  heartbeat(message) {
    if (replay === 'first') askForHistory(message.last_seq);
  },
  subscription() {
    if (replay === 'history') replay = 'done';
  },
  gap(message) {
    lastSeq = Math.max(lastSeq, message.to_seq);
  },
  error(message) {
    if (message.code === 416) {
      // another feed than before: its numbers begin anew
      lastSeq = 0;
      replay = 'first';
    } else if (message.code === 401) {
      askForKey(message.message).then((given) => given && socket.close());
    }
  },
  shutdown(message) {
    connection.atLeast = message.retry_after_ms;
  },
};

function askForHistory(seq) {
  const from = Math.max(1, seq - HISTORY_TICKS);
  replay = 'history';
  lastSeq = from - 1;
  send({action: 'subscribe', tickers: ['*'], from_seq: from});
}

const send = (command) => socket.send(JSON.stringify(command));

function onOpen() {
  if (key()) send({action: 'auth', key: key()});
  if (replay !== 'done') replay = 'first';
  send({action: 'subscribe', tickers: ['*'], ...(replay === 'done' ? {from_seq: lastSeq + 1} : {})});
}

function onMessage(event) {
  connection.lastMessage = Date.now();
  connection.attempt = 0;
  bound = FIRST_DELAY;
  const messages = parseJson(event.data);
  for (const message of [messages].flat()) handlers[message.type]?.(message);
  touch('ticks');
}

function connect() {
  const url = new URL('prices', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  connection.retryAt = 0;
  connection.lastMessage = Date.now();
  const opened = new WebSocket(url);
  socket = opened;
  opened.onopen = onOpen;
  opened.onmessage = (event) => opened === socket && onMessage(event);
  opened.onclose = () => opened === socket && reconnect();
  review();
}

function reconnect() {
  const left = socket;
  socket = null; // a dead peer never ends the closing handshake, so its socket is left behind
  left.close();
  const delay = Math.max(Math.random() * bound, connection.atLeast ?? 0);
  connection.atLeast = 0;
  bound = Math.min(bound * 2, LONGEST_DELAY);
  connection.attempt++;
  connection.retryAt = Date.now() + delay;
  clearTimeout(timer);
  timer = setTimeout(connect, delay);
  review();
}

function phase(silent) {
  if (connection.retryAt || connection.attempt > 0) return 'reconnecting';
  if (silent > STALE_MILLIS) return 'stale';
  if (state.now === 0) return 'connecting';
  return Date.now() - state.now > BEHIND_MILLIS ? 'behind' : 'live';
}

/** Looks at the connection again: what it is, and whether it is dead. */
function review() {
  const silent = Date.now() - connection.lastMessage;
  if (socket && silent > DEAD_MILLIS) {
    reconnect();
    return;
  }
  connection.phase = phase(silent);
  touch('connection');
}

export function startFeed() {
  setInterval(() => {
    received = [...received.slice(-RATE_SECONDS + 1), count];
    count = 0;
    connection.rate = received.reduce((sum, each) => sum + each, 0) / received.length;
  }, 1000);
  setInterval(review, 250);
  // what was heard while the page slept is older than it looks
  addEventListener('online', () => connection.retryAt && (clearTimeout(timer), connect()));
  connect();
}
