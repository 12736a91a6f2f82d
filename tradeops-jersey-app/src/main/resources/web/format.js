// Numbers stay text with every digit that the server sent. Only drawing, sorting and percentages use doubles.

// a string's quotes are escaped, so this matches only fields
const NUMBER_FIELD = /("\w+"\s*:\s*)(-?\d[\d.eE+-]*)/g;

export const parseJson = (text) => JSON.parse(text.replace(NUMBER_FIELD, '$1"$2"'));

export const decimalsOf = (text) => text.split('.')[1]?.length ?? 0;

/** With at least so many decimals, and thousands separators. */
export function exact(text, decimals = 0) {
  const [whole, fraction = ''] = text.split('.');
  const tail = fraction.padEnd(decimals, '0');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (tail && `.${tail}`);
}

export const rounded = (number, decimals) => exact(number.toFixed(decimals));

const units = (text) => BigInt(text.replace('.', ''));

export function product(a, b) {
  const scale = decimalsOf(a) + decimalsOf(b);
  const digits = String(units(a) * units(b)).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0*$/, '');
}

// sign and arrow, not colour alone
export function percent(change, size = Math.abs(change).toFixed(2)) {
  if (Number(size) === 0) return {text: '0.00 %', direction: 'flat'};
  return change > 0 ? {text: `▲ +${size} %`, direction: 'up'} : {text: `▼ −${size} %`, direction: 'down'};
}

/** A time in the user's zone: 2026-11-20 14:30:00. */
export function local(time) {
  const date = new Date(time);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

export const utcTime = (seconds) => `${new Date(seconds * 1000).toISOString().slice(11, 19)} UTC`;
export const utcDate = (date) => date.toISOString().slice(0, 10);

export function duration(millis) {
  for (const [unit, size, most] of [['ms', 1, 1000], ['s', 1000, 100], ['min', 60_000, 100], ['h', 3_600_000, 48]]) {
    const amount = Math.max(0, Math.round(millis / size));
    if (amount < most) return `${amount} ${unit}`;
  }
  return `${Math.round(millis / 86_400_000)} days`;
}
