// What every panel does with the document. Text is always inserted as text.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// setting the same text costs a layout
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export function showChange(target, {text, direction}) {
  setText(target, text);
  target.dataset.direction = direction;
  return target;
}

/** Puts children in order, moving only what is out of place, so that the focus stays. */
export function arrange(parent, children) {
  const focused = document.activeElement;
  children.forEach((child, index) => {
    const there = parent.children[index] ?? null;
    if (there !== child) parent.insertBefore(child, there);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
  if (focused !== document.activeElement) focused.focus({preventScroll: true});
}

/** Says what is the matter, what to do, and offers to do it. */
export function showState(target, title = '', hint = '', label = '', onclick = null) {
  const key = [title, hint, label].join('\n');
  if (target.dataset.key === key) return;
  target.dataset.key = key;
  target.replaceChildren();
  if (title) target.append(element('h3', {}, title), hint);
  if (label) target.append(element('p', {}, element('button', {onclick}, label)));
}

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** Tints an element, unless an earlier tint still fades. */
export function flash(target, color, duration = 400) {
  if (reducedMotion.matches || target.getAnimations().length) return;
  target.animate([{offset: 0, backgroundColor: `color-mix(in srgb, var(--${color}) 30%, transparent)`}], duration);
}
