// Shared DOM functions. Text is never inserted as HTML.

import {exact} from './format.js';
import {select} from './store.js';

export const byId = (id) => document.getElementById(id);

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Sets a text if it differs, to save a layout; returns the replaced text. */
export function setText(target, text) {
  const before = target.textContent;
  if (before === text) return '';
  target.textContent = text;
  return before;
}

export function showChange(target, {text, direction}) {
  setText(target, text);
  target.dataset.direction = direction;
  return target;
}

/** Orders children, moving only those out of order, so that the focus stays. */
export function arrange(parent, children) {
  const focused = document.activeElement;
  children.forEach((child, index) => {
    const there = parent.children[index] ?? null;
    if (there !== child) parent.insertBefore(child, there);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
  if (focused !== document.activeElement) focused.focus({preventScroll: true});
}

/** Shows a title, a hint and a button. */
export function showState(target, title = '', hint = '', label = '', onclick = null) {
  const key = [title, hint, label].join('\n');
  if (target.dataset.key === key) return;
  target.dataset.key = key;
  target.replaceChildren();
  if (title) target.append(element('h3', {}, title), hint);
  if (label) target.append(element('p', {}, element('button', {onclick}, label)));
}

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** Tints an element for a moment, unless it is tinted already. */
export function flash(target, color, duration = 400) {
  if (reducedMotion.matches || target.getAnimations().length) return;
  target.animate([{offset: 0, backgroundColor: `color-mix(in srgb, var(--${color}) 30%, transparent)`}], duration);
}

const compareText = (a, b) => (a < b ? -1 : Number(a > b));

export const numberCell = (text, decimals) => element('td', {className: 'number'}, exact(text, decimals));

export const tickerCell = ({ticker}) => element('th', {scope: 'row'},
  element('button', {onclick: () => select(ticker)}, ticker));

/** Columns are {name, title, number, cell}. Those with a name are sortable; the first is the initial order. */
export class Table {
  rows = [];
  drawn = new Map();

  constructor(id, columns, descending = false) {
    Object.assign(this, {body: byId(id), columns, by: columns[0], descending});
    this.headers = columns.map((column) => element('th', {scope: 'col', className: column.number ? 'number' : ''},
      column.name ? element('button', {onclick: () => this.sort(column)}, column.title) : column.title));
    this.body.parentElement.createTHead().insertRow().append(...this.headers);
  }

  sort(column) {
    this.descending = this.by === column ? !this.descending : Boolean(column.number);
    this.by = column;
    this.draw();
  }

  sorted(rows) {
    const {name, number} = this.by;
    const compare = number ? (a, b) => a - b : compareText;
    const order = this.descending ? 'descending' : 'ascending';
    this.headers.forEach((header, index) => { header.ariaSort = this.columns[index] === this.by ? order : null; });
    return [...rows].sort((a, b) => (this.descending ? -1 : 1) * compare(a[name], b[name]));
  }

  draw() {
    const before = this.drawn;
    this.drawn = new Map(this.sorted(this.rows).map((row) => {
      const key = row.id ?? row.ticker;
      const tr = element('tr', {className: row.fresh ? 'fresh' : ''},
        ...this.columns.map(({name, cell = (each) => numberCell(each[name])}) => cell(row)));
      // an unchanged row keeps the focus and the selection
      return [key, before.get(key)?.isEqualNode(tr) ? before.get(key) : tr];
    }));
    arrange(this.body, [...this.drawn.values()]);
  }
}
