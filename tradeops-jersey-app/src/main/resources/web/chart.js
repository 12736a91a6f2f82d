// The chart. uPlot draws the line; this adds averages, bars before the line, and alerts.

import {call, repeat, showFailure, showLate} from './api.js';
import {byId, element, flash, setText, showChange, showState} from './dom.js';
import {local, percent, rounded, utcTime} from './format.js';
import {state, subscribe, touch} from './store.js';

const RANGES = {'5m': 300, '30m': 1800, '1h': 3600, '4h': 14_400};
const HISTORY_SECONDS = 14_700;
const AVERAGES_MILLIS = 15_000;
const COLORS = ['muted', 'line', 'accent', 'warning'];
const ALERT_MARK = new Path2D('M0-8 5 3-5 3Z');

const plot = byId('plot');
const colors = {};
let range;
let zoomed = null;
let averages = [];
let failure = null;

const selected = () => state.series.get(state.selected);
const decimalsHere = (number) => rounded(number, selected()?.decimals ?? 2);
const seconds = (timestamp) => Date.parse(timestamp) / 1000;
const point = ({timestamp, price}) => [seconds(timestamp), Number(price)];
const alertsHere = () => state.alerts.filter((alert) => alert.ticker === state.selected)
  .map(({reference, trigger, change_percent: change}) => ({from: point(reference), to: point(trigger), change}));

// a canvas can't use CSS variables
function readColors() {
  for (const name of COLORS) {
    plot.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(plot).color;
  }
}

// bars replace the line in windows that ended before it begins
const isBefore = (row) => row.end <= (selected()?.times[0] ?? Infinity);

function priceRange({scales: {x}}, low, high) {
  const bars = averages.filter(({start, end}) => end >= x.min && start <= x.max)
    .flatMap((row) => (isBefore(row) ? [row.low, row.high] : row.average));
  const marks = alertsHere().flatMap(({from, to}) => [from, to]).filter(([time]) => time >= x.min && time <= x.max).map(([, price]) => price);
  const values = [low, high, ...bars, ...marks].filter(Number.isFinite);
  if (!values.length) return [0, 1];
  const bottom = Math.min(...values);
  const top = Math.max(...values);
  const margin = (top - bottom) * 0.08 || top * 0.002;
  return [bottom - margin, top + margin];
}

const inside = (draw) => (u) => {
  const {ctx, bbox} = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(u, ctx);
  ctx.restore();
};

// a line is a list of [time, price]
function stroke(u, lines, {color, width = 1, alpha = 1, dash = []}) {
  const {ctx} = u;
  ctx.strokeStyle = colors[color];
  ctx.globalAlpha = alpha;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  for (const line of lines) {
    line.forEach(([time, price], index) => ctx[index ? 'lineTo' : 'moveTo'](u.valToPos(time, 'x', true), u.valToPos(price, 'y', true)));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function drawAverages(u) {
  stroke(u, averages.filter(isBefore).flatMap(({start, end, open, high, low, close}) => {
    const middle = (start + end) / 2;
    return [[[middle, high], [middle, low]], [[start + 60, open], [middle, open]], [[middle, close], [end - 60, close]]];
  }), {color: 'muted', alpha: 0.5});
  stroke(u, averages.map(({start, end, average}, index) => {
    const before = averages[index - 1];
    return [...(before?.end === start ? [[start, before.average]] : []), [start, average], [end, average]];
  }), {color: 'muted', width: 1.5});
}

function drawAlerts(u, ctx) {
  for (const {from, to} of alertsHere()) {
    stroke(u, [[from, to]], {color: 'warning', dash: [3, 3]});
    ctx.save();
    ctx.translate(u.valToPos(to[0], 'x', true), u.valToPos(to[1], 'y', true));
    ctx.scale(devicePixelRatio, to[1] < from[1] ? -devicePixelRatio : devicePixelRatio);
    ctx.fillStyle = colors.warning;
    ctx.fill(ALERT_MARK);
    ctx.restore();
  }
}

const lastTag = element('span', {className: 'tag last'});
const priceTag = element('span', {className: 'tag', hidden: true});
const timeTag = element('span', {className: 'tag', hidden: true});

function tagPrice({over}, tag, text, top) {
  tag.hidden = !(top >= 0 && top <= over.offsetHeight);
  setText(tag, text);
  tag.style.translate = `${over.offsetLeft + over.offsetWidth}px ${over.offsetTop + top}px`;
}

// the last price's tag would cover half of the axis label
const isUnderLast = (u, price) => Math.abs(u.valToPos(price, 'y') - u.valToPos(selected()?.prices.at(-1), 'y')) < 16;

function drawLast(u) {
  const series = selected();
  if (!series) return;
  const last = series.prices.at(-1);
  stroke(u, [[[u.scales.x.min, last], [u.scales.x.max, last]]], {color: 'accent', alpha: 0.5, dash: [2, 3]});
  tagPrice(u, lastTag, series.text, u.valToPos(last, 'y'));
}

// no point left of the line's start
const pointAt = (u, series, nearest, time) => (time < selected()?.times[0] ? null : nearest);

function drawCursor(u) {
  const {cursor: {left, top, idxs}, over, data: [times, prices]} = u;
  const on = left >= 0;
  const time = u.posToVal(left, 'x');
  const row = averages.find(({start, end}) => start <= time && time < end);
  const price = prices[idxs?.[1]];
  const alert = alertsHere().find(({to: [at]}) => Math.abs(u.valToPos(at, 'x') - left) < 6);
  const bar = row && isBefore(row) ? ['open', 'high', 'low', 'close'] : [];
  tagPrice(u, priceTag, decimalsHere(u.posToVal(top, 'y')), on ? top : -1);
  timeTag.hidden = !on;
  setText(timeTag, on ? utcTime(time) : '');
  timeTag.style.translate = `calc(${over.offsetLeft + left}px - 50%) ${over.offsetTop + over.offsetHeight + 13}px`;
  setText(byId('readout'), on ? [
    utcTime(price ? times[idxs[1]] : time),
    price && decimalsHere(price),
    ...bar.map((name) => `${name} ${decimalsHere(row[name])}`),
    row && `avg ${decimalsHere(row.average)}`,
    alert && `alert ${percent(Number(alert.change)).text}`].filter(Boolean).join('   ') : '');
}

function axisTimes(u, times) {
  const length = times[1] - times[0] < 60 ? 19 : 16;
  return times.map((time) => local(time * 1000).slice(11, length));
}

function zoom(span) {
  zoomed = span && {span, ticker: state.selected};
  touch('zoom');
}

function onZoom(u) {
  const {left, width} = u.select;
  if (width > 3) zoom([u.posToVal(left, 'x'), u.posToVal(left + width, 'x')]);
  u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
}

export const resetZoom = () => zoom(null);

export function showMoment(time) {
  const age = state.now / 1000 - time;
  zoom(age > range && age < HISTORY_SECONDS && [time - 150, time + 150]);
  if (age > HISTORY_SECONDS) setText(byId('readout'), 'No prices of that time');
}

function drawQuote(series) {
  const average = averages.at(-1)?.average;
  const {text, direction} = percent(series?.change ?? 0);
  const price = byId('quote-price');
  const other = setText(byId('chart-title'), state.selected ?? '\u00a0');
  if (setText(price, series ? series.text : '') && !other) flash(price, series.direction);
  showChange(byId('quote-change'), {text: series ? `${text} in 60 s` : '', direction});
  setText(byId('quote-average'), average || failure ? `5m avg ${average ? decimalsHere(average) : '–'}` : '');
  showLate(byId('averages-late'), failure);
}

function drawState() {
  const target = byId('chart-state');
  const {phase, problem} = state.connection;
  if (selected()) showState(target);
  else if (problem) showFailure(target, 'No prices', problem);
  else if (phase === 'connecting') showState(target, 'Connecting');
  else showState(target, `No prices${state.selected ? ` of ${state.selected}` : ' yet'}`, 'The chart begins with the first price.');
}

function draw() {
  const series = selected();
  drawQuote(series);
  drawState();
  chart.root.hidden = !series;
  if (!series) return;
  const end = state.now / 1000;
  const [min, max] = zoomed?.ticker === state.selected ? zoomed.span : [end - range, end + range / 60];
  const shown = [Math.max(0, series.indexAt(min)), series.indexAt(max) + 2];
  chart.batch(() => {
    chart.setData([series.times.slice(...shown), series.prices.slice(...shown)], false);
    chart.setScale('x', {min, max});
  });
}

async function loadAverages() {
  const ticker = state.selected;
  if (!ticker) return true;
  const from = new Date((state.now || Date.now()) - HISTORY_SECONDS * 1000);
  try {
    const rows = await call(`averages/?${new URLSearchParams({ticker, from: from.toISOString(), limit: 100})}`);
    if (ticker !== state.selected) return true;
    averages = rows.map((row) => ({
      start: seconds(row.window_start), end: seconds(row.window_end), average: Number(row.average_price),
      open: Number(row.open), high: Number(row.high), low: Number(row.low), close: Number(row.close),
    }));
    failure = null;
  } catch (error) {
    failure = error;
  }
  touch('averages');
  return !failure;
}

export function setRange(index) {
  range = Object.values(RANGES)[index];
  [...byId('ranges').children].forEach((button, at) => { button.ariaPressed = at === index; });
  resetZoom();
}

byId('ranges').append(...Object.keys(RANGES).map((name, index) => element('button', {onclick: () => setRange(index)}, name)));
setRange(1);
subscribe(['selected'], () => {
  averages = [];
  loadAverages();
});

const size = () => ({width: plot.clientWidth, height: plot.clientHeight});
const axis = {stroke: () => colors.muted, font: '12px system-ui, sans-serif', ticks: {show: false},
  grid: {stroke: () => colors.line, width: 1}};
const chart = new window.uPlot({
  ...size(),
  legend: {show: false},
  padding: [8, 0, 0, 8],
  scales: {y: {range: priceRange}},
  axes: [
    {...axis, values: axisTimes, space: 72, size: 28},
    {...axis, side: 1, space: 36, gap: 8,
      values: (u, prices) => prices.map((price) => (isUnderLast(u, price) ? '' : decimalsHere(price))),
      size: (u, texts) => Math.max(56, ...(texts ?? []).map((text) => text.length * 7.4 + 16))},
  ],
  series: [{}, {stroke: () => colors.accent, width: 1.5, points: {show: false}}],
  cursor: {drag: {setScale: false}, dataIdx: pointAt, points: {size: 7, fill: () => colors.accent}},
  hooks: {drawClear: [inside(drawAverages)], draw: [inside(drawAlerts), inside(drawLast)], setCursor: [drawCursor], setSelect: [onZoom]},
}, [[], []], plot);
chart.root.append(lastTag, priceTag, timeTag);
chart.over.ondblclick = resetZoom;
new ResizeObserver(() => chart.setSize(size())).observe(plot);

subscribe(['theme'], readColors);
subscribe(['ticks', 'selected', 'averages', 'alerts', 'zoom', 'theme', 'connection'], draw);
repeat(AVERAGES_MILLIS, loadAverages);
