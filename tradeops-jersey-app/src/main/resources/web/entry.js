// The form that enters a trade.

import {showTrades} from './analysis.js';
import {call, explain} from './api.js';
import {byId, element, setText, showChange} from './dom.js';
import {exact} from './format.js';
import {state, subscribe} from './store.js';
import {loadTrades} from './trades.js';

const form = byId('entry');
const fields = [...form.elements].filter((field) => field.name);
const {ticker, price, quantity, trade_id: tradeId} = form.elements;
let touched = false;
let sent = {};

function mark(field, error) {
  field.ariaInvalid = error && 'true';
  setText(byId(`${field.id}-error`), error);
}

const say = (text, direction) => showChange(byId('entry-result'), {text, direction});

function showErrors(errors) {
  const others = errors.filter(({pointer, detail}) => {
    const field = fields.find(({name}) => pointer === `/${name}`);
    if (field) mark(field, detail);
    return !field;
  });
  const first = fields.find((field) => field.ariaInvalid === 'true');
  first?.closest('details')?.setAttribute('open', '');
  first?.focus();
  say(others.map(({detail}) => detail).join('; '), 'down');
}

// one key per body: a trade that is sent again after a lost answer is stored once
function idempotencyKey(body) {
  if (sent.body !== body) sent = {body, key: crypto.getRandomValues(new Uint32Array(4)).join('-')};
  return sent.key;
}

async function submit(event) {
  event.preventDefault();
  fields.forEach((field) => mark(field, ''));
  say('', '');
  const body = JSON.stringify(Object.fromEntries(fields.map(({name, value}) => [name, value.trim()]).filter(([, value]) => value)));
  event.submitter.disabled = true;
  try {
    const stored = await call('trades/', {method: 'POST', body,
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey(body)}});
    sent = {};
    touched = false;
    for (const field of [price, quantity, tradeId]) field.value = '';
    say(`Stored ${exact(stored.quantity)} ${stored.ticker} at ${exact(stored.price, 2)}.`, 'up');
    showTrades();
    loadTrades(stored.id);
    price.focus();
  } catch (error) {
    if (error.errors?.length) showErrors(error.errors);
    else say(explain(error), 'down');
  } finally {
    event.submitter.disabled = false;
  }
}

export function focusEntry() {
  (ticker.value ? price : ticker).focus();
  form.scrollIntoView({block: 'nearest'});
}

for (const field of fields) {
  field.id = `entry-${field.name}`;
  field.setAttribute('aria-describedby', `${field.id}-error`);
  field.parentElement.after(element('p', {id: `${field.id}-error`, className: 'error'}));
}
form.oninput = ({target}) => {
  mark(target, '');
  touched = fields.some(({value}) => value);
};
form.onsubmit = submit;
subscribe(['selected'], () => { if (!touched) ticker.value = state.selected; });
