// Decimals stay the text that the server sent, so that no digit is lost; only drawing and percentages use doubles.

// an unescaped quote before the colon ends a name, so this can't match inside a string
const DECIMAL = /"(price|quantity|open|high|low|close|volume|vwap|change_percent|\w+_(?:price|volume|notional))"\s*:\s*(-?\d[\d.eE+-]*)/g;

/** JSON whose decimals become strings with every digit. */
export const parseJson = (text) => JSON.parse(text.replace(DECIMAL, '"$1":"$2"'));

export const decimalsOf = (text) => (text.split('.')[1] ?? '').length;

/** The same number with at least so many decimals and its thousands apart. */
export function exact(text, decimals = 0) {
  const [whole, fraction = ''] = text.split('.');
  const tail = fraction.padEnd(decimals, '0');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (tail && `.${tail}`);
}

/** A number for drawing, rounded to so many decimals. */
export const rounded = (number, decimals) => exact(number.toFixed(decimals));

const units = (text, scale) => BigInt(text.replace('.', '') + '0'.repeat(scale - decimalsOf(text)));

/** The exact product of two decimals. */
export function product(a, b) {
  const scale = decimalsOf(a) + decimalsOf(b);
  const digits = (units(a, decimalsOf(a)) * units(b, decimalsOf(b))).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return digits.slice(0, digits.length - scale) + (scale && fraction ? `.${fraction}` : '');
}

/** Orders decimals by value, however long they are. */
export function compareDecimals(a, b) {
  const scale = Math.max(decimalsOf(a), decimalsOf(b));
  return Number(units(a, scale) - units(b, scale));
}

/** A change with its sign and an arrow; never by colour alone. */
export function percent(text) {
  const size = `${exact(text.replace('-', ''), 2)} %`;
  if (Number(text) === 0) return {text: size, direction: 'muted'};
  return Number(text) > 0 ? {text: `▲ +${size}`, direction: 'up'} : {text: `▼ −${size}`, direction: 'down'};
}

// Swedish writes dates and times as ISO 8601 does
const local = new Intl.DateTimeFormat('sv', {dateStyle: 'short', timeStyle: 'medium'});

export const localDateTime = (date) => local.format(date);
export const localTime = (date) => localDateTime(date).slice(11);
export const utcTime = (date) => date.toISOString().slice(11, 19);
export const utcDay = (date) => date.toISOString().slice(0, 10);

/** The viewer's zone, short. */
export const zone = () => new Intl.DateTimeFormat('en', {timeZoneName: 'shortOffset'}).formatToParts()
  .find((part) => part.type === 'timeZoneName').value.replace('GMT', 'UTC').replace(/\+0$/, '');

/** How long something is, in one unit. */
export function duration(millis) {
  const [unit, size] = [['s', 1e3], ['min', 6e4], ['h', 36e5], ['days', 864e5]].findLast(([, each]) => millis >= each * 1.6) ?? ['ms', 1];
  return `${Math.max(0, Math.round(millis / size))} ${unit}`;
}
