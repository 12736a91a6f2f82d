// The connection to the price feed. Like the monitor: resume, full-jitter backoff, watchdog.

import {askForKey, jitter, key, LONGEST_DELAY, Problem} from './api.js';
import {parseJson} from './format.js';
import {addTick, breakLines, state, subscribe, touch} from './store.js';

const DEAD_MILLIS = 15_000;
const STALE_MILLIS = 7_000;
const BEHIND_MILLIS = 5_000;
const LEAST_MILLIS = 1_000;
const RATE_MARKS = 4;

const {connection} = state;
let socket = null;
// whether this connection has sent a message
let heard = false;
let used = null;
let lastSeq = 0;
let began = 0;
let atLeast = 0;
let timer = 0;
let ticks = 0;
let marks = [];

const send = (command) => socket.send(JSON.stringify(command));

// from_seq 1 replays the feed's whole replay buffer
const resume = () => send({action: 'subscribe', tickers: ['*'], from_seq: lastSeq + 1});

const handlers = {
  tick(tick) {
    connection.attempt = 0;
    const seq = Number(tick.seq);
    if (seq <= lastSeq) return;
    lastSeq = seq;
    ticks++;
    addTick(tick);
  },
  heartbeat() {
    connection.attempt = 0;
  },
  gap({to_seq: seq, reason}) {
    lastSeq = Math.max(lastSeq, Number(seq));
    if (reason === 'not_retained') breakLines();
  },
  error({code, message}) {
    if (code === '416') {
      // the feed has restarted its sequence
      lastSeq = 0;
      resume();
    } else if (code === '401') {
      refuse(used ? message : 'The price feed asks for an API key.');
    }
  },
  shutdown({retry_after_ms: millis}) {
    atLeast = Math.min(Number(millis), LONGEST_DELAY);
  },
};

function connect() {
  clearTimeout(timer);
  began = performance.now();
  Object.assign(connection, {problem: null, retryAt: 0, lastMessage: Date.now()});
  const opened = new WebSocket('prices');
  socket = opened;
  opened.onopen = () => {
    used = key();
    if (used) send({action: 'auth', key: used});
    resume();
  };
  opened.onmessage = ({data}) => {
    for (const message of [parseJson(data)].flat()) {
      if (opened !== socket) return;
      heard = true;
      connection.lastMessage = Date.now();
      handlers[message.type]?.(message);
    }
  };
  opened.onclose = () => opened === socket && reconnect();
  review();
}

function disconnect() {
  // a dead peer never ends the closing handshake
  const left = socket;
  socket = null;
  heard = false;
  left.close();
}

function reconnect() {
  disconnect();
  connectIn(Math.max(jitter(connection.attempt++), atLeast));
  atLeast = 0;
}

function connectIn(delay) {
  const wait = Math.max(delay, began + LEAST_MILLIS - performance.now());
  clearTimeout(timer);
  timer = setTimeout(connect, wait);
  connection.retryAt = Date.now() + wait;
  review();
}

// waits for another key: this one would be refused again
async function refuse(reason) {
  disconnect();
  connection.problem = new Problem(401, {detail: reason});
  review();
  if (await askForKey(reason, used)) connectIn(0);
}

function phase(silent) {
  if (connection.problem) return 'refused';
  if (!heard) return connection.attempt ? 'reconnecting' : 'connecting';
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

// replayed ticks are no rate, so it restarts when the page is live
function measure() {
  marks = connection.phase === 'live' ? [...marks, {at: performance.now(), ticks}].slice(-RATE_MARKS) : [];
  connection.rate = (ticks - marks[0]?.ticks) * 1000 / (performance.now() - marks[0]?.at);
}

setInterval(measure, 1000);
setInterval(review, 250);
addEventListener('online', () => connection.retryAt && connectIn(0));
subscribe(['key'], () => connection.problem && connectIn(0));
connect();
