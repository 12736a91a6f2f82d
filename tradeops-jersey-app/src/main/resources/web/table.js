// Tables that sort by their headers: buttons in the header cells, with aria-sort.

import {byId, element} from './dom.js';
import {compareDecimals} from './format.js';
import {select} from './store.js';

export const byText = (name) => (a, b) => (a[name] < b[name] ? -1 : a[name] > b[name] ? 1 : 0);

/**
 * Gives a table its header and, until its rows come, lines that keep its size; the result compares rows. Columns are
 * {name, title, number, compare, cell}; without a compare they don't sort.
 */
export function sortable(body, columns, first, descending, onOrder) {
  let column = columns.find(({name}) => name === first);
  const mark = () => columns.forEach((each, index) => {
    if (each === column) cells[index].ariaSort = descending ? 'descending' : 'ascending';
    else cells[index].removeAttribute('aria-sort');
  });
  const cells = columns.map((each) => element('th', {scope: 'col', class: each.number ? 'number' : ''}, each.compare
    ? element('button', {type: 'button', onclick: () => {
      descending = column === each ? !descending : Boolean(each.number);
      column = each;
      mark();
      onOrder();
    }}, each.title)
    : each.title));
  mark();
  body.parentElement.createTHead().append(element('tr', {}, ...cells));
  skeleton(body);
  return (a, b) => (descending ? -1 : 1) * column.compare(a, b);
}

/** Lines in place of rows that are being loaded. */
export function skeleton(body) {
  const columns = body.parentElement.tHead.rows[0].cells.length;
  body.replaceChildren(...Array.from({length: 8}, () => element('tr', {class: 'skeleton', 'aria-hidden': true},
    ...Array.from({length: columns}, () => element('td')))));
}

/** A column of decimals, which are compared by value and written by the given function of a row. */
export const decimalColumn = (name, title, text) => ({name, title, number: true, cell: text,
  compare: (a, b) => compareDecimals(String(a[name]), String(b[name]))});

/** The column of tickers, which open in the chart. */
export const tickerColumn = {name: 'ticker', title: 'Ticker', compare: byText('ticker'),
  cell: ({ticker}) => element('button', {type: 'button', onclick: () => select(ticker)}, ticker)};

/** A table of records; the result shows other rows. The class of a row is told by a function. */
export function recordTable(id, columns, first, descending, kind = () => '') {
  const body = byId(id);
  let shown = [];
  const draw = () => body.replaceChildren(...[...shown].sort(order).map((record) =>
    element('tr', {class: kind(record)}, ...columns.map((column) =>
      element(column === tickerColumn ? 'th' : 'td', {class: column.number ? 'number' : ''}, column.cell(record))))));
  const order = sortable(body, columns, first, descending, draw);
  return (records) => {
    shown = records;
    draw();
  };
}
