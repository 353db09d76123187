// The page knows the model by openapi.json alone, and predicts by POST /predict like any client.

/** Below so many rows a distribution says nothing; /metrics goes by the same number. */
const TELLING_ROWS = 100;
const CLASSES_SHOWN = 20;
const COLUMNS_SHOWN = 20;
const BINS_SHOWN = 20;
/** From so many fields on nobody looks for one by eye. */
const FIELDS_TO_SEARCH = 20;

const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Six digits, or as many as stand before the point: what is rounded there would be another number. */
function number(value) {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return String(Number(value.toPrecision(6)));
  const digits = size >= 1e6 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 6 };
  return new Intl.NumberFormat("en", { ...digits, useGrouping: false }).format(value);
}

function percent(share) {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** One input of the form: how it looks, what it says, which JSON value it stands for. */
class Field {
  constructor(name, schema, index, sample) {
    this.name = name;
    this.optional = [].concat(schema.type).includes("null");
    this.type = [].concat(schema.type)[0];
    this.trained = schema["x-trained"];
    this.note = element("p", { className: "note", id: `note-${index}` });
    this.input = schema.enum || this.type === "boolean" ? this.select(schema) : this.box();
    this.input.id = `field-${index}`;
    this.input.name = name;
    this.input.required = !this.optional;
    this.input.setAttribute("aria-describedby", this.note.id);
    this.preset(sample);
    this.input.addEventListener("input", () => this.check());
    this.check();
  }

  box() {
    return element("input", { type: "number", step: "any", inputMode: "decimal", autocomplete: "off" });
  }

  select(schema) {
    const values = (schema.enum ?? [false, true]).filter((value) => value !== null);
    const options = values.map((value) => new Option(String(value), JSON.stringify(value)));
    return element("select", {}, ...(this.optional ? [new Option("not known", "")] : []), ...options);
  }

  /** What a reset of the form goes back to. */
  preset(sample) {
    if (this.input instanceof HTMLSelectElement) {
      const wanted = sample === undefined ? undefined : JSON.stringify(sample);
      for (const option of this.input.options) option.defaultSelected = option.value === wanted;
    } else if (sample !== undefined) {
      this.input.defaultValue = sample;
    }
  }

  get value() {
    if (this.input.value === "") return undefined;
    return JSON.parse(this.type === "number" ? String(Number(this.input.value)) : this.input.value);
  }

  /** Says where training rows lie, and whether this value is beyond them. */
  check() {
    this.input.removeAttribute("aria-invalid");
    const parts = [];
    const { min, max } = this.trained ?? {};
    const beyond = this.trained && this.value !== undefined && (this.value < min || this.value > max);
    if (this.trained) parts.push(`${beyond ? "Beyond the training rows" : "Training rows"}: ${number(min)} to ${number(max)}`);
    if (this.optional) parts.push(parts.length ? "may be left out" : "May be left out");
    this.note.textContent = parts.join("; ");
    this.note.classList.toggle("beyond", Boolean(beyond));
  }

  refuse(message) {
    this.input.setAttribute("aria-invalid", "true");
    this.note.textContent = message;
    this.input.focus();
  }

  render() {
    const label = element("label", { htmlFor: this.input.id }, this.name);
    this.shown = element("div", { className: "field" }, label, this.input, this.note);
    return this.shown;
  }
}

let fields = [];
let drifts = [];
let allDrifts = false;

async function json(path, options) {
  const response = await fetch(path, options);
  return { status: response.status, body: await response.json() };
}

/** Tries until the model is ready: the page is there before it. */
async function contract() {
  for (;;) {
    const { status, body } = await json("openapi.json");
    if (status === 200) return body;
    byId("about").textContent = "The model is not ready yet …";
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function begin() {
  const { info, components } = await contract();
  const row = components.schemas.Row;
  const sample = row.examples?.[0] ?? {};
  document.title = `${info.title}: try the model`;
  byId("name").textContent = info.title;
  byId("about").textContent = `${info.description.split(". ")[0]}. Version ${info.version}.`;
  fields = Object.entries(row.properties).map(
    ([name, schema], index) => new Field(name, schema, index, sample[name]),
  );
  byId("fields").replaceChildren(...fields.map((field) => field.render()));
  byId("search").hidden = fields.length < FIELDS_TO_SEARCH;
  byId("form").hidden = false;
  await drift();
}

/** Shows the fields of whose name this is a part. All are sent. */
function find(part) {
  byId("part").value = part;
  const hit = (field) => field.name.toLowerCase().includes(part.toLowerCase());
  for (const field of fields) field.shown.hidden = !hit(field);
  byId("found").textContent = part === "" ? "" : `${fields.filter(hit).length} of ${fields.length} fields`;
}

function row() {
  return Object.fromEntries(
    fields.map((field) => [field.name, field.value]).filter(([, value]) => value !== undefined),
  );
}

async function predict(event) {
  event.preventDefault();
  const button = byId("predict");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    const body = JSON.stringify(row());
    const began = performance.now();
    const answer = await json("predict", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    show(answer, performance.now() - began);
    curl(body);
    if (answer.status === 200) byId("result").scrollIntoView({ block: "nearest" });
    await drift();
  } catch (error) {
    failed(error, (text) => fault(text));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function show({ status, body }, millis) {
  if (status !== 200) {
    fault(body.error.message);
    find("");
    fields.find((field) => field.name === body.error.field)?.refuse(body.error.message);
    return;
  }
  fields.forEach((field) => field.check());
  const text = typeof body.prediction === "number" ? number(body.prediction) : body.prediction;
  byId("result").replaceChildren(
    element("p", { className: "prediction", title: String(body.prediction) }, text),
    ...(body.probabilities ? [probabilities(body)] : []),
    element("p", { className: "hint" }, `Answered in ${millis.toFixed(1)} ms, the browser's part included.`),
  );
}

function probabilities({ prediction, probabilities: shares }) {
  const sorted = Object.entries(shares).sort(([, a], [, b]) => b - a);
  const rows = sorted.slice(0, CLASSES_SHOWN).map(([name, share]) => {
    const bar = element("div");
    bar.style.width = `${share * 100}%`;
    const track = element("td", { className: "track" }, bar);
    track.setAttribute("aria-hidden", "true");
    return element(
      "tr",
      { className: name === prediction ? "best" : "" },
      element("th", { scope: "row" }, name),
      track,
      element("td", { className: "number" }, percent(share)),
    );
  });
  if (sorted.length > CLASSES_SHOWN) {
    const rest = element("td", { colSpan: 3, className: "hint" }, `and ${sorted.length - CLASSES_SHOWN} more`);
    rows.push(element("tr", {}, rest));
  }
  const caption = element("caption", { className: "sr" }, "Probability of each class");
  return element("table", {}, caption, element("tbody", {}, ...rows));
}

function fault(message) {
  byId("result").replaceChildren(element("p", { className: "fault" }, message));
}

/** A browser has but one kind of error for all that is amiss with a network. */
function failed(error, say) {
  console.error(error);
  say("The service did not answer. Is it still there?");
}

function curl(body) {
  const address = new URL("predict", document.baseURI);
  const quoted = body.replaceAll("'", "'\\''");
  byId("curl").textContent = `curl -s ${address} \\\n  -H 'Content-Type: application/json' \\\n  -d '${quoted}'`;
  byId("source").hidden = false;
}

/** As `mlops drift` reads it. */
function reading(psi, bins) {
  if (psi < 0.1) return "stable";
  if (psi <= psiByChance(bins)) return "could be chance";
  return psi < 0.25 ? "moderate" : "large";
}

/** What one sample in twenty of the training rows exceeds: (1/n + 1/m) χ², its percentile by Wilson and Hilferty. */
function psiByChance(bins) {
  const freedom = Math.max(1, bins.filter(({ trained }) => trained > 0).length - 1);
  const ninth = 2 / (9 * freedom);
  const chiSquared = freedom * (1 - ninth + 1.6449 * Math.sqrt(ninth)) ** 3;
  const { trained, seen } = together(bins);
  return chiSquared * (1 / seen + 1 / trained);
}

async function drift() {
  const { status, body } = await json("drift");
  const telling = status === 200 && body.rows >= TELLING_ROWS;
  byId("drifts").hidden = !telling;
  if (status !== 200) {
    byId("seen").textContent = "The model is not ready yet.";
    return;
  }
  const rows = `${new Intl.NumberFormat("en").format(body.rows)} ${body.rows === 1 ? "row" : "rows"}`;
  byId("seen").textContent = telling
    ? `${rows} since the start of this replica, those tried here among them, against the training rows.`
    : `${rows} since the start of this replica; drift can be told from ${TELLING_ROWS} rows on.`;
  const columns = [...body.features, { ...body.prediction, name: `${body.prediction.name} (predicted)` }];
  drifts = columns.filter(({ psi }) => psi !== undefined && psi !== null);
  showDrifts();
}

/** In the order of the fields; if they are too many to look through, what drifts most comes first. */
function showDrifts() {
  const many = drifts.length > COLUMNS_SHOWN;
  const ordered = many ? [...drifts].sort((a, b) => b.psi - a.psi) : drifts;
  const shown = allDrifts ? ordered : ordered.slice(0, COLUMNS_SHOWN);
  byId("drifts").tBodies[0].replaceChildren(...shown.map(driftRow));
  byId("all").hidden = byId("drifts").hidden || shown.length === drifts.length;
  byId("all").textContent = `Show all ${drifts.length} columns`;
}

function together(bins) {
  const sum = (key) => bins.reduce((total, bin) => total + bin[key], 0);
  return { trained: sum("trained"), seen: sum("seen") };
}

/** Where there are many words, those with the most rows, in their order. */
function most(bins) {
  if (bins.length <= BINS_SHOWN) return bins;
  const all = together(bins);
  const size = ({ trained, seen }) => trained / all.trained + seen / all.seen;
  const largest = new Set([...bins].sort((a, b) => size(b) - size(a)).slice(0, BINS_SHOWN));
  return bins.filter((bin) => largest.has(bin));
}

/** Two bars for each bin: the share of the training rows that it has, and of the rows since. */
function distribution(all) {
  const bins = most(all);
  const sums = together(all);
  const [trained, seen] = [Math.max(1, sums.trained), Math.max(1, sums.seen)];
  const tallest = Math.max(...bins.map((bin) => Math.max(bin.trained / trained, bin.seen / seen)));
  const bar = (share, kind) => {
    const made = element("i", { className: kind });
    made.style.height = `${(100 * share) / tallest}%`;
    return made;
  };
  const chart = element("div", { className: "bins" });
  for (const bin of bins) {
    const title = `${bin.bin}: ${percent(bin.trained / trained)} of the training rows, ${percent(bin.seen / seen)} since`;
    chart.append(element("span", { title }, bar(bin.trained / trained, "trained"), bar(bin.seen / seen, "seen")));
  }
  chart.setAttribute("aria-hidden", "true");
  if (bins.length < all.length) chart.title = `The ${bins.length} of ${all.length} with the most rows`;
  return chart;
}

function driftRow({ name, psi, ks, bins }) {
  const word = reading(psi, bins);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", { className: "chart" }, distribution(bins)),
    element("td", { className: word }, word),
    element("td", { className: "number" }, psi.toFixed(3)),
    element("td", { className: "number" }, ks.toFixed(3)),
  );
}

byId("form").addEventListener("submit", predict);
byId("part").addEventListener("input", (event) => find(event.target.value));
// A value that is amiss has to be seen.
byId("form").addEventListener("invalid", () => find(""), true);
byId("all").addEventListener("click", () => {
  allDrifts = true;
  showDrifts();
});
// The values are back only once the event is over.
byId("form").addEventListener("reset", () => setTimeout(() => fields.forEach((field) => field.check())));
byId("refresh").addEventListener("click", () =>
  drift().catch((error) => failed(error, (text) => (byId("seen").textContent = text))),
);
begin().catch((error) => failed(error, (text) => (byId("about").textContent = text)));
