// The REST API: JSON with exact decimals, problems as errors, and the key where the server asks for one.

import {byId, setText} from './dom.js';
import {parseJson} from './format.js';

const KEY = 'key';
let asked = null;
let declined = false;

export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the server answered ${status}`);
    this.status = status;
    this.errors = problem.errors ?? [];
  }
}

export const key = () => sessionStorage.getItem(KEY);

/** Asks for a key, once at a time; true if one was given. */
export function askForKey(reason) {
  if (declined) return false;
  asked ??= new Promise((resolve) => {
    const dialog = byId('key');
    setText(byId('key-reason'), reason);
    byId('key-value').value = '';
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'use' && byId('key-value').value.trim();
      if (given) sessionStorage.setItem(KEY, given);
      declined = !given;
      asked = null;
      resolve(Boolean(given));
    }, {once: true});
    dialog.returnValue = '';
    dialog.showModal();
  });
  return asked;
}

export function headers(more = {}) {
  return key() ? {...more, Authorization: `Bearer ${key()}`} : more;
}

/** Sends a request; the answer's JSON. Throws a Problem, or a TypeError where the server can't be reached. */
export async function call(path, options = {}) {
  const used = key();
  const answer = await fetch(path, {signal: AbortSignal.timeout(15_000), ...options, headers: headers(options.headers)});
  const text = await answer.text();
  if (answer.ok) return text ? parseJson(text) : null;
  // something in between may have answered, and not with a problem
  const problem = answer.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : {};
  if (answer.status === 401 && (used !== key() || await askForKey(problem.detail ?? 'This call needs one.'))) {
    return call(path, options);
  }
  throw new Problem(answer.status, problem);
}

/** Calls again and again, not while the page is hidden; the first time at once. */
export async function repeat(millis, action) {
  if (!document.hidden) await action();
  setTimeout(repeat, millis, millis, action);
}

/** What to say of a call that failed. */
export function explain(error) {
  if (error.status === 401) return 'A key is needed. Reload the page to enter one.';
  if (error instanceof Problem) return error.message;
  return 'The server can’t be reached; trying again.';
}
