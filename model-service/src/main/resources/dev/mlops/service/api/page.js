// The page knows the model by openapi.json alone, and predicts by POST /predict like any client.

/** Below so many rows a distribution says nothing; /metrics goes by the same number. */
const TELLING_ROWS = 100;
const CLASSES_SHOWN = 20;

const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const number = (value) => new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false }).format(value);

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
    return element("div", { className: "field" }, label, this.input, this.note);
  }
}

let fields = [];

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
  byId("form").hidden = false;
  await drift();
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
    fields.find((field) => field.name === body.error.field)?.refuse(body.error.message);
    return;
  }
  fields.forEach((field) => field.check());
  const text = typeof body.prediction === "number" ? number(body.prediction) : body.prediction;
  byId("result").replaceChildren(
    element("p", { className: "prediction" }, text),
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

function reading(psi) {
  if (psi < 0.1) return "stable";
  return psi < 0.25 ? "moderate" : "large";
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
  byId("drifts").tBodies[0].replaceChildren(
    ...columns.filter(({ psi }) => psi !== undefined && psi !== null).map(driftRow),
  );
}

/** Two bars for each bin: the share of the training rows that it has, and of the rows since. */
function distribution(bins) {
  const all = (key) => Math.max(1, bins.reduce((sum, bin) => sum + bin[key], 0));
  const [trained, seen] = [all("trained"), all("seen")];
  const most = Math.max(...bins.map((bin) => Math.max(bin.trained / trained, bin.seen / seen)));
  const bar = (share, kind) => {
    const made = element("i", { className: kind });
    made.style.height = `${(100 * share) / most}%`;
    return made;
  };
  const chart = element("div", { className: "bins" });
  for (const bin of bins) {
    const title = `${bin.bin}: ${percent(bin.trained / trained)} of the training rows, ${percent(bin.seen / seen)} since`;
    chart.append(element("span", { title }, bar(bin.trained / trained, "trained"), bar(bin.seen / seen, "seen")));
  }
  chart.setAttribute("aria-hidden", "true");
  return chart;
}

function driftRow({ name, psi, ks, bins }) {
  const word = reading(psi);
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
// The values are back only once the event is over.
byId("form").addEventListener("reset", () => setTimeout(() => fields.forEach((field) => field.check())));
byId("refresh").addEventListener("click", () =>
  drift().catch((error) => failed(error, (text) => (byId("seen").textContent = text))),
);
begin().catch((error) => failed(error, (text) => (byId("about").textContent = text)));
