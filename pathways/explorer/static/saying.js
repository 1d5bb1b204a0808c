// What is said: the words of a page for one reader, and where somebody is in sentences.

const LONG = 240;

/** Make an element: el("button", {class: "x", onclick: f}, "text", child). */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ""));
  return node;
}

/** Give a list these nodes; nodes that are there already are not touched. */
function keep(list, nodes) {
  const wanted = new Set(nodes);
  for (const each of [...list.children]) if (!wanted.has(each)) each.remove();
  nodes.forEach((each, at) => list.children[at] !== each && list.insertBefore(each, list.children[at] || null));
}

/** What is said; what is asked comes with Answers, the map and what is around it with Explorer. */
class Saying {
  constructor(root, data, model) {
    this.root = root;
    this.words = data.words;
    this.model = model;
    this.maps = data.pathways.map(revive);
    this.at = 0;
    this.answers = { ...(model.get("findings") || {}) };
    this.unavailable = [...(model.get("unavailable") || [])];
    this.stated = model.get("at") || "";
    this.asked = null;
    this.selected = null;
    this.marks = this.maps.map(() => new Map());
    this.reader = root.dataset.reader === "clinician" ? 0 : 1;
    this.found = null;
  }

  // --- Words -------------------------------------------------------------------------------------

  text(value) {
    return Array.isArray(value) ? value[this.reader] : value;
  }

  say(key, words = {}) {
    const said = this.text(this.words[key]).replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
    return said.replace(/([.?!])\.$/, "$1");
  }

  step(state) {
    return this.say("step", { number: state + 1, title: this.text(this.m.states[state].title) });
  }

  named(state) {
    const title = this.step(state);
    return title[0].toUpperCase() + title.slice(1);
  }

  get m() {
    return this.maps[this.at];
  }

  part(name) {
    return this.root.querySelector(`[data-part=${name}]`);
  }

  own(kind, name) {
    return document.getElementById(`m${this.at}-${kind}-${name}`);
  }

  /** The condition of a way in words, as the list of steps has it. */
  condition(way) {
    const step = this.own("x", this.m.states[way.source].name);
    const words = [...(step?.querySelectorAll(".ways > li") || [])].map((row) => {
      const when = row.querySelector(".when");
      return when ? this.textOf(when).replace(/^(if|si) /, "") : "";
    });
    const isElse = step?.querySelectorAll(".ways > li")[way.index]?.querySelector(".else");
    // A list too long to take in says less than that it is all that came before.
    const before = words.slice(0, way.index).join("; ");
    return isElse && before.length < LONG ? this.say("none_of", { conditions: before }) : words[way.index] || "";
  }

  /** The text of a part of the page for the present reader. */
  textOf(node) {
    const copy = node.cloneNode(true);
    for (const other of copy.querySelectorAll(this.reader ? "x-c" : "x-p")) other.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  title(at) {
    return this.text(this.m.findings[at].title);
  }

  question(at) {
    const title = this.title(at);
    return this.text(this.m.findings[at].question) || title[0].toUpperCase() + title.slice(1);
  }

  /** What is known of a finding where somebody stands. */
  factWords(at, masks) {
    const { vars, words = {} } = this.m.findings[at];
    const said = Object.values(vars).flatMap((v) => {
      const cells = words[v] || [];
      const only = cells.findIndex((_, n) => masks[v] == 2 ** n);
      return only < 0 ? [] : [[only, this.text(cells[only])]];
    });
    const some = said.filter(([cell]) => cell > 0);
    const shown = this.m.findings[at].type === "several_of" && some.length ? some : said;
    return shown.map(([, word]) => word).join(", ") || this.title(at);
  }

  reasonWords(names, standing) {
    return names.map((name) => {
      const at = this.m.names.get(name);
      if (this.found.facts.has(at)) return this.factWords(at, standing.known[0]);
      const isSign = this.m.signs.includes(at);
      return isSign ? this.say("assumed", { thing: this.title(at) }) : this.factWords(at, standing.provided[0]);
    }).join("; ");
  }

  // --- Where you are -----------------------------------------------------------------------------

  paintStatus() {
    const lines = this.isWrong ? [this.say("contradiction")] : this.sentences();
    const status = this.part("status");
    const headline = this.isWrong ? "" : this.found.headline;
    status.setAttribute("role", headline === "emergency" ? "alert" : "status");
    if (status.textContent !== lines.join("")) status.replaceChildren(...lines.map((line) => el("p", {}, line)));
    this.root.dataset.headline = headline;
    if (this.maps.length > 1) this.paintCompare();
  }

  get isUrgent() {
    return this.found.headline === "emergency" || this.found.headline === "urgent";
  }

  sentences() {
    const { found, m } = this, lines = [];
    if (this.isUrgent) lines.push(...this.alarmSentences());
    if (found.headline === "check_signs") {
      lines.push(this.say("check_signs"));
      if (found.raised.first) lines.push(this.say("in_any_case", { title: this.alarmTitle() }), ...this.signSentences());
    }
    for (const stop of found.stops) {
      const key = m.states[stop.state].kind === "end" ? "ends" : "here";
      const how = ["due", "under_way", "not_available"].includes(stop.how) ? ` (${this.say(stop.how)})` : "";
      const title = this.text(m.states[stop.state].title) + how;
      lines.push(this.say(key, { number: stop.state + 1, title }));
    }
    const targets = this.nextStates();
    const isFree = found.headline === "check_signs" && !found.raised.first;
    if (found.headline === "emergency") return lines;
    if (targets.length) lines.push(this.say(isFree ? "next_without_signs" : "next", { steps: targets.map((each) => this.step(each)).join("; ") }));
    else if (found.headline !== "finished" && found.stops.some((stop) => m.from[stop.state].length)) lines.push(this.say("no_next"));
    return [...lines, ...this.remarks(), ...this.missingSentences()];
  }

  /** What to do about a sign, which sign that is, and how. */
  alarmSentences() {
    const state = this.m.states[this.found.stops[0].state];
    const todo = this.own("x", state.name)?.querySelector(".do");
    return [`${this.alarmTitle()}.`, ...this.signSentences(), ...(todo ? [this.textOf(todo)] : [])];
  }

  /** The title of what comes next; where the check has begun, which sign was said. */
  alarmTitle() {
    const { found, m } = this, { state } = found.stops[0], alarm = m.alarms[found.raised.first.at];
    const isFirst = state === alarm.to || m.from[alarm.to].some((at) => m.ways[at].target === state);
    if (isFirst && m.states[state].kind !== "end") return this.text(m.states[state].title);
    return this.say("not_settled", { label: this.text(alarm.label) });
  }

  /** Signs that were said, and signs that count because nobody is sure; the two never in one sentence. */
  signSentences() {
    const { signs } = this.found.raised.first, known = this.found.standing.known[0];
    const words = (isSure) => signs.filter((at) => (this.answers[this.m.findings[at].name] !== null) === isSure)
      .map((at) => (isSure ? this.factWords(at, known) : this.title(at))).join("; ");
    const said = [words(true), words(false) && this.say("presumed", { signs: words(false) })];
    return said.filter(Boolean).map((each) => `${each[0].toUpperCase()}${each.slice(1)}.`);
  }

  remarks() {
    const { found, m } = this, lines = [];
    const count = found.raised.proviso.length;
    if (count && found.headline === "here") lines.push(this.say(count > 1 ? "proviso" : "proviso_one", { count }));
    if (this.stated && found.stops.some((stop) => m.states[stop.state].name === this.stated)) lines.push(this.say("stated"));
    for (const gate of found.gates) lines.push(this.say("gate", { title: this.text(m.states[gate].title) }));
    for (const gate of found.doubts) lines.push(this.say("doubt", { number: gate + 1, title: this.text(m.states[gate].title) }));
    if (found.concerns === "excluded" && Object.keys(this.answers).length) lines.push(this.say("not_about"));
    const soon = m.findings.map((_, at) => at).filter((at) => m.findings[at].level === "soon" && found.facts.get(at) === true);
    if (soon.length && !this.isUrgent) lines.push(this.say("soon", { signs: soon.map((at) => this.title(at)).join("; ") }));
    return lines;
  }

  /** What is taken to be not available, and what closes with it, wherever on the map that is. */
  missingSentences() {
    const { unavailable, found, m } = this;
    if (!unavailable.length) return [];
    const care = unavailable.map((name) => this.text(m.care[name]?.title ?? m.states[m.stateAt.get(name)]?.title ?? name)).join("; ");
    const steps = [...found.closed.states].sort((one, other) => one - other).map((state) => state + 1).join(", ");
    return [this.say("assumed_missing", { care }), steps ? this.say("closes", { steps }) : this.say("closes_nothing")];
  }

  paintCompare() {
    const here = this.at, places = new Set();
    const rows = this.maps.map((m, at) => {
      this.at = at;
      let line = this.say("contradiction");
      const kept = this.found;
      try {
        this.found = place(m, this.answers, this.unavailable.filter((each) => m.care[each] || m.stateAt.has(each)), "");
        line = this.sentences().join(" ");
        places.add(this.found.stops.map((stop) => m.states[stop.state].name).join(" "));
      } catch (error) {
        if (error.message !== "contradiction") throw error;
      }
      this.found = kept;
      return el("li", { "aria-current": at === here ? "true" : undefined }, el("strong", {}, `${this.text(m.title)} ${m.version}: `), line);
    });
    this.at = here;
    this.part("compare").replaceChildren(el("h2", {}, this.say("compare")), el("p", {}, this.say(places.size > 1 ? "differs" : "same")), el("ul", {}, rows));
  }
}
