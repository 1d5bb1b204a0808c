// Questions, answers and ways on: what is read and answered beside the map.

const RANK = { certain: 0, possible: 1, excluded: 2 };

class Answers extends Saying {
  // --- What changes ---------------------------------------------------------------------------

  answer(name, value) {
    if (value === undefined) delete this.answers[name];
    else this.answers[name] = value;
    this.asked = null;
    this.update(true);
  }

  /** Somebody says where they are: from now on the place is theirs. */
  goOn(state) {
    this.stated = this.m.states[state].name;
    this.update(true);
    this.toStatus();
  }

  toStatus() {
    this.part("status").focus();
    this.part("status").scrollIntoView({ block: "start" });
  }

  /** From where somebody says they are, go on through ways that the answers leave alone. */
  walkOn() {
    for (let left = this.m.states.length; this.stated && left; left -= 1) {
      const [stop] = this.found.stops, next = stop && onward(this.found, stop);
      if (!stop || this.m.states[stop.state].name !== this.stated || next === null) return;
      this.stated = this.m.states[next].name;
      this.found = place(this.m, this.answers, this.unavailable, this.stated);
    }
  }

  update(mayWalk = false) {
    try {
      this.found = place(this.m, this.answers, this.unavailable, this.stated);
      if (mayWalk) this.walkOn();
      this.isWrong = false;
    } catch (error) {
      if (error.message !== "contradiction") throw error;
      this.isWrong = true;
    }
    this.share();
    this.paint();
  }

  /** Tell whoever holds the page. */
  share() {
    const states = this.isWrong ? [] : this.found.stops.map((stop) => this.m.states[stop.state].name);
    this.model.set("findings", { ...this.answers });
    this.model.set("place", states);
    this.model.set("options", this.isWrong ? [] : this.openWays().map((way) => this.m.states[way.target].name));
    this.model.set("unavailable", [...this.unavailable]);
    this.model.set("at", this.stated);
    this.model.save_changes();
  }

  /** Where an open way leads, each step once. */
  nextStates() {
    return [...new Set(this.openWays().map((way) => way.target))];
  }

  openWays() {
    const { found, m } = this;
    const open = found.stops.flatMap((stop) => m.from[stop.state].filter((_, n) => stop.statuses[n][0] !== "excluded"));
    return open.map((at) => m.ways[at]).filter((way) => !found.closed.states.has(way.target));
  }

  paint() {
    this.paintStatus();
    if (this.isWrong) return;
    this.paintQuestion();
    this.paintAnswers();
    this.paintWays();
    this.paintMarks();
    this.paintFindings();
    this.paintDetails();
  }

  // --- One question at a time ---------------------------------------------------------------------

  paintQuestion() {
    const { m } = this, box = this.part("question");
    const asked = this.asked !== null ? [m.names.get(this.asked)] : this.asking();
    const hadFocus = box.contains(document.activeElement);
    const answered = Object.keys(this.answers).filter((name) => m.names.has(name));
    const last = answered[answered.includes(this.asked) ? answered.indexOf(this.asked) - 1 : answered.length - 1];
    const back = last && el("button", { class: "quiet", onclick: () => this.ask(last) }, `← ${this.say("back")}`);
    if (!asked.length || asked[0] === undefined) {
      const [head, why] = this.found.headline === "emergency" ? ["stopped_head", "stopped"] : ["question", "all_asked"];
      box.replaceChildren(el("h2", { tabindex: -1 }, this.say(head)), el("p", {}, this.say(why)), ...this.onwardButtons(), back || "");
    } else {
      box.replaceChildren(this.questionForm(asked[0]), ...this.signList(asked), back || "");
    }
    if (hadFocus) box.querySelector("legend,h2")?.focus();
  }

  /** Care that is due ends when somebody says so: where they are then is theirs to say. */
  onwardButtons() {
    const targets = this.isUrgent ? [] : this.nextStates();
    if (!targets.length) return [];
    const buttons = targets.map((state) => el("button", { class: "choice", onclick: () => this.goOn(state) }, this.named(state)));
    return [el("p", {}, this.say("done_then")), el("div", { class: "choices" }, buttons)];
  }

  /** What to ask, the most useful first, as positions of findings. */
  asking() {
    return questionsOf(this.m, this.found, this.answers);
  }

  ask(name) {
    this.asked = name;
    this.paintQuestion();
    this.part("question").querySelector("legend")?.focus();
  }

  questionForm(at) {
    const finding = this.m.findings[at];
    const level = finding.level && finding.level !== "soon" ? `${this.say("signs")}: ` : "";
    const legend = el("legend", { tabindex: -1 }, level, this.question(at));
    const form = el("form", { onsubmit: (event) => event.preventDefault() }, el("fieldset", {}, legend, this.inputs(at)));
    if (finding.unsure !== undefined) form.append(el("p", { class: "hint" }, this.say("counts_as_yes")));
    return form;
  }

  choice(name, value, label) {
    const now = this.answers[name];
    const pressed = name in this.answers && JSON.stringify(now) === JSON.stringify(value);
    return el("button", { type: "button", class: "choice", "aria-pressed": String(pressed), onclick: () => this.answer(name, value) }, label);
  }

  inputs(at) {
    const finding = this.m.findings[at], { name } = finding;
    const unsure = this.choice(name, null, this.say("not_sure"));
    if (finding.type === "yes_no") {
      return el("div", { class: "choices" }, this.choice(name, true, this.say("yes")), this.choice(name, false, this.say("no")), unsure);
    }
    if (finding.type === "one_of") {
      return el("div", { class: "choices" }, finding.options.map(([word, title]) => this.choice(name, word, this.text(title))), unsure);
    }
    return finding.type === "number" ? this.numberInputs(at, unsure) : this.severalInputs(at, unsure);
  }

  severalInputs(at, unsure) {
    const { name, options } = this.m.findings[at], now = this.answers[name] || [];
    const boxes = options.filter(([word]) => word !== "none").map(([word, title]) =>
      el("label", { class: "check" }, el("input", { type: "checkbox", value: word, checked: now.includes(word) }), this.text(title)));
    const done = () => {
      const chosen = boxes.filter((box) => box.firstChild.checked).map((box) => box.firstChild.value);
      this.answer(name, chosen.length ? chosen : ["none"]);
    };
    return el("div", {}, boxes, el("div", { class: "choices" },
      el("button", { type: "button", class: "choice", onclick: done }, this.say("continue")),
      this.choice(name, ["none"], this.say("none")), unsure));
  }

  numberInputs(at, unsure) {
    const finding = this.m.findings[at], { name, low, high, step, unit } = finding, now = this.answers[name];
    const v = finding.vars[""];
    const input = el("input", { type: "number", inputmode: "decimal", min: low, max: high, step: step ?? "any", value: typeof now === "number" ? now : undefined });
    const take = () => input.value !== "" && input.reportValidity() && this.answer(name, Number(input.value));
    input.addEventListener("keydown", (event) => event.key === "Enter" && take());
    const words = (v !== undefined && finding.words?.[v]) || [];
    const ranges = words.map((word, n) => {
      const [from, to, fromOpen, toOpen] = this.m.variables[v].cells[n];
      return this.choice(name, from === to ? from : { range: [from, to], open: [fromOpen, toOpen], cell: n }, this.text(word));
    });
    const label = `${this.say("exact")} (${this.say("range", { low, high })}${unit ? ` ${unit}` : ""})`;
    return el("div", {}, el("label", { class: "number" }, label, input),
      el("button", { type: "button", class: "choice", onclick: take }, this.say("continue")),
      el("div", { class: "choices" }, ranges, unsure));
  }

  /** All signs that are not answered yet, with one button to deny them all. */
  signList(asked) {
    const { m } = this;
    const signs = asked.filter((at) => m.signs.includes(at));
    if (signs.length < 2 || this.asked !== null) return [];
    const isPlain = (at) => m.findings[at].type === "yes_no" || m.findings[at].options?.some(([word]) => word === "none");
    const plain = signs.filter(isPlain);
    const deny = () => {
      for (const at of plain) this.answers[m.findings[at].name] = m.findings[at].type === "yes_no" ? false : ["none"];
      this.update();
    };
    const listed = plain.map((at) => {
      const { type, options } = m.findings[at];
      const named = type === "yes_no" ? "" : `: ${options.filter(([word]) => word !== "none").map(([, title]) => this.text(title)).join("; ")}`;
      return el("li", {}, this.question(at) + named);
    });
    return [el("details", { open: this.signsOpen, ontoggle: (event) => { this.signsOpen = event.target.open; } },
      el("summary", {}, this.say("remaining_signs", { count: plain.length })), el("ul", {}, listed),
      el("button", { type: "button", class: "choice", onclick: deny }, this.say("none_of_these")))];
  }

  // --- Answers -------------------------------------------------------------------------------------

  answerWords(at) {
    const finding = this.m.findings[at], value = this.answers[finding.name];
    if (value === null) return this.say("not_sure");
    if (typeof value === "boolean") return this.say(value ? "yes" : "no");
    if (typeof value === "number") return `${value} ${finding.unit || ""}`.trim();
    const titles = new Map(finding.options || []);
    if (typeof value === "string") return this.text(titles.get(value) ?? value);
    if (Array.isArray(value)) return value.map((each) => this.text(titles.get(each) ?? this.say("none"))).join("; ");
    const [low, high] = value.range;
    const cell = finding.words?.[finding.vars[""]]?.[value.cell];
    return cell ? this.text(cell) : `${low ?? ""} - ${high ?? ""}`;
  }

  paintAnswers() {
    const { m } = this, box = this.part("answers");
    const answered = Object.keys(this.answers).filter((name) => m.names.has(name)).map((name) => m.names.get(name));
    const denied = answered.filter((at) => m.findings[at].level && this.isDenied(at));
    const others = answered.filter((at) => !denied.includes(at));
    const key = `${this.at} ${this.reader}`;
    if (this.answersFor !== key) {
      this.answersFor = key;
      this.rows = new Map();
      const list = () => el("ul", { class: "answers" });
      box.replaceChildren(el("h2", { tabindex: -1 }), list(), el("details", {}, el("summary"), list()), el("p", {}, this.say("no_answers")));
    }
    const [head, list, details, none] = box.children;
    head.textContent = `${this.say("answers")} (${answered.length})`;
    details.firstChild.textContent = this.say("denied", { count: denied.length });
    details.hidden = !denied.length;
    none.hidden = answered.length > 0;
    keep(list, others.map((at) => this.answerRow(at)));
    keep(details.lastChild, denied.map((at) => this.answerRow(at)));
  }

  isDenied(at) {
    const value = this.answers[this.m.findings[at].name];
    return value === false || (Array.isArray(value) && value[0] === "none");
  }

  /** The row of an answer; the one that is there, as long as the answer stays. */
  answerRow(at) {
    const { name } = this.m.findings[at], words = this.answerWords(at), known = this.rows.get(name);
    if (known?.words === words) return known.row;
    const title = this.title(at);
    const button = (key, action) => el("button", { class: "quiet", "aria-label": `${this.say(key)}: ${title}`, onclick: action }, this.say(key));
    const row = el("li", {}, el("span", {}, `${title}: `, el("strong", {}, words)), el("span", { class: "row" },
      button("change", () => this.ask(name)), button("take_back", () => {
        this.answer(name, undefined);
        this.part("answers").firstChild.focus();
      })));
    this.rows.set(name, { words, row });
    return row;
  }

  // --- Ways on ------------------------------------------------------------------------------------

  paintWays() {
    const { found, m } = this;
    const rows = found.stops.flatMap((stop) => m.from[stop.state].map((at, n) => [stop, m.ways[at], stop.statuses[n]]));
    // As long as signs are not answered, what they lead to stands first.
    const first = ([, way, [, whatever]]) => found.headline === "check_signs" && m.states[way.target].urgency && whatever !== "excluded";
    rows.sort((one, other) => (first(other) || 0) - (first(one) || 0) || RANK[one[2][0]] - RANK[other[2][0]]);
    const offers = found.stops.flatMap((stop) => stop.offers.map((offer) => this.offerRow(stop, offer)));
    this.part("ways").replaceChildren(
      el("h2", {}, this.say("ways")), el("ul", { class: "rows" }, rows.map((row) => this.wayRow(...row))),
      ...(offers.length ? [el("h2", {}, this.say("on_offer")), el("ul", { class: "rows" }, offers)] : []));
  }

  wayRow(stop, way, [provided, whatever]) {
    const label = this.text(way.label), title = this.named(way.target);
    const isMissing = this.found.closed.states.has(way.target);
    const kind = isMissing || (provided === "excluded" && whatever === "excluded") ? "excluded" : provided === "excluded" ? "possible" : provided;
    // Emergency and urgent care is never struck out: a sign can come at any time.
    const isSafe = this.m.states[way.target].urgency;
    return el("li", { class: isSafe ? `${kind} safe` : kind, "data-way": way.key },
      el("button", { class: "link", onclick: () => this.select(way.target, true) }, title),
      label ? ` (${label})` : "", el("br"), el("strong", {}, this.wayStatus(stop, way, provided, whatever)),
      ...this.why(stop, way, provided, whatever),
      ...(isMissing || provided === "excluded" || this.isUrgent ? [] : [el("div", {}, el("button", { class: "quiet", "aria-label": `${this.say("go_on")}: ${title}`, onclick: () => this.goOn(way.target) }, this.say("go_on")))]));
  }

  wayStatus(stop, way, provided, whatever) {
    if (this.found.closed.states.has(way.target)) return this.say("missing", { care: this.missingAt(way.target) });
    if (provided === "excluded" && whatever !== "excluded") return this.say("with_sign");
    if (provided !== "possible") return this.say(provided === "certain" && stop.how === "due" ? "afterwards" : provided);
    return this.say("possible", { things: this.dependsOn(stop, way.inside, way.outside) });
  }

  dependsOn(stop, inside, outside) {
    const titles = [...new Set(pivotal(this.m, stop.standing.provided, inside, outside).map((at) => this.title(at)))];
    return titles.length > 4 ? `${titles.slice(0, 4).join("; ")} ... (${titles.length})` : titles.join("; ");
  }

  missingAt(state) {
    const { does = [], offers = [], title } = this.m.states[state];
    const lost = [...does, ...offers.map(([name]) => name)].filter((name) => this.found.closed.care.has(name));
    return lost.map((name) => this.text(this.m.care[name].title)).join("; ") || this.text(title);
  }

  /** Why a way is not open: the smallest reasons, each enough; and what would have to be true. */
  why(stop, way, provided, whatever) {
    const parts = [];
    if (provided === "excluded" && whatever === "excluded") {
      const found = reasons(this.m, stop.standing.provided, way.inside).slice(0, 3);
      found.forEach((names, n) => parts.push(el("br"), this.say(n ? "or_because" : "because", { reason: this.reasonWords(names, stop.standing) })));
    }
    const condition = this.condition(way);
    if (provided !== "certain" && condition) {
      parts.push(el("details", {}, el("summary", {}, this.say("needs")), el("p", {}, condition)));
    }
    return parts;
  }

  offerRow(stop, { name, status, inside, outside, missing }, isLink = true) {
    const { region, care } = this.m, parts = [];
    if (status === "excluded" && !missing) {
      const found = reasons(this.m, stop.standing.provided, region[inside]).slice(0, 3);
      found.forEach((names, n) => parts.push(el("br"), this.say(n ? "or_because" : "because", { reason: this.reasonWords(names, stop.standing) })));
    }
    const said = this.say(missing ? "not_available" : status, { things: status === "possible" ? this.dependsOn(stop, region[inside], region[outside]) : "" });
    const title = this.text(care[name].title);
    const shown = isLink ? el("button", { class: "link", onclick: () => this.select(stop.state, true) }, title) : title;
    return el("li", { class: missing ? "excluded" : status }, shown, el("br"), el("strong", {}, said), ...parts);
  }
}
