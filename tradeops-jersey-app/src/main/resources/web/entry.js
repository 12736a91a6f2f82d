// The form that enters a trade; what the server finds wrong is said at the fields.

import {call, explain} from './api.js';
import {byId, element, setText} from './dom.js';
import {exact} from './format.js';
import {showRecords} from './analysis.js';
import {state, subscribe} from './store.js';
import {loadTrades} from './trades.js';

const form = byId('entry');
const {ticker, price, quantity} = form.elements;
const fields = [...form.elements].filter((field) => field.name);
const errorOf = (field) => byId(`${field.id}-error`);
let touched = false;
let sent = {};

function mark(field, text) {
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
  setText(errorOf(field), text);
}

function say(text, kind) {
  setText(byId('entry-result'), text);
  byId('entry-result').dataset.kind = kind;
}

function show(errors) {
  const [here, elsewhere] = [[], []];
  for (const {pointer = '', detail} of errors) {
    const field = fields.find(({name}) => pointer === `/${name}`);
    if (field) {
      mark(field, detail);
      here.push(field);
    } else {
      elsewhere.push(detail);
    }
  }
  here[0]?.focus();
  say(elsewhere.join('; '), 'error');
}

async function submit(event) {
  event.preventDefault();
  fields.forEach((field) => mark(field, ''));
  say('', '');
  const body = JSON.stringify(Object.fromEntries(fields.map(({name, value}) => [name, value.trim()]).filter(([, value]) => value)));
  // one key for one body, so that sending it again after a lost answer stores it once
  if (sent.body !== body) sent = {body, key: crypto.getRandomValues(new Uint32Array(4)).join('-')};
  const button = form.querySelector('.primary');
  button.disabled = true;
  try {
    const stored = await call('trades/', {method: 'POST', body,
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': sent.key}});
    sent = {};
    price.value = quantity.value = '';
    say(`Stored ${exact(stored.quantity)} ${stored.ticker} at ${exact(stored.price, 2)}.`, 'done');
    showRecords('trades');
    loadTrades(stored.id);
    price.focus();
  } catch (error) {
    if (error.errors?.length) show(error.errors);
    else say(explain(error).replace('trying again', 'send it again'), 'error');
  } finally {
    button.disabled = false;
  }
}

/** Brings the keyboard into the form. */
export function focusEntry() {
  (ticker.value ? price : ticker).focus();
}

export function startEntry() {
  for (const field of fields) {
    field.after(element('p', {id: `${field.id}-error`, class: 'error'}));
    field.setAttribute('aria-describedby', `${field.id}-error`);
  }
  form.addEventListener('input', ({target}) => {
    if (target === ticker) touched = ticker.value !== '';
    mark(target, '');
  });
  form.addEventListener('submit', submit);
  subscribe(['selected'], () => { if (!touched) ticker.value = state.selected; });
}
