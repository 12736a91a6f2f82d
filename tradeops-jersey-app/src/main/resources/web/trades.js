// The recent trades.

import {call, explain, repeat} from './api.js';
import {byId, element, showState, skeleton} from './dom.js';
import {compareDecimals, exact, localDate, localTime, product, zone} from './format.js';
import {byText, sortable} from './sorting.js';
import {select, state, subscribe, touch} from './store.js';

const SHOWN = 100;
const EVERY_MILLIS = 5_000;

const body = byId('trades');
let order;
let fresh = null;
let drawn = '';

function row(trade) {
  const at = new Date(trade.timestamp);
  const side = {buy: '▲ buy', sell: '▼ sell'}[trade.side] ?? '–';
  return element('tr', {class: trade.id === fresh ? 'fresh' : null},
    element('td', {}, element('time', {datetime: trade.timestamp, title: trade.timestamp, text: `${localDate(at)} ${localTime(at)}`})),
    element('th', {scope: 'row'}, element('button', {type: 'button', class: 'link', text: trade.ticker, onclick: () => select(trade.ticker)})),
    element('td', {class: {buy: 'up', sell: 'down'}[trade.side] ?? 'muted', text: side}),
    element('td', {class: 'number', text: exact(trade.quantity)}),
    element('td', {class: 'number', text: exact(trade.price, trade.decimals)}),
    element('td', {class: 'number', text: exact(trade.notional, 2)}));
}

function draw() {
  const key = JSON.stringify([state.trades.map((trade) => trade.id), body.dataset.order, fresh]);
  if (key === drawn) return;
  drawn = key;
  body.replaceChildren(...[...state.trades].sort(order).map(row));
}

function prepare(trades) {
  const decimals = new Map();
  for (const {ticker, price} of trades) {
    decimals.set(ticker, Math.max(decimals.get(ticker) ?? 2, (price.split('.')[1] ?? '').length));
  }
  return trades.map((trade) => ({...trade, decimals: decimals.get(trade.ticker), notional: product(trade.price, trade.quantity)}));
}

/** Loads the trades again; the one with the given id stands out. */
export async function loadTrades(id = fresh) {
  try {
    state.trades = prepare(await call(`trades/?order=desc&limit=${SHOWN}`));
    fresh = id;
    showState(byId('trades-state'), state.trades.length ? '' : 'No trades yet',
      'The form “Enter a trade” stores the first one, and so does POST /trades/.');
    touch('trades');
  } catch (error) {
    if (state.trades.length === 0) {
      body.replaceChildren();
      showState(byId('trades-state'), 'The trades can’t be loaded', explain(error));
    }
  }
}

export function startTrades() {
  const decimal = (name) => (a, b) => compareDecimals(a[name], b[name]);
  order = sortable(body.parentElement.querySelector('thead tr'), [
    {name: 'timestamp', title: `Time (${zone()})`, compare: (a, b) => byText('timestamp')(a, b) || byText('id')(a, b)},
    {name: 'ticker', title: 'Ticker', compare: byText('ticker')},
    {name: 'side', title: 'Side', compare: byText('side')},
    {name: 'quantity', title: 'Quantity', number: true, compare: decimal('quantity')},
    {name: 'price', title: 'Price', number: true, compare: decimal('price')},
    {name: 'notional', title: 'Notional', number: true, compare: decimal('notional')},
  ], 'timestamp', true, () => {
    drawn = '';
    draw();
  });
  skeleton(body, 6);
  subscribe(['trades'], draw);
  repeat(EVERY_MILLIS, () => loadTrades());
}
