// The chart of the chosen ticker. uPlot draws the price line; averages and alerts are drawn under and over it.

import {call, explain, repeat} from './api.js';
import {byId, element, setText, showState} from './dom.js';
import {exact, localTime, percent, rounded, utcTime, zone} from './format.js';
import {state, subscribe, touch} from './store.js';

const RANGES = {'5m': 300, '30m': 1800, '1h': 3600, '4h': 14_400};
const AVERAGES_MILLIS = 15_000;

const plot = byId('plot');
const colors = {};
const tag = () => element('span', {class: 'tag', hidden: ''});
const [lastTag, priceTag, timeTag] = [tag(), tag(), tag()];
let chart = null;
let range = 0;
let zoomed = null;
let averages = [];
let failed = '';
let drawn = '';

const chosen = () => state.series.get(state.selected);
const secondsOf = (timestamp) => Date.parse(timestamp) / 1000;
const visible = (rows) => rows.filter(({start, end}) => end >= chart.scales.x.min && start <= chart.scales.x.max);
const alertsHere = () => visible(state.alerts.filter(({ticker}) => ticker === state.selected)
  .map((alert) => ({alert, start: secondsOf(alert.reference.timestamp), end: secondsOf(alert.trigger.timestamp)})));

/** Custom properties as the colours that a canvas understands. */
function readColors() {
  for (const name of ['muted', 'line', 'accent', 'warning', 'average']) {
    lastTag.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(lastTag).color;
  }
  lastTag.style.color = '';
}

/** The prices that are to be seen, with a margin. */
function priceRange(u, low, high) {
  const prices = [low, high, ...visible(averages).map((row) => row.average)].filter(Number.isFinite);
  const bottom = Math.min(...prices);
  const top = Math.max(...prices);
  const margin = (top - bottom) * 0.08 || top * 0.002;
  return prices.length ? [bottom - margin, top + margin] : [0, 1];
}

/** A hook that draws inside of the chart's frame; it gets functions from time and price to the canvas. */
const drawing = (draw) => (u) => {
  const {ctx, bbox} = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  draw(ctx, (time) => u.valToPos(time, 'x', true), (price) => u.valToPos(price, 'y', true));
  ctx.stroke();
  ctx.restore();
};

/** Averages as steps: where the line hasn't begun, they are the history. */
function drawAverages(ctx, x, y) {
  ctx.strokeStyle = colors.average;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  let previous = 0;
  for (const {start, end, average} of visible(averages)) {
    if (previous === start) ctx.lineTo(x(start), y(average));
    else ctx.moveTo(x(start), y(average));
    ctx.lineTo(x(end), y(average));
    previous = end;
  }
}

/** Alerts as arrows at the price that fired, with a line from the one that it is compared with. */
function drawAlerts(ctx, x, y) {
  ctx.strokeStyle = ctx.fillStyle = colors.warning;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.font = `${14 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const {alert: {reference, trigger, change_percent: change}, start, end} of alertsHere()) {
    ctx.moveTo(x(start), y(Number(reference.price)));
    ctx.lineTo(x(end), y(Number(trigger.price)));
    ctx.fillText(percent(change).text[0], x(end), y(Number(trigger.price)));
  }
}

function place(target, text, left, top) {
  target.hidden = false;
  setText(target, text);
  target.style.transform = `translate(${left}, ${top}px)`;
}

/** Puts a price on the scale. */
function placePrice(target, text, top) {
  const {offsetLeft, offsetTop, offsetWidth} = chart.over;
  place(target, text, `${offsetLeft + offsetWidth}px`, offsetTop + top - 9);
}

function drawLast(u) {
  const {prices, price, decimals} = chosen();
  const top = u.valToPos(prices.at(-1), 'y');
  if (top >= 0 && top <= u.over.clientHeight) placePrice(lastTag, exact(price, decimals), top);
  else lastTag.hidden = true;
}

/** The crosshair's values: the price on the scale, below it the time in UTC with the line's price, the average, the alert. */
function drawCursor(u) {
  const {left, top, idx} = u.cursor;
  priceTag.hidden = timeTag.hidden = true;
  if (left < 0 || !Number.isInteger(idx)) return;
  const {decimals} = chosen();
  const time = u.posToVal(left, 'x');
  const average = averages.find(({start, end}) => start <= time && time < end);
  const near = alertsHere().find(({end}) => Math.abs(u.valToPos(end, 'x') - left) < 6);
  placePrice(priceTag, rounded(u.posToVal(top, 'y'), decimals), top);
  const text = [`${utcTime(new Date(time * 1000))} UTC`, rounded(u.data[1][idx], decimals),
    average && `avg ${rounded(average.average, decimals)}`, near && percent(near.alert.change_percent).text];
  place(timeTag, text.filter(Boolean).join('   '), `calc(${u.over.offsetLeft + left}px - ${(left / u.over.clientWidth) * 100}%)`,
    u.over.offsetTop + u.over.offsetHeight + 4);
}

function onZoom(u) {
  const {left, width} = u.select;
  if (width >= 4) zoomed = [u.posToVal(left, 'x'), u.posToVal(left + width, 'x')];
  u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
  touch('view');
}

/** Goes back to following the newest price. */
export function resetZoom() {
  zoomed = null;
  touch('view');
}

/** Shows the minutes around a time that is out of sight. */
export function showMoment(millis) {
  const time = millis / 1000;
  if (time < state.now / 1000 - range) zoomed = [time - 150, time + 150];
  touch('view');
}

function start() {
  plot.append(lastTag);
  readColors();
  const axis = {stroke: () => colors.muted, font: '12px system-ui, sans-serif', ticks: {show: false}, grid: {stroke: () => colors.line, width: 1}};
  chart = new window.uPlot({
    width: plot.clientWidth,
    height: plot.clientHeight,
    legend: {show: false},
    padding: [8, 0, 0, 8],
    scales: {y: {range: priceRange}},
    axes: [
      {...axis, space: 72, size: 28,
        values: (u, splits) => splits.map((split) => localTime(split * 1000).slice(0, splits[1] - splits[0] < 60 ? 8 : 5))},
      {...axis, side: 1, space: 36, gap: 8,
        values: (u, splits) => splits.map((split) => rounded(split, chosen()?.decimals ?? 2)),
        size: (u, values) => Math.max(56, ...(values ?? []).map((value) => value.length * 7.4 + 16))},
    ],
    series: [{}, {stroke: () => colors.accent, width: 1.5, points: {show: false}}],
    cursor: {drag: {setScale: false}, points: {size: 7, fill: () => colors.accent}},
    hooks: {drawClear: [drawing(drawAverages)], draw: [drawing(drawAlerts), drawLast], setCursor: [drawCursor], setSelect: [onZoom]},
  }, [[], []], plot);
  lastTag.classList.add('last');
  chart.root.append(lastTag, priceTag, timeTag);
  chart.over.addEventListener('dblclick', resetZoom);
  new ResizeObserver(() => chart.setSize({width: plot.clientWidth, height: plot.clientHeight})).observe(plot);
}

function drawQuote(series) {
  setText(byId('chart-title'), state.selected);
  setText(byId('quote-price'), exact(series.price, series.decimals));
  const change = percent(series.change().toFixed(2));
  setText(byId('quote-change'), `${change.text} in 60 s`, change.direction);
  setText(byId('quote-average'), averages.length ? `5m avg ${rounded(averages.at(-1).average, series.decimals)}` : '');
}

function drawState(series) {
  const target = byId('chart-state');
  if (series) showState(target, '');
  else if (failed) showState(target, 'No history', failed);
  else if (state.selected) showState(target, `No prices of ${state.selected}`, 'The feed has not sent any. Its chart begins with the first one.');
  else if (state.connection.phase === 'reconnecting') showState(target, 'No connection', 'The chart begins as soon as the feed is back.');
  else showState(target, 'Waiting for prices', 'The chart begins with the feed’s first tick.');
}

/** Draws what has changed: another price, or as much time as a pixel shows. */
function draw() {
  const series = chosen();
  drawState(series);
  if (chart) chart.root.hidden = !series;
  if (!series) {
    setText(byId('chart-title'), state.selected ?? '\u00a0');
    for (const name of ['price', 'change', 'average']) setText(byId(`quote-${name}`), '');
    return;
  }
  drawQuote(series);
  if (!chart) start();
  const end = state.now / 1000;
  const [min, max] = zoomed ?? [end - range, end + range / 60];
  const key = [series.ticker, series.changes, Math.floor(max / range * plot.clientWidth)].join();
  if (key === drawn) return;
  drawn = key;
  const from = Math.max(0, series.indexAt(min) - 1);
  const to = series.indexAt(max) + 1;
  chart.batch(() => {
    chart.setData([series.times.slice(from, to), series.prices.slice(from, to)], false);
    chart.setScale('x', {min, max});
  });
}

async function loadAverages() {
  const ticker = state.selected;
  if (!ticker) return;
  const from = new Date((state.now || Date.now()) - (RANGES['4h'] + 300) * 1000).toISOString();
  try {
    const rows = await call(`averages/?ticker=${encodeURIComponent(ticker)}&from=${from}&limit=100`);
    if (ticker !== state.selected) return;
    averages = rows.map((row) => ({start: secondsOf(row.window_start), end: secondsOf(row.window_end),
      average: Number(row.average_price)}));
    failed = '';
  } catch (error) {
    failed = explain(error);
  }
  touch('view');
}

function setRange(index) {
  range = Object.values(RANGES)[index];
  byId('ranges').querySelectorAll('button').forEach((button, at) => { button.ariaPressed = at === index; });
  resetZoom();
}

export function startChart() {
  byId('ranges').prepend(...Object.keys(RANGES).map((name, index) => element('button', {type: 'button', onclick: () => setRange(index)}, name)));
  setRange(1);
  setText(byId('zone'), zone());
  addEventListener('themechange', () => {
    if (chart) readColors();
    touch('view');
  });
  const redraw = () => {
    drawn = '';
    draw();
  };
  subscribe(['selected'], () => {
    averages = [];
    zoomed = null;
    loadAverages();
    redraw();
  });
  subscribe(['alerts', 'view'], redraw);
  subscribe(['ticks', 'connection'], draw);
  repeat(AVERAGES_MILLIS, loadAverages);
}
