// Tables whose headers sort.

import {byId, element} from './dom.js';
import {compareDecimals, exact} from './format.js';
import {select} from './store.js';

const compareText = (a, b) => (a < b ? -1 : Number(a > b));

export const numberCell = (text, decimals) => element('td', {className: 'number'}, exact(text, decimals));

export const tickerCell = ({ticker}) => element('th', {scope: 'row'},
  element('button', {onclick: () => select(ticker)}, ticker));

/** Columns are {name, title, number, fixed, compare, cell}: fixed ones don't sort; the first one does at first. */
export class Table {
  rows = [];

  constructor(id, columns, descending = false) {
    Object.assign(this, {body: byId(id), columns, by: columns[0], descending});
    this.headers = columns.map((column) => element('th', {scope: 'col', className: column.number ? 'number' : ''},
      column.fixed ? column.title : element('button', {onclick: () => this.sort(column)}, column.title)));
    this.body.parentElement.createTHead().insertRow().append(...this.headers);
  }

  sort(column) {
    this.descending = this.by === column ? !this.descending : Boolean(column.number);
    this.by = column;
    this.draw();
  }

  sorted(rows) {
    const {name, number, compare = number ? compareDecimals : compareText} = this.by;
    const order = this.descending ? 'descending' : 'ascending';
    this.headers.forEach((header, index) => { header.ariaSort = this.columns[index] === this.by ? order : null; });
    return [...rows].sort((a, b) => (this.descending ? -1 : 1) * compare(a[name], b[name]));
  }

  draw() {
    this.body.replaceChildren(...this.sorted(this.rows).map((row) => element('tr', {className: row.fresh ? 'fresh' : ''},
      ...this.columns.map(({name, cell = (each) => numberCell(each[name])}) => cell(row)))));
  }

  /** Keeps a loading table's size. */
  wait(rows) {
    this.body.replaceChildren(...Array.from({length: rows}, () => element('tr', {className: 'skeleton', ariaHidden: 'true'},
      ...this.columns.map(() => element('td', {}, element('span'))))));
  }
}
