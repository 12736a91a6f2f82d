// Calls the REST API. Numbers stay exact, problems are errors; asks for a key if one is needed.

import {byId, setText, showState} from './dom.js';
import {parseJson} from './format.js';
import {subscribe, touch} from './store.js';

export const LONGEST_DELAY = 30_000;
const TIMEOUT = 15_000;
let asked = null;
let declined = false;

export class Problem extends Error {
  constructor(status, {detail, title, errors}) {
    super(detail ?? title ?? `The server answered ${status}.`);
    Object.assign(this, {status, errors});
  }
}

export const key = () => sessionStorage.getItem('key');

/** True if there is another key than the one used. */
export function askForKey(reason, used) {
  if (key() !== used) return true;
  if (declined) return false;
  asked ??= new Promise((resolve) => {
    const dialog = byId('key');
    const field = byId('key-value');
    setText(byId('key-reason'), reason);
    field.value = '';
    dialog.returnValue = '';
    dialog.onclose = () => {
      const given = dialog.returnValue && field.value.trim();
      if (given) {
        sessionStorage.setItem('key', given);
        touch('key');
      }
      declined = !given;
      asked = null;
      resolve(!declined);
    };
    dialog.showModal();
  });
  return asked;
}

/** Throws a Problem, or another error if the server is not reachable. */
export async function request(path, options = {}) {
  const used = key();
  const answer = await fetch(path, {signal: AbortSignal.timeout(TIMEOUT), ...options,
    headers: {...options.headers, ...(used && {Authorization: `Bearer ${used}`})}});
  if (answer.ok) return answer;
  // a proxy's answer may not be JSON
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401 && await askForKey(problem.detail, used)) return request(path, options);
  throw new Problem(answer.status, problem);
}

export const call = async (path, options) => parseJson(await (await request(path, options)).text() || 'null');

/** Repeats an action while the page is visible, and for a new key. Backs off until it returns true. */
export function repeat(millis, action) {
  let failures = 0;
  async function next() {
    failures = document.hidden || await action() ? 0 : failures + 1;
    setTimeout(next, Math.max(millis, Math.min(TIMEOUT, 1000 * 2 ** failures)));
  }
  subscribe(['key'], action);
  next();
}

/** A random delay up to a bound that doubles with each failure. */
export const jitter = (failures) => Math.random() * Math.min(LONGEST_DELAY, 250 * 2 ** failures);

export function explain(error) {
  return error instanceof Problem ? error.message : 'The server did not answer; try again.';
}

export function showFailure(target, title, error, retry = () => askForKey(error.message, key())) {
  showState(target, title, explain(error), error.status === 401 ? 'Enter a key' : 'Try again', () => {
    declined = false;
    retry();
  });
}

/** Says that a panel's data may be old. */
export function showLate(target, error) {
  setText(target, error ? 'not up to date' : '');
  target.title = error ? explain(error) : '';
}
