// The form that enters a trade; what the server finds wrong is said at the fields.

import {call, explain, Problem} from './api.js';
import {byId, setText} from './dom.js';
import {exact} from './format.js';
import {showRecords} from './analysis.js';
import {state, subscribe} from './store.js';
import {loadTrades} from './trades.js';

const form = byId('entry');
const result = byId('entry-result');
let touched = false;
let sent = {body: '', key: ''};

const fields = () => [...form.elements].filter((field) => field.name);

function clear() {
  for (const field of fields()) {
    field.removeAttribute('aria-invalid');
    setText(byId(`${field.id}-error`), '');
  }
  say('', '');
}

function say(text, kind) {
  setText(result, text);
  result.dataset.kind = kind;
}

function show(problem) {
  const left = [];
  let first = null;
  for (const {pointer = '', detail} of problem.errors) {
    const field = form.elements.namedItem(pointer.slice(1));
    if (!field) {
      left.push(detail);
      continue;
    }
    field.setAttribute('aria-invalid', 'true');
    field.closest('details')?.setAttribute('open', '');
    setText(byId(`${field.id}-error`), detail);
    first ??= field;
  }
  say(problem.errors.length ? left.join('; ') : problem.message, 'error');
  first?.focus();
}

/** One key for one body, so that sending it again after a lost answer stores it once. */
function idempotencyKey(body) {
  if (sent.body !== body) {
    sent = {body, key: [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join('-')};
  }
  return sent.key;
}

async function submit(event) {
  event.preventDefault();
  clear();
  const trade = Object.fromEntries(fields().map((field) => [field.name, field.value.trim()]).filter(([, value]) => value));
  const body = JSON.stringify(trade);
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  try {
    const stored = await call('trades/', {method: 'POST', body,
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey(body)}});
    sent = {body: '', key: ''};
    for (const name of ['price', 'quantity', 'trade_id']) form.elements.namedItem(name).value = '';
    say(`Stored ${exact(stored.quantity)} ${stored.ticker} at ${exact(stored.price, 2)}.`, 'done');
    showRecords('trades');
    loadTrades(stored.id);
    form.elements.namedItem('price').focus();
  } catch (error) {
    if (error instanceof Problem) show(error);
    else say(explain(error).replace('trying again', 'send it again'), 'error');
  } finally {
    button.disabled = false;
  }
}

/** Brings the keyboard into the form. */
export function focusEntry() {
  form.elements.namedItem(form.elements.namedItem('ticker').value ? 'price' : 'ticker').focus();
  form.scrollIntoView({block: 'nearest'});
}

export function startEntry() {
  const ticker = form.elements.namedItem('ticker');
  ticker.addEventListener('input', () => { touched = ticker.value !== ''; });
  form.addEventListener('input', ({target}) => {
    target.removeAttribute('aria-invalid');
    const error = byId(`${target.id}-error`);
    if (error) setText(error, '');
  });
  form.addEventListener('submit', submit);
  subscribe(['selected'], () => { if (!touched) ticker.value = state.selected ?? ''; });
}
