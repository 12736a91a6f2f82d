// The recent trades.

import {call, explain, repeat} from './api.js';
import {byId, element, showState} from './dom.js';
import {decimalsOf, exact, localDateTime, product, zone} from './format.js';
import {byText, decimalColumn, recordTable, tickerColumn} from './table.js';

const SHOWN = 100;
const EVERY_MILLIS = 5_000;
const SIDES = {buy: ['up', '▲ buy'], sell: ['down', '▼ sell'], '': ['muted', '–']};

let show;
let fresh = null;
let drawn = null;

function prepare(trades) {
  const decimals = {};
  for (const {ticker, price} of trades) decimals[ticker] = Math.max(decimals[ticker] ?? 2, decimalsOf(price));
  return trades.map((trade) => ({side: '', ...trade, decimals: decimals[trade.ticker], notional: product(trade.price, trade.quantity)}));
}

/** Loads the trades again; the one with the given id stands out. */
export async function loadTrades(id = fresh) {
  const target = byId('trades-state');
  try {
    const trades = await call(`trades/?order=desc&limit=${SHOWN}`);
    fresh = id;
    const key = fresh + trades.map((trade) => trade.id);
    if (key !== drawn) show(prepare(trades));
    drawn = key;
    showState(target, trades.length ? '' : 'No trades yet', 'The form “Enter a trade” stores the first one, and so does POST /trades/.');
  } catch (error) {
    if (drawn) return;
    show([]);
    showState(target, 'The trades can’t be loaded', explain(error));
  }
}

export function startTrades() {
  show = recordTable('trades', [
    {name: 'timestamp', title: `Time (${zone()})`, compare: (a, b) => byText('timestamp')(a, b) || byText('id')(a, b),
      cell: ({timestamp}) => element('time', {datetime: timestamp, title: timestamp}, localDateTime(new Date(timestamp)))},
    tickerColumn,
    {name: 'side', title: 'Side', compare: byText('side'), cell: ({side}) => element('span', {class: SIDES[side][0]}, SIDES[side][1])},
    decimalColumn('quantity', 'Quantity', ({quantity}) => exact(quantity)),
    decimalColumn('price', 'Price', ({price, decimals}) => exact(price, decimals)),
    decimalColumn('notional', 'Notional', ({notional}) => exact(notional, 2)),
  ], 'timestamp', true, ({id}) => (id === fresh ? 'fresh' : ''));
  repeat(EVERY_MILLIS, () => loadTrades());
}
