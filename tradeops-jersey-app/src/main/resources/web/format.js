// Decimals stay the text that the server sent, so that no digit is lost; only drawing and percentages use doubles.

const DECIMALS = ['price', 'quantity', 'average_price', 'vwap', 'open', 'high', 'low', 'close', 'volume', 'change_percent',
  'total_volume', 'min_price', 'max_price', 'first_price', 'last_price', 'total_notional'];

// an unescaped quote before the colon ends a name, so this can't match inside a string
const DECIMAL_FIELD = new RegExp(`"(${DECIMALS.join('|')})"\\s*:\\s*(-?\\d[\\d.eE+-]*)`, 'g');

/** JSON whose decimals become strings with every digit. */
export const parseJson = (text) => JSON.parse(text.replace(DECIMAL_FIELD, '"$1":"$2"'));

export const decimalsOf = (text) => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
};

/** The same number with at least so many decimals and its thousands apart. */
export function exact(text, decimals = 0) {
  const [whole, fraction = ''] = text.split('.');
  const tail = fraction.padEnd(decimals, '0');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (tail ? `.${tail}` : '');
}

/** A number for drawing, rounded to so many decimals. */
export const rounded = (number, decimals) => exact(number.toFixed(decimals));

/** The exact product of two decimals. */
export function product(a, b) {
  const scale = decimalsOf(a) + decimalsOf(b);
  const digits = (BigInt(a.replace('.', '')) * BigInt(b.replace('.', ''))).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const fraction = digits.slice(cut).replace(/0+$/, '');
  return digits.slice(0, cut) + (fraction ? `.${fraction}` : '');
}

/** Orders decimals by value, however long they are. */
export function compareDecimals(a, b) {
  const scale = Math.max(decimalsOf(a), decimalsOf(b));
  const units = (text) => BigInt(text.replace('.', '') + '0'.repeat(scale - decimalsOf(text)));
  const difference = units(a) - units(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const MINUS = '\u2212';

/** A change with its sign and, for the eye, an arrow; never by colour alone. */
export function percent(change) {
  const text = Math.abs(change).toFixed(2);
  if (Number(text) === 0) return {text: '0.00 %', arrow: '\u2009', direction: 'flat'};
  return change > 0 ? {text: `+${text} %`, arrow: '▲', direction: 'up'} : {text: `${MINUS}${text} %`, arrow: '▼', direction: 'down'};
}

const two = (number) => String(number).padStart(2, '0');

export const localTime = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
export const localDate = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const utcTime = (date) => date.toISOString().slice(11, 19);
export const utcDay = (date) => date.toISOString().slice(0, 10);

/** The viewer's zone, short. */
export function zone() {
  const minutes = -new Date().getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? MINUS : '+'}${Math.floor(size / 60)}${size % 60 ? `:${two(size % 60)}` : ''}`;
}

/** How long something is, in one or two units. */
export function duration(millis) {
  const seconds = Math.round(millis / 1000);
  if (millis < 1000) return `${Math.max(0, Math.round(millis))} ms`;
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
