'use strict';

const EVERY = 2000;
const KEPT = 450;
const OTHERS = new Set(['/live_check', '/ready_check', '/metrics', '/drift']);
const STYLES = ['a', 'b', 'c', 'd', 'e'];
const $ = id => document.getElementById(id);
const points = [];
let before = null;

const number = value =>
  value === undefined || value === null || !isFinite(value) ? '–'
    : value.toLocaleString('en', {maximumFractionDigits: value >= 100 ? 0 : value >= 1 ? 1 : 3});
const millis = seconds => seconds === undefined ? undefined : seconds * 1000;

/** Samples of each replica by name, those of the same name and labels under one key. */
function table(look) {
  const all = new Map();
  for (const replica of look.replicas) {
    const own = new Map();
    for (const [name, labels, value] of replica.samples || []) {
      own.set(name + JSON.stringify(labels), {name, labels, value});
    }
    all.set(replica.name, own);
  }
  return all;
}

/** What was added since the look before, over all replicas; one that began anew counts from zero. */
function added(now, then, name, group) {
  const sums = new Map();
  for (const [replica, samples] of now) {
    const former = then.get(replica);
    if (!former || former.size === 0) { continue; }
    for (const [key, sample] of samples) {
      if (sample.name !== name || OTHERS.has(sample.labels.path)) { continue; }
      const was = former.has(key) ? former.get(key).value : 0;
      const more = sample.value >= was ? sample.value - was : sample.value;
      const by = group(sample.labels);
      sums.set(by, (sums.get(by) || 0) + more);
    }
  }
  return sums;
}

/** As histogram_quantile of Prometheus: linear within the bucket. */
function quantile(q, buckets) {
  const bounds = [...buckets.keys()].map(Number).sort((a, b) => a - b);
  const total = buckets.get('+Inf') || 0;
  if (total === 0) { return undefined; }
  let low = 0, below = 0;
  for (const bound of bounds.filter(isFinite)) {
    const count = [...buckets].find(([le]) => Number(le) === bound)[1];
    if (count >= q * total) {
      return count === below ? bound : low + (bound - low) * (q * total - below) / (count - below);
    }
    low = bound;
    below = count;
  }
  return low;
}

const sum = counts => [...counts.values()].reduce((a, b) => a + b, 0);

function point(look) {
  const now = table(look);
  const result = {at: look.at, ready: look.ready, desired: look.desired};
  if (before) {
    const seconds = (look.at - before.at) / 1000;
    const statuses = added(now, before.table, 'http_server_requests_total', l => l.status);
    const buckets = added(now, before.table, 'http_server_request_duration_seconds_bucket', l => l.le);
    const infinite = buckets.has('+Inf') ? buckets : new Map();
    result.traffic = sum(statuses) / seconds;
    result.failed = sum(new Map([...statuses].filter(([s]) => s >= '500'))) / seconds;
    result.refused = sum(new Map([...statuses].filter(([s]) => s >= '400' && s < '500'))) / seconds;
    for (const q of [50, 90, 99]) { result['p' + q] = millis(quantile(q / 100, infinite)); }
    result.classes = Object.fromEntries(
      [...added(now, before.table, 'model_predictions_total', l => l.class || 'rows')]
        .map(([name, rows]) => [name, rows / seconds]));
    result.cpu = cores(now, before.table, seconds);
  }
  before = {at: look.at, table: now};
  return result;
}

function cores(now, then, seconds) {
  const used = {};
  for (const [replica, samples] of now) {
    const key = 'process_cpu_seconds_total{}';
    const former = then.get(replica);
    if (samples.has(key) && former && former.has(key)) {
      used[replica] = Math.max(0, samples.get(key).value - former.get(key).value) / seconds;
    }
  }
  return used;
}

function niceTop(most) {
  if (most <= 0) { return 1; }
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(top => top >= most);
}

function chart(id, unit, lines) {
  const width = 860, height = 190, left = 60, right = 20, top = 8, bottom = 26;
  const end = points[points.length - 1].at, begin = Math.min(points[0].at, end - 60000);
  const most = niceTop(Math.max(0, ...lines.flatMap(l => points.map(l.value)).filter(isFinite)));
  const x = at => left + (at - begin) / (end - begin) * (width - left - right);
  const y = value => top + (1 - value / most) * (height - top - bottom);
  const svg = ['<svg viewBox="0 0 ' + width + ' ' + height + '" role="img" aria-label="' + id + '">'];
  for (let i = 0; i <= 4; i++) {
    const value = most * i / 4;
    svg.push('<path class="grid" d="M' + left + ',' + y(value) + 'H' + (width - right) + '"/>',
      '<text class="tick end" x="' + (left - 7) + '" y="' + (y(value) + 4) + '">' + number(value)
        + (i === 4 ? ' ' + unit : '') + '</text>');
  }
  for (let i = 0; i <= 4; i++) {
    const ago = Math.round((end - begin) * (1 - i / 4) / 1000);
    svg.push('<text class="tick ' + (i === 4 ? 'end' : 'middle') + '" x="' + x(end - ago * 1000)
      + '" y="' + (height - 7) + '">' + (ago ? ago + ' s ago' : 'now') + '</text>');
  }
  for (const line of lines) {
    let path = '', pen = false;
    for (const one of points) {
      const value = line.value(one);
      if (value === undefined || !isFinite(value)) { pen = false; continue; }
      path += (pen ? 'L' : 'M') + x(one.at).toFixed(1) + ',' + y(value).toFixed(1);
      pen = true;
    }
    svg.push('<path class="line ' + line.style + '" d="' + path + '"/>');
  }
  const keys = lines.map(line =>
    '<span class="key"><svg viewBox="0 0 22 8"><path class="line ' + line.style
      + '" d="M1,4H21"/></svg>' + escaped(line.name) + '</span>');
  $(id).innerHTML = '<figcaption>' + keys.join('') + '</figcaption>' + svg.join('') + '</svg>';
}

function escaped(text) {
  const box = document.createElement('span');
  box.textContent = text;
  return box.innerHTML;
}

function rows(id, head, body) {
  const isNumber = column => body.some(({cells}) => /^[–\d]/.test(cells[column]));
  const cell = (tag, text, column) =>
    '<' + tag + (isNumber(column) ? ' class="number"' : '') + '>' + escaped(text) + '</' + tag + '>';
  const row = (tag, texts) => texts.map((text, column) => cell(tag, text, column)).join('');
  $(id).innerHTML = '<tr>' + row('th', head) + '</tr>'
    + body.map(({cells, bad}) => '<tr' + (bad ? ' class="bad"' : '') + '>' + row('td', cells) + '</tr>').join('');
}

function drift(look) {
  const worst = new Map();
  for (const replica of look.replicas) {
    for (const [name, labels, value] of replica.samples || []) {
      if (name.endsWith('_drift_psi')) {
        const what = name === 'model_prediction_drift_psi' ? 'prediction' : labels.feature;
        worst.set(what, Math.max(value, worst.get(what) || 0));
      }
    }
  }
  return [...worst].sort((a, b) => b[1] - a[1]);
}

function gauge(replica, name) {
  const found = (replica.samples || []).find(sample => sample[0] === name);
  return found ? found[2] : undefined;
}

function show(look) {
  if (before && look.at === before.at) { return; } // another page has asked a moment ago
  const now = point(look);
  points.push(now);
  if (points.length > KEPT) { points.shift(); }
  $('state').textContent = look.state;
  $('state').className = 'badge ' + (look.state === 'running' ? 'good' : look.state === 'degraded' ? 'bad' : '');
  $('detail').textContent = look.release ? 'release ' + look.release : '';
  $('traffic').innerHTML = number(now.traffic) + ' <small>/s</small>';
  $('errors').innerHTML = (now.traffic ? number(100 * now.failed / now.traffic) : '–') + ' <small>%</small>';
  $('p50').innerHTML = number(now.p50) + ' <small>ms</small>';
  $('p99').innerHTML = number(now.p99) + ' <small>ms</small>';
  $('replicas').innerHTML = look.ready + ' <small>of ' + look.desired + '</small>';
  const drifted = drift(look);
  $('drift').textContent = drifted.length ? drifted[0][1].toFixed(2) : '–';
  chart('traffic-chart', '/s', [
    {name: 'requests', style: 'a', value: p => p.traffic},
    {name: 'refused: status 4xx', style: 'b', value: p => p.refused},
    {name: 'failed: status 5xx', style: 'bad', value: p => p.failed}]);
  chart('latency-chart', 'ms', [
    {name: '50 %', style: 'a', value: p => p.p50},
    {name: '90 %', style: 'b', value: p => p.p90},
    {name: '99 %', style: 'c', value: p => p.p99}]);
  const classes = [...new Set(points.flatMap(p => Object.keys(p.classes || {})))].sort();
  chart('class-chart', '/s', classes.map((name, i) =>
    ({name, style: STYLES[i % STYLES.length], value: p => p.classes ? p.classes[name] || 0 : undefined})));
  chart('replica-chart', '', [
    {name: 'wanted', style: 'b dashed', value: p => p.desired},
    {name: 'ready', style: 'a', value: p => p.ready}]);
  rows('drift-table', ['column', 'population stability index', ''],
    drifted.map(([what, psi]) => ({bad: psi > 0.25,
      cells: [what, psi.toFixed(2), psi > 0.25 ? 'large' : psi > 0.1 ? 'moderate' : 'stable']})));
  rows('replica-table', ['replica', 'state', 'restarts', 'CPU, cores', 'memory, MiB', 'in flight', ''],
    look.replicas.map(replica => ({cells: [
      replica.name, replica.state, String(replica.restarts),
      number((now.cpu || {})[replica.name]),
      number((gauge(replica, 'process_resident_memory_bytes') || NaN) / 1048576),
      number(gauge(replica, 'http_server_requests_in_flight')),
      replica.why || '']})));
}

async function go() {
  try {
    const answer = await fetch('look');
    if (!answer.ok) { throw new Error(await answer.text()); }
    show(await answer.json());
    $('problem').hidden = true;
  } catch (e) {
    $('problem').textContent = e instanceof TypeError ? 'The command has ended; start it again.' : e.message;
    $('problem').hidden = false;
  }
  setTimeout(go, EVERY);
}

go();
