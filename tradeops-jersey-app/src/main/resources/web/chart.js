// The chart of the chosen ticker. uPlot draws the price line; steps, bars before the line and alerts are drawn over it.

import {call, repeat} from './api.js';
import {byId, element, setText, showState} from './dom.js';
import {exact, localTime, percent, rounded, utcTime, zone} from './format.js';
import {state, subscribe, touch} from './store.js';

const RANGES = [['5m', 300], ['30m', 1800], ['1h', 3600], ['4h', 14_400]];
const AVERAGES_SECONDS = 15;
const TAG_HEIGHT = 18;

const plot = byId('plot');
let chart = null;
let range = RANGES[1][1];
let zoomed = null;
let averages = [];
let averagesOf = null;
let colors = {};
let failed = '';

const chosen = () => state.series.get(state.selected);

/** Custom properties as the colours that a canvas understands. */
function readColors() {
  const probe = element('i');
  plot.append(probe);
  for (const name of ['text', 'muted', 'line', 'accent', 'warning', 'panel', 'up', 'down', 'step']) {
    probe.style.color = `var(--${name})`;
    colors[name] = getComputedStyle(probe).color;
  }
  probe.remove();
}

const decimals = () => chosen()?.decimals ?? 2;
const visible = (u, from, to) => to >= u.scales.x.min && from <= u.scales.x.max;

/** Five-minute windows that ended before the line begins: they stand in for it. */
const earlier = () => averages.filter((row) => row.end <= (chosen()?.times[0] ?? Infinity));

/** The prices that are to be seen, with a margin. */
function priceRange(u, low, high) {
  const {min, max} = u.scales.x;
  const values = [low, high];
  for (const row of averages) if (row.end >= min && row.start <= max) values.push(row.average);
  for (const row of earlier()) if (row.end >= min && row.start <= max) values.push(row.low, row.high);
  const known = values.filter((value) => value !== null && Number.isFinite(value));
  if (known.length === 0) return [0, 1];
  const bottom = Math.min(...known);
  const top = Math.max(...known);
  const margin = (top - bottom) * 0.08 || top * 0.002;
  return [bottom - margin, top + margin];
}

function clip(u, draw) {
  const {ctx} = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  draw(ctx, (time) => u.valToPos(time, 'x', true), (price) => u.valToPos(price, 'y', true));
  ctx.restore();
}

function drawSteps(u) {
  clip(u, (ctx, x, y) => {
    ctx.strokeStyle = colors.muted;
    ctx.globalAlpha = 0.55;
    for (const row of earlier()) {
      if (!visible(u, row.start, row.end)) continue;
      const middle = (row.start + row.end) / 2;
      ctx.beginPath();
      ctx.moveTo(x(middle), y(row.high));
      ctx.lineTo(x(middle), y(row.low));
      ctx.moveTo(x(row.start + 60), y(row.open));
      ctx.lineTo(x(middle), y(row.open));
      ctx.moveTo(x(middle), y(row.close));
      ctx.lineTo(x(row.end - 60), y(row.close));
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colors.step;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    let last = null;
    for (const row of averages) {
      if (!visible(u, row.start, row.end)) continue;
      if (last === row.start) ctx.lineTo(x(row.start), y(row.average));
      else ctx.moveTo(x(row.start), y(row.average));
      ctx.lineTo(x(row.end), y(row.average));
      last = row.end;
    }
    ctx.stroke();
  });
}

function drawAlerts(u) {
  clip(u, (ctx, x, y) => {
    const size = 5 * devicePixelRatio;
    for (const alert of state.alerts) {
      const from = Date.parse(alert.reference.timestamp) / 1000;
      const to = Date.parse(alert.trigger.timestamp) / 1000;
      if (alert.ticker !== state.selected || !visible(u, from, to)) continue;
      const [left, right] = [x(from), x(to)];
      const [start, end] = [y(Number(alert.reference.price)), y(Number(alert.trigger.price))];
      const side = end <= start ? 1 : -1;
      ctx.strokeStyle = colors.warning;
      ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(left, start);
      ctx.lineTo(right, end);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = colors.warning;
      ctx.strokeStyle = colors.panel;
      ctx.beginPath();
      ctx.moveTo(right, end - side * size * 1.6);
      ctx.lineTo(right - size, end + side * size * 0.6);
      ctx.lineTo(right + size, end + side * size * 0.6);
      ctx.closePath();
      ctx.fill();
      ctx.stroke();
    }
  });
}

/** The last price, on the scale. */
function drawLast(u) {
  const series = chosen();
  if (!series) return;
  const y = u.valToPos(series.prices[series.prices.length - 1], 'y', true);
  const {left, top, width, height} = u.bbox;
  if (y < top || y > top + height) return;
  const {ctx} = u;
  const half = (TAG_HEIGHT / 2) * devicePixelRatio;
  const text = exact(series.price, series.decimals);
  ctx.save();
  ctx.strokeStyle = colors.accent;
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(left + width, y);
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.font = u.axes[1].font[0];
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = colors.accent;
  ctx.fillRect(left + width + 1, y - half, ctx.measureText(text).width + 14 * devicePixelRatio, 2 * half);
  ctx.fillStyle = colors.panel;
  ctx.fillText(text, left + width + 8 * devicePixelRatio, y + devicePixelRatio);
  ctx.restore();
}

const priceTag = element('span', {class: 'tag', hidden: true});
const timeTag = element('span', {class: 'tag', hidden: true});

/** The crosshair's values: its price on the scale, its time in UTC below, the line's values beside the ranges. */
function drawCursor(u) {
  const {left, top, idx} = u.cursor;
  const off = left < 0 || idx === null || idx === undefined;
  priceTag.hidden = off;
  timeTag.hidden = off;
  if (off) {
    setText(byId('readout'), '');
    return;
  }
  const time = u.posToVal(left, 'x');
  setText(priceTag, rounded(u.posToVal(top, 'y'), decimals()));
  setText(timeTag, `${utcTime(new Date(time * 1000))} UTC`);
  priceTag.style.transform = `translate(${u.over.offsetLeft + u.over.offsetWidth}px, ${u.over.offsetTop + top - TAG_HEIGHT / 2}px)`;
  timeTag.style.transform = `translate(calc(${u.over.offsetLeft + left}px - 50%), ${u.over.offsetTop + u.over.offsetHeight + 4}px)`;
  const average = averages.find((row) => row.start <= time && time < row.end);
  const alert = state.alerts.find((one) => one.ticker === state.selected
    && Math.abs(u.valToPos(Date.parse(one.trigger.timestamp) / 1000, 'x') - left) < 6);
  setText(byId('readout'), [
    `${utcTime(new Date(u.data[0][idx] * 1000))} UTC`,
    rounded(u.data[1][idx], decimals()),
    average && `avg ${rounded(average.average, decimals())}`,
    alert && `alert ${percent(Number(alert.change_percent)).text}`,
  ].filter(Boolean).join('   '));
}

function axisTime(u, splits) {
  const seconds = splits.length > 1 && splits[1] - splits[0] < 60;
  return splits.map((split) => localTime(new Date(split * 1000)).slice(0, seconds ? 8 : 5));
}

function options() {
  const axis = {stroke: () => colors.muted, font: '12px system-ui, sans-serif', ticks: {show: false},
    grid: {stroke: () => colors.line, width: 1}};
  return {
    width: plot.clientWidth,
    height: plot.clientHeight,
    legend: {show: false},
    padding: [8, 0, 0, 8],
    scales: {x: {time: true}, y: {range: priceRange}},
    axes: [
      {...axis, values: axisTime, space: 72, size: 28},
      {...axis, side: 1, space: 36, gap: 8,
        values: (u, splits) => splits.map((split) => rounded(split, decimals())),
        size: (u, values) => Math.max(56, ...(values ?? []).map((value) => value.length * 7.4 + 16))},
    ],
    series: [{}, {stroke: () => colors.accent, width: 1.5, points: {show: false}}],
    cursor: {drag: {x: true, y: false, setScale: false}, points: {size: 7, fill: () => colors.accent}},
    hooks: {
      drawClear: [drawSteps],
      draw: [drawAlerts, drawLast],
      setCursor: [drawCursor],
      setSelect: [onZoom],
    },
  };
}

function onZoom(u) {
  const {left, width} = u.select;
  if (width < 4) return;
  zoomed = [u.posToVal(left, 'x'), u.posToVal(left + width, 'x')];
  u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
  touch('zoom');
}

/** Goes back to following the newest price. */
export function resetZoom() {
  zoomed = null;
  touch('zoom');
}

/** Shows the minutes around a time. */
export function showMoment(millis) {
  const time = millis / 1000;
  if (time < state.now / 1000 - range) {
    zoomed = [time - 150, time + 150];
    touch('zoom');
  }
}

function drawQuote(series) {
  setText(byId('chart-title'), state.selected ?? '\u00a0');
  setText(byId('quote-price'), series ? exact(series.price, series.decimals) : '');
  const change = series ? percent(series.change()) : {text: '', arrow: '', direction: 'flat'};
  setText(byId('quote-change'), series ? `${change.arrow} ${change.text} in 60 s` : '');
  byId('quote-change').className = `change ${change.direction}`;
  const last = averages[averages.length - 1];
  setText(byId('quote-average'), series && last ? `5m avg ${rounded(last.average, series.decimals)}` : '');
}

function drawState(series) {
  const {phase} = state.connection;
  if (series) showState(byId('chart-state'), '');
  else if (failed) showState(byId('chart-state'), 'No history', failed);
  else if (state.selected) showState(byId('chart-state'), `No prices of ${state.selected}`, 'The feed has not sent any. Its chart begins with the first one.');
  else if (phase === 'reconnecting') showState(byId('chart-state'), 'No connection', 'The chart begins as soon as the feed is back.');
  else showState(byId('chart-state'), 'Waiting for prices', 'The chart begins with the feed’s first tick.');
}

function draw() {
  const series = chosen();
  drawQuote(series);
  drawState(series);
  if (!series) {
    if (chart) chart.root.hidden = true;
    return;
  }
  if (!chart) start();
  chart.root.hidden = false;
  const end = state.now / 1000;
  const [min, max] = zoomed ?? [end - range, end + range / 60];
  const from = Math.max(0, series.indexAt(min) - 1);
  const to = Math.min(series.times.length, series.indexAt(max) + 1);
  chart.batch(() => {
    chart.setData([series.times.slice(from, to), series.prices.slice(from, to)], false);
    chart.setScale('x', {min, max});
  });
}

function start() {
  readColors();
  chart = new window.uPlot(options(), [[], []], plot);
  chart.root.append(priceTag, timeTag);
  chart.over.addEventListener('dblclick', resetZoom);
  new ResizeObserver(() => {
    chart.setSize({width: plot.clientWidth, height: plot.clientHeight});
  }).observe(plot);
}

async function loadAverages() {
  const ticker = state.selected;
  if (!ticker) return;
  const now = state.now || Date.now();
  const from = new Date(now - RANGES[3][1] * 1000 - 300_000).toISOString();
  try {
    const rows = await call(`averages/?ticker=${encodeURIComponent(ticker)}&from=${from}&limit=100`);
    if (ticker !== state.selected) return;
    averages = rows.map((row) => ({
      start: Date.parse(row.window_start) / 1000, end: Date.parse(row.window_end) / 1000,
      average: Number(row.average_price), open: Number(row.open), high: Number(row.high), low: Number(row.low),
      close: Number(row.close),
    }));
    averagesOf = ticker;
    failed = '';
  } catch (error) {
    failed = error.message;
  }
  touch('averages');
}

function onSelect() {
  zoomed = null;
  if (averagesOf !== state.selected) averages = [];
  loadAverages();
}

export function setRange(index) {
  range = RANGES[index][1];
  zoomed = null;
  [...byId('ranges').children].forEach((button, at) => button.setAttribute('aria-pressed', String(at === index)));
  touch('zoom');
}

export function startChart() {
  byId('ranges').append(...RANGES.map(([name], index) =>
    element('button', {type: 'button', text: name, onclick: () => setRange(index)})));
  setRange(1);
  setText(byId('zone'), zone());
  addEventListener('themechange', () => {
    readColors();
    touch('zoom');
  });
  subscribe(['selected'], onSelect);
  subscribe(['ticks', 'selected', 'averages', 'alerts', 'zoom'], draw);
  subscribe(['connection'], () => drawState(chosen()));
  repeat(AVERAGES_SECONDS * 1000, loadAverages);
}
