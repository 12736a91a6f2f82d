// The latest trades.

import {call, repeat, showFailure, showLate} from './api.js';
import {byId, element, numberCell, showChange, showState, Table, tickerCell} from './dom.js';
import {decimalsOf, local, product} from './format.js';

const SHOWN = 100;
const EVERY_MILLIS = 5_000;
const SIDES = {buy: {text: '▲ buy', direction: 'up'}, sell: {text: '▼ sell', direction: 'down'}, '': {text: '–', direction: 'flat'}};

const place = byId('trades-state');
let fresh = null;
let loaded = false;

const timeCell = ({timestamp}) => element('td', {},
  element('time', {dateTime: timestamp, title: timestamp}, local(timestamp)));

const sideCell = ({side}) => showChange(element('td'), SIDES[side]);

// a ticker's values have the same decimals
function decimal(name, title, least) {
  const cell = (row) => numberCell(row[name],
    Math.max(least, ...table.rows.filter(({ticker}) => ticker === row.ticker).map((each) => decimalsOf(each[name]))));
  return {name, title, number: true, cell};
}

const table = new Table('trades', [
  {name: 'at', title: 'Time (local)', cell: timeCell},
  {name: 'ticker', title: 'Ticker', cell: tickerCell},
  {name: 'side', title: 'Side', cell: sideCell},
  decimal('quantity', 'Quantity', 0),
  decimal('price', 'Price', 2),
  decimal('notional', 'Notional', 2),
], true);

/** Loads the trades and highlights the one with the id. */
export async function loadTrades(id = fresh) {
  try {
    const trades = await call(`trades/?order=desc&limit=${SHOWN}`);
    showState(place, trades.length ? '' : 'No trades yet', 'Enter the first with “Enter a trade”.');
    fresh = id;
    loaded = true;
    showLate(byId('trades-late'));
    table.rows = trades.map((trade) => ({side: '', ...trade, notional: product(trade.price, trade.quantity), fresh: trade.id === fresh,
      // without its Z a time sorts as text; ids order equal times
      at: `${trade.timestamp.slice(0, -1)} ${trade.id}`}));
    table.draw();
    return true;
  } catch (error) {
    if (loaded) showLate(byId('trades-late'), error);
    else showFailure(place, 'The trades could not be loaded', error, loadTrades);
    return false;
  }
}

repeat(EVERY_MILLIS, loadTrades);
