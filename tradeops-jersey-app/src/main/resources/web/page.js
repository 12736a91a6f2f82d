// Shows what the feed and the API say. Text is always inserted as text.

const LIST_SECONDS = 5;
const DEAD_MILLIS = 15_000;
const ROWS = 12;

const prices = new Map();
let lastSeq = 0;
let lastMessage = 0;
let attempt = 0;
let changed = false;

function cell(value, isNumber) {
  const td = document.createElement('td');
  td.textContent = value;
  if (isNumber) td.className = 'number';
  return td;
}

function fill(id, rows, empty) {
  const lines = rows.map((row) => {
    const tr = document.createElement('tr');
    row.forEach((value) => tr.append(cell(value, typeof value === 'number' || /^[−+]?\d[\d.]*\s?%?$/.test(value))));
    return tr;
  });
  if (lines.length === 0) {
    const tr = document.createElement('tr');
    const td = cell(empty, false);
    td.colSpan = 5;
    tr.append(td);
    lines.push(tr);
  }
  document.getElementById(id).replaceChildren(...lines);
}

const time = (instant) => instant.slice(11, 19);
const say = (text) => { document.getElementById('connection').textContent = text; };

function onMessage(message) {
  if (message.type === 'tick') {
    prices.set(message.ticker, message);
    lastSeq = message.seq;
    changed = true;
  } else if (message.type === 'error' && message.code === 416) {
    lastSeq = 0;
  }
}

function connect() {
  const url = new URL('prices', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  lastMessage = Date.now();
  const watchdog = setInterval(() => {
    if (Date.now() - lastMessage > DEAD_MILLIS) socket.close();
  }, 1000);
  socket.onopen = () => socket.send(JSON.stringify({
    action: 'subscribe', tickers: ['*'], ...(lastSeq > 0 ? {from_seq: lastSeq + 1} : {}),
  }));
  socket.onmessage = (event) => {
    attempt = 0;
    lastMessage = Date.now();
    const message = JSON.parse(event.data);
    (Array.isArray(message) ? message : [message]).forEach(onMessage);
  };
  socket.onclose = () => {
    clearInterval(watchdog);
    const delay = Math.random() * Math.min(30_000, 250 * 2 ** attempt++);
    say(`reconnecting (attempt ${attempt}, in ${(delay / 1000).toFixed(1)} s)`);
    setTimeout(connect, delay);
  };
}

function draw() {
  if (changed) {
    changed = false;
    const ticks = [...prices.values()].sort((a, b) => (a.ticker < b.ticker ? -1 : 1));
    fill('prices', ticks.map((tick) => [tick.ticker, String(tick.price), String(tick.quantity), time(tick.timestamp)]), '');
    say(`live, tick ${lastSeq}`);
  }
  requestAnimationFrame(draw);
}

async function list(path) {
  const answer = await fetch(`${path}/?limit=${ROWS}&order=desc`);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function refresh() {
  try {
    const [alerts, averages, trades] = await Promise.all([list('alerts'), list('averages'), list('trades')]);
    fill('alerts', alerts.map((alert) => [time(alert.trigger.timestamp), alert.ticker, `${alert.change_percent} %`,
      String(alert.reference.price), String(alert.trigger.price)]), 'no alert yet: a rise of more than 2 % in a minute brings one');
    fill('averages', averages.map((row) => [time(row.window_start), row.ticker, String(row.average_price), String(row.vwap),
      String(row.tick_count)]), 'no averages yet: each full five minutes brings them');
    fill('trades', trades.map((trade) => [trade.timestamp.slice(0, 19).replace('T', ' '), trade.ticker, trade.side ?? '',
      String(trade.quantity), String(trade.price)]), 'no trades yet: POST /trades/ enters one');
  } catch (error) {
    say(`the server does not answer (${error.message}); trying again`);
  }
  setTimeout(refresh, LIST_SECONDS * 1000);
}

connect();
draw();
refresh();
