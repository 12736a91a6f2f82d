// Headers of tables that sort: buttons in the header cells, with aria-sort.

import {element} from './dom.js';

/**
 * Fills a header row; columns are {name, title, number, compare}. Calls back with a comparison of rows whenever the order
 * changes.
 */
export function sortable(row, columns, first, descending, onOrder) {
  const order = {column: first, descending};
  const cells = columns.map((column) => {
    const button = element('button', {type: 'button', text: column.title});
    const cell = element('th', {scope: 'col', class: column.number ? 'number' : column.name}, button);
    if (!column.compare) {
      cell.replaceChildren(column.title);
      return cell;
    }
    button.addEventListener('click', () => {
      order.descending = order.column === column.name ? !order.descending : Boolean(column.number);
      order.column = column.name;
      mark();
      onOrder();
    });
    return cell;
  });
  const mark = () => cells.forEach((cell, index) => {
    const on = columns[index].name === order.column;
    if (on) cell.setAttribute('aria-sort', order.descending ? 'descending' : 'ascending');
    else cell.removeAttribute('aria-sort');
  });
  mark();
  row.replaceChildren(...cells);
  return (a, b) => {
    const compare = columns.find((column) => column.name === order.column).compare;
    return (order.descending ? -1 : 1) * compare(a, b);
  };
}

export const byText = (field) => (a, b) => {
  const left = a[field] ?? '';
  const right = b[field] ?? '';
  return left < right ? -1 : left > right ? 1 : 0;
};
