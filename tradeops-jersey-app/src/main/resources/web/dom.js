// The few things that every panel does with the document. Text is always inserted as text.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') made.textContent = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** Sets an element's text if it is another one: setting the same text costs a layout. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** A panel's state in place of its content: what is the matter, and what to do. */
export function showState(target, title, hint = '', button = null) {
  const key = `${title}\n${hint}\n${button?.label ?? ''}`;
  if (target.dataset.key === key) return;
  target.dataset.key = key;
  target.hidden = !title;
  target.replaceChildren();
  if (!title) return;
  target.append(element('p', {class: 'title', text: title}));
  if (hint) target.append(element('p', {text: hint}));
  if (button) target.append(element('button', {type: 'button', text: button.label, onclick: button.action}));
}

export const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** Tints an element for 400 ms; while a tint fades, no other begins. */
export function flash(target, direction) {
  const now = performance.now();
  if (reducedMotion.matches || now - (target.flashed ?? -1000) < 400) return;
  target.flashed = now;
  target.animate([{backgroundColor: `var(--${direction}-tint)`}, {backgroundColor: 'transparent'}], 400);
}

/** Placeholder rows that keep a loading table's size. */
export function skeleton(body, columns, rows = 8) {
  body.replaceChildren(...Array.from({length: rows}, () => element('tr', {class: 'skeleton', 'aria-hidden': true},
    ...Array.from({length: columns}, () => element('td', {}, element('span'))))));
}
