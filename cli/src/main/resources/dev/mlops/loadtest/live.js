'use strict';

const MOST_POINTS = 600;
const $ = id => document.getElementById(id);
const form = $('form');
let seconds = [];
let open = false;
let running = false;

const number = value =>
  value === undefined || value === null ? '–'
    : value.toLocaleString('en', {maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3});

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body || {})});
  const problem = answer.ok ? '' : (await answer.json()).why;
  $('problem').textContent = problem;
  $('problem').hidden = !problem;
  return answer.ok;
}

function showModel() {
  open = $('model').value === 'open';
  form.querySelector('.closed').hidden = open;
  form.querySelector('.open').hidden = !open;
  $('change').textContent = open ? 'Change rate' : 'Change users';
  for (const word of document.querySelectorAll('.crowd')) {
    word.textContent = open ? 'Connections' : 'Users';
  }
}

function asked() {
  const values = Object.fromEntries(new FormData(form));
  const own = open ? ['rate', 'duration'] : ['users', 'spawnRate', 'wait', 'duration'];
  return Object.fromEntries(own.map(name => [name, values[name]]));
}

function state(text, kind, detail) {
  $('state').textContent = text;
  $('state').className = 'badge ' + kind;
  $('detail').textContent = detail;
}

function buttons() {
  $('start').disabled = running;
  $('stop').disabled = !running;
  $('change').disabled = !running;
}

/** A line chart that shares the seconds with the others. */
function chart(id, unit, lines) {
  const width = Math.max($(id).clientWidth, 240), height = 200, left = 60, right = 20, top = 8, bottom = 26;
  const end = Math.max(seconds.length ? seconds[seconds.length - 1].second : 0, 10);
  const values = lines.flatMap(line => seconds.map(line.value)).filter(v => v !== undefined);
  const most = niceTop(Math.max(0, ...values));
  const x = second => left + second / end * (width - left - right);
  const y = value => top + (1 - value / most) * (height - top - bottom);
  const svg = ['<svg viewBox="0 0 ' + width + ' ' + height + '" role="img" aria-label="' + id + '">'];
  for (let i = 0; i <= 4; i++) {
    const value = most * i / 4;
    svg.push('<path class="grid" d="M' + left + ',' + y(value) + 'H' + (width - right) + '"/>',
      '<text class="tick end" x="' + (left - 7) + '" y="' + (y(value) + 4) + '">' + number(value)
        + (i === 4 ? ' ' + unit : '') + '</text>');
  }
  const step = niceTop(end / (width > 500 ? 6 : 3));
  for (let at = 0; at <= end; at += step) {
    svg.push('<text class="tick middle" x="' + x(at) + '" y="' + (height - 7) + '">' + number(at) + ' s</text>');
  }
  for (const line of lines) {
    let path = '', pen = false;
    for (const second of seconds) {
      const value = line.value(second);
      if (value === undefined) { pen = false; continue; }
      // The first second is a stretch, too.
      if (second === seconds[0]) { path += 'M' + x(0).toFixed(1) + ',' + y(value).toFixed(1); pen = true; }
      path += (pen ? 'L' : 'M') + x(second.second).toFixed(1) + ',' + y(value).toFixed(1);
      pen = true;
    }
    svg.push('<path class="line ' + line.style + '" d="' + path + '"/>');
  }
  const keys = lines.map(line => '<span class="key"><svg viewBox="0 0 22 8" aria-hidden="true">'
    + '<path class="line ' + line.style + '" d="M1,4H21"/></svg>' + line.name + '</span>').join('');
  $(id).innerHTML = '<figcaption>' + keys + '</figcaption><div class="scroll">' + svg.join('') + '</svg></div>';
}

function niceTop(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 8, 10].map(digit => digit * power).find(top => top >= value);
}

function draw() {
  chart('throughput-chart', '/s', [
    {name: 'answers per second', style: 'a', value: s => s.rate},
    {name: 'errors', style: 'bad', value: s => s.errors}]);
  chart('latency-chart', 'ms', [
    {name: 'p50', style: 'a', value: s => s.p50},
    {name: 'p95', style: 'b', value: s => s.p95},
    {name: 'p99', style: 'c', value: s => s.p99}]);
  chart('users-chart', '', [
    {name: open ? 'in use at once' : 'users', style: 'a', value: s => s.users},
    {name: 'open connections', style: 'b dashed', value: s => s.connections}]);
  $('replicas-section').hidden = !seconds.some(s => s.ready !== undefined);
  chart('replicas-chart', '', [
    {name: 'desired', style: 'b dashed', value: s => s.desired},
    {name: 'ready', style: 'a', value: s => s.ready}]);
}

function showTasks(tasks) {
  $('tasks').replaceChildren(...tasks.map(task => {
    const latency = task.latencyMillis || {};
    const row = document.createElement('tr');
    const cells = [task.name, number(task.requests), number(task.throughput), number(task.errors),
      number(latency.p50), number(latency.p95), number(latency.p99), number(latency.max)];
    cells.forEach((text, i) => {
      const cell = document.createElement(i ? 'td' : 'th');
      if (!i) cell.scope = 'row';
      cell.textContent = text;
      row.append(cell);
    });
    return row;
  }));
}

function show(second) {
  const before = seconds.length ? seconds[seconds.length - 1].second : 0;
  // A test that is stopped leaves a moment at its end, of which a rate would be chance.
  if (seconds.length && second.second - before < 0.3) return;
  seconds.push(second);
  if (seconds.length > MOST_POINTS) seconds = seconds.filter((_, i) => i % 2 || i > MOST_POINTS / 2);
  $('rate').textContent = number(second.rate) + ' /s';
  for (const name of ['p50', 'p95', 'p99']) {
    $(name).textContent = second[name] === undefined ? '–' : number(second[name]) + ' ms';
  }
  $('errors').textContent = number(second.errors);
  $('users').textContent = number(second.users);
  $('replicas').textContent =
    second.ready === undefined ? '–' : second.ready + ' of ' + second.desired;
  $('self').textContent = 'busy ' + number(second.busyPercent) + ' %, requests begun late (p99) '
    + number(second.lagMillis) + ' ms, wait for a CPU ' + number(second.cpuWaitMillis) + ' ms'
    + (second.complaint ? ' – ' + second.complaint : '');
  showTasks(second.tasks);
  state(second.phase, '', Math.round(second.second) + ' s');
  draw();
}

const events = new EventSource('events');
events.addEventListener('started', event => {
  const run = JSON.parse(event.data);
  seconds = [];
  running = true;
  open = run.open;
  $('model').value = open ? 'open' : 'closed';
  showModel();
  $('report').hidden = true;
  for (const name of ['rate', 'p50', 'p95', 'p99', 'errors', 'users', 'replicas', 'self']) {
    $(name).textContent = '–';
  }
  showTasks([]);
  draw();
  state('starting', '', run.load);
  buttons();
});
events.addEventListener('preparing', event => state('starting', '', JSON.parse(event.data).what));
events.addEventListener('second', event => show(JSON.parse(event.data)));
events.addEventListener('ended', event => {
  const result = JSON.parse(event.data);
  running = false;
  const missed = result.gates.filter(gate => !gate.passed).map(gate => gate.expression);
  const why = result.valid ? missed.join(', ') : result.invalidBecause.join('; ');
  const text = !result.valid ? 'not valid' : missed.length ? 'a gate failed' : 'ended';
  state(text, text === 'ended' ? 'good' : 'bad', why || number(result.throughput) + ' answers/s');
  $('report').hidden = false;
  buttons();
});
events.addEventListener('failed', event => {
  running = false;
  state('failed', 'bad', JSON.parse(event.data).why);
  buttons();
});

form.addEventListener('submit', event => {
  event.preventDefault();
  post('start', asked());
});
$('stop').addEventListener('click', () => post('stop'));
$('change').addEventListener('click', () => {
  post('change', {level: new FormData(form).get(open ? 'rate' : 'users')});
});
$('quit').addEventListener('click', async () => {
  if (await post('quit')) {
    events.close();
    running = false;
    document.querySelectorAll('button').forEach(button => { button.disabled = true; });
    state('ended', '', 'The answer stands in the terminal.');
  }
});
$('model').addEventListener('change', showModel);
addEventListener('resize', draw);

fetch('plan').then(answer => answer.json()).then(plan => {
  $('target').textContent = plan.target;
  document.title = 'Load test of ' + plan.target;
  for (const name of ['users', 'spawnRate', 'wait', 'rate', 'duration']) {
    if (plan[name]) form.elements[name].value = plan[name];
  }
  if (!running) $('model').value = plan.rate ? 'open' : 'closed';
  showModel();
  draw();
});
