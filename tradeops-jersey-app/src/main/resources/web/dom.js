// The few things that every panel does with the document. Text is always inserted as text.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Sets an element's text, and its class, where they are others: setting the same costs a layout. */
export function setText(target, text, kind = target.className) {
  if (target.textContent !== text) target.textContent = text;
  if (target.className !== kind) target.className = kind;
}

/** Says in a panel what is the matter and what to do; nothing without a title. */
export function showState(target, title, hint = '', label = '', action = null) {
  const key = title + hint + label;
  if (target.dataset.key === key) return;
  target.dataset.key = key;
  target.replaceChildren();
  if (title) target.append(element('p', {}, element('b', {}, title)), element('p', {}, hint));
  if (label) target.append(element('button', {type: 'button', class: 'secondary', onclick: action}, label));
}

/** Puts elements into a parent in this order, touching only those that are out of place. */
export function arrange(parent, children) {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}
