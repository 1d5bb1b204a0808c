// Shows a pathway and where somebody is in it. One root element; all answers stay in memory.

class Explorer extends Answers {
  // --- Map ----------------------------------------------------------------------------------------

  marksNow() {
    const { found, m } = this, marks = new Map();
    const put = (kind, name, mark) => marks.set(`${kind}-${name}`, mark);
    for (const state of found.closed.states) put("s", m.states[state].name, "closed");
    for (const visit of found.visits) put("s", m.states[visit.state].name, "been");
    for (const stop of found.stops) for (const state of stop.passed) put("s", m.states[state].name, "been");
    const open = new Set(this.openWays().map((way) => way.at));
    for (const stop of found.stops) for (const at of m.from[stop.state]) {
      const way = m.ways[at], target = m.states[way.target], key = way.key.replace("/", "-");
      const mark = open.has(at) ? "next" : "closed";
      if (mark === "closed" && (target.urgency || marks.get(`s-${target.name}`) === "next")) continue;
      put("w", key, mark);
      put("s", target.name, mark);
    }
    for (const stop of found.stops) put("s", m.states[stop.state].name, "here");
    return marks;
  }

  /** Only what changed is touched. */
  paintMarks() {
    const before = this.marks[this.at], now = this.marksNow();
    for (const [key, mark] of before) if (now.get(key) !== mark) this.mark(key, mark, false);
    for (const [key, mark] of now) if (before.get(key) !== mark) this.mark(key, mark, true);
    this.marks[this.at] = now;
    const first = this.found.stops[0]?.state;
    if (this.focusAt !== this.at || this.tab === undefined) this.moveTab(first ?? 0);
    if (first !== undefined && first !== this.shown) this.scrollTo(first);
    this.shown = first;
  }

  mark(key, mark, isOn) {
    const node = document.getElementById(`m${this.at}-${key}`);
    if (!node) return;
    node.classList.toggle(mark, isOn);
    if (key[0] !== "s") return;
    node.querySelector(".flag")?.remove();
    if (mark === "here" && isOn) node.setAttribute("aria-current", "step");
    else node.removeAttribute("aria-current");
    const state = this.m.stateAt.get(key.slice(2));
    if (isOn) {
      const flag = document.createElementNS("http://www.w3.org/2000/svg", "text");
      flag.setAttribute("class", "flag");
      flag.setAttribute("x", "6");
      flag.setAttribute("y", "-3");
      flag.textContent = ` ${this.say(`${mark}_short`)}`;
      node.append(flag);
    }
    node.setAttribute("aria-label", this.cardName(state));
  }

  /** What a card is called: its number, then all that is written on it. */
  cardName(state) {
    const card = this.own("s", this.m.states[state].name);
    const seen = [...card.querySelectorAll("text")].map((each) => each.textContent);
    return this.say("card", { text: seen.join(" ") });
  }

  /** Bring a card into view; where it stands is read from the picture, which costs no layout. */
  scrollTo(state) {
    const box = this.part("map"), card = this.own("s", this.m.states[state].name);
    const svg = card?.ownerSVGElement, spot = card?.getAttribute("transform")?.match(/[\d.]+/g);
    if (!spot) return;
    const [width, height] = [box.clientWidth, box.clientHeight], { baseVal } = svg.viewBox;
    const scale = this.scaleNow;
    box.scrollTo((spot[0] - baseVal.x) * scale - width / 2 + 100 * scale, (spot[1] - baseVal.y) * scale - height / 3);
  }

  /** Show the map smaller or larger; 0: as wide as there is room. What was in view stays there. */
  zoom(scale) {
    const box = this.part("map"), svg = box.querySelector("div:not([hidden]) > svg"), before = box.scrollHeight;
    const at = (box.scrollTop + box.clientHeight / 2) / before, left = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    this.scale = scale && Math.min(3, Math.max(.2, scale));
    for (const each of box.querySelectorAll("svg")) {
      each.style.width = this.scale ? `${each.viewBox.baseVal.width * this.scale}px` : "100%";
      each.style.height = "auto";
    }
    if (svg) box.scrollTo(left * box.scrollWidth - box.clientWidth / 2, at * box.scrollHeight - box.clientHeight / 2);
  }

  get scaleNow() {
    const svg = this.part("map").querySelector("div:not([hidden]) > svg");
    return (this.scale ?? 1) || svg.clientWidth / svg.viewBox.baseVal.width;
  }

  /** One card can be reached by Tab; arrows go on from there. */
  moveTab(state, withFocus = false) {
    const card = (at) => this.own("s", this.m.states[at]?.name);
    if (this.focusAt === this.at && this.tab !== undefined) card(this.tab)?.setAttribute("tabindex", "-1");
    this.tab = state;
    this.focusAt = this.at;
    card(state)?.setAttribute("tabindex", "0");
    if (withFocus) card(state)?.focus();
  }

  wireMap(at) {
    const m = this.maps[at];
    m.states.forEach((state, n) => {
      const card = document.getElementById(`m${at}-s-${state.name}`);
      if (!card) return;
      const attributes = { role: "button", tabindex: "-1" };
      for (const [key, value] of Object.entries(attributes)) card.setAttribute(key, value);
      card.addEventListener("click", () => this.select(n, false));
      card.addEventListener("keydown", (event) => this.keyOnCard(event, n));
    });
  }

  nameCards() {
    this.m.states.forEach((state, n) => {
      this.own("s", state.name)?.setAttribute("aria-label", this.cardName(n));
    });
  }

  keyOnCard(event, state) {
    const { m } = this;
    const targets = m.from[state].map((way) => m.ways[way].target);
    const before = m.into[state].map((way) => m.ways[way].source);
    const cameFrom = this.came !== undefined && before.includes(this.came) ? this.came : before[0];
    const beside = cameFrom === undefined ? [] : [...new Set(m.from[cameFrom].map((way) => m.ways[way].target))];
    const turn = (by) => beside[(beside.indexOf(state) + by + beside.length) % beside.length];
    const next = {
      ArrowDown: targets[0], ArrowUp: cameFrom, ArrowRight: turn(1), ArrowLeft: turn(-1), Home: this.found.stops[0]?.state,
    };
    if (event.key === "Enter" || event.key === " ") this.select(state, true);
    else if (event.key in next) {
      if (event.key === "ArrowDown") this.came = state;
      if (event.key === "ArrowUp") this.came = undefined;
      if (next[event.key] !== undefined) this.moveTab(next[event.key], true);
    } else return;
    event.preventDefault();
  }

  // --- Details ------------------------------------------------------------------------------------

  select(state, withFocus) {
    this.selected = state;
    this.moveTab(state);
    this.paintDetails();
    if (withFocus) this.part("details").querySelector("h2").focus();
    this.part("details").querySelector("h2").scrollIntoView({ block: "nearest" });
  }

  paintDetails() {
    const box = this.part("details"), state = this.selected;
    box.classList.toggle("empty", state === null);
    if (state === null) {
      box.replaceChildren(el("h2", { tabindex: -1 }, this.say("details")), el("p", {}, this.say("details_help")));
      return;
    }
    const { name } = this.m.states[state], isStated = this.stated === name;
    const stateIt = () => {
      this.stated = isStated ? "" : name;
      this.update();
      this.toStatus();
    };
    const close = () => {
      this.selected = null;
      this.paintDetails();
      this.own("s", name)?.focus();
    };
    const [lead, rest, disputes] = this.stepParts(name);
    box.replaceChildren(el("h2", { tabindex: -1 }, this.named(state)), ...lead, ...this.wayThere(state), ...this.offersThere(state),
      el("p", { class: "row" },
        el("button", { class: "quiet", onclick: stateIt }, this.say(isStated ? "not_here" : "i_am_here")),
        el("button", { class: "quiet", onclick: close }, this.say("close"))),
      rest, ...disputes);
  }

  /** The words of a step: what it is, all that there is to know, and where sources differ, each folded. */
  stepParts(name) {
    const copy = el("div", { class: "step" });
    copy.append(...(this.own("x", name)?.cloneNode(true).childNodes || []));
    copy.querySelector("h3")?.remove();
    for (const link of copy.querySelectorAll("a[href*='-k-']")) {
      const said = document.getElementById(link.getAttribute("href").slice(1)).cloneNode(true);
      const after = link.nextSibling;
      if (after?.nodeType === Node.TEXT_NODE && said.textContent.endsWith(".")) after.data = after.data.replace(/^\./, "");
      link.replaceWith(...said.childNodes);
    }
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    const disputes = [...copy.querySelectorAll(".differ a")].flatMap((link) => {
      const other = document.getElementById(link.getAttribute("href").slice(1))?.cloneNode(true);
      const title = other?.querySelector("h4");
      title?.remove();
      return other ? [el("details", { class: "dispute" }, el("summary", {}, ...title.childNodes), ...other.childNodes)] : [];
    });
    const differ = copy.querySelector(".differ");
    differ?.replaceChildren(el("strong", {}, `${this.say("sources_differ")}:`));
    const lead = [];
    // A line that only names the list after it stays with that list.
    const isLead = (part) => part?.matches("p:not(.differ)") && !part.nextElementSibling?.matches("ul");
    while (isLead(copy.firstElementChild) && lead.length < 3) {
      lead.push(copy.firstElementChild);
      copy.firstElementChild.remove();
    }
    return [lead, copy, [...(differ ? [differ] : []), ...disputes]];
  }

  /** What a step offers, as far as the answers say; where somebody is it stands under the ways. */
  offersThere(state) {
    const { found, m } = this;
    if (found.stops.some((stop) => stop.state === state)) return [];
    const there = { state, standing: found.standing };
    finish(found, there);
    const told = there.offers.filter((offer) => offer.inside !== undefined || offer.missing);
    if (!told.length) return [];
    return [el("h3", {}, this.say("on_offer_there")), el("ul", { class: "rows" }, told.map((offer) => this.offerRow(there, offer, false)))];
  }

  /** What would have to be true to get to a step: the way whose conditions fail least today. */
  wayThere(goal) {
    const { found } = this;
    if (found.stops.some((stop) => stop.state === goal)) return [];
    const path = this.routeTo(goal);
    if (!path) return [el("h3", {}, this.say("needs")), el("p", {}, this.say("no_way"))];
    const rows = path.map(([way, [provided, whatever], standing]) => {
      const condition = this.condition(way), when = condition && `: ${condition}`;
      const stop = { standing, how: "" };
      const status = this.wayStatus(stop, way, provided, whatever);
      const [names] = provided === "excluded" && whatever === "excluded" ? reasons(this.m, standing.provided, way.inside) : [];
      const why = names ? `, ${this.say("because", { reason: this.reasonWords(names, standing) })}` : "";
      return el("li", { class: provided }, `${this.step(way.source)} → ${this.step(way.target)}${when} `, el("strong", {}, `(${status}${why})`));
    });
    return [el("h3", {}, this.say("needs")), el("p", {}, `${this.say("way_there")}:`), el("ol", { class: "rows" }, rows)];
  }

  routeTo(goal) {
    const { m, found } = this, cost = m.states.map(() => Infinity), back = m.states.map(() => null);
    const waiting = new Set();
    const standingAt = new Map();
    for (const stop of found.stops) {
      cost[stop.state] = 0;
      standingAt.set(stop.state, stop.standing);
      waiting.add(stop.state);
    }
    while (waiting.size) {
      const at = [...waiting].reduce((one, other) => (cost[other] < cost[one] ? other : one));
      waiting.delete(at);
      if (at === goal) break;
      const standing = standingAt.get(at) || found.standing;
      const statuses = statusesAt(m, at, standing);
      m.from[at].forEach((n, index) => {
        const way = m.ways[n];
        const price = cost[at] + 1 + (statuses[index][0] === "excluded" ? 1000 : 0) + (found.closed.states.has(way.target) ? 1e6 : 0);
        if (price >= cost[way.target]) return;
        cost[way.target] = price;
        back[way.target] = [way, statuses[index], standing];
        waiting.add(way.target);
      });
    }
    if (cost[goal] === Infinity) return null;
    const path = [];
    for (let at = goal; back[at]; at = back[at][0].source) path.unshift(back[at]);
    return path;
  }

  // --- All findings --------------------------------------------------------------------------------

  paintFindings() {
    const box = this.part("findings");
    const key = `${this.at} ${this.reader}`;
    if (this.built !== key) {
      this.built = key;
      this.fields = new Map();
      box.replaceChildren(el("summary", {}, this.say("findings")), ...this.findingGroups());
    }
    for (const [at, field] of this.fields) {
      const value = this.fieldValue(at);
      if (field.value !== value) field.value = value;
    }
  }

  findingGroups() {
    const { m } = this, all = m.findings.map((_, at) => at);
    const isSign = (at) => m.findings[at].level !== undefined;
    const groups = [["signs", all.filter(isSign)], ["others", all.filter((at) => !isSign(at) && !m.findings[at].of)], ["history", all.filter((at) => m.findings[at].of)]];
    return groups.filter(([, listed]) => listed.length).map(([key, listed]) =>
      el("fieldset", {}, el("legend", {}, this.say(key)), listed.map((at) => this.field(at))));
  }

  fieldChoices(at) {
    const { type, options } = this.m.findings[at];
    if (type === "yes_no") return [["true", this.say("yes")], ["false", this.say("no")]];
    return (options || []).map(([word, title]) => [type === "one_of" ? word : JSON.stringify([word]), this.text(title)]);
  }

  field(at) {
    const { type, name, low, high, step, unit } = this.m.findings[at];
    let field;
    if (type === "number") {
      const take = () => field.reportValidity() && this.answer(name, field.value === "" ? undefined : Number(field.value));
      field = el("input", { type: "number", min: low, max: high, step: step ?? "any", onchange: take });
    } else {
      const options = [["", this.say("unanswered")], ...this.fieldChoices(at), ["null", this.say("not_sure")], ["…", "…"]];
      const read = (text) => (text === "" ? undefined : type === "one_of" && text !== "null" ? text : JSON.parse(text));
      const take = () => (field.value === "…" ? this.ask(name) : this.answer(name, read(field.value)));
      field = el("select", { onchange: take }, options.map(([value, title]) => el("option", { value, hidden: value === "…" && type !== "several_of" }, title)));
    }
    this.fields.set(at, field);
    return el("label", { class: "field" }, el("span", {}, this.title(at) + (unit ? ` (${unit})` : "")), field);
  }

  fieldValue(at) {
    const { name, type } = this.m.findings[at];
    if (!(name in this.answers)) return "";
    const value = this.answers[name];
    if (type === "number") return typeof value === "number" ? String(value) : "";
    if (type === "one_of" && value !== null) return value;
    return Array.isArray(value) && value.length > 1 ? "…" : JSON.stringify(value);
  }

  // --- Around it -----------------------------------------------------------------------------------

  paintFrame() {
    this.root.dataset.reader = this.reader ? "patient" : "clinician";
    for (const node of this.root.querySelectorAll("[data-say]")) node.textContent = this.say(node.dataset.say);
    for (const node of this.root.querySelectorAll("[data-m]")) node.hidden = Number(node.dataset.m) !== this.at;
    for (const button of this.root.querySelectorAll("[data-reader-is]")) {
      button.setAttribute("aria-pressed", String(button.dataset.readerIs === this.root.dataset.reader));
    }
    this.part("map").setAttribute("aria-label", this.say("map"));
    for (const option of this.part("chooser")?.options || []) option.textContent = `${this.text(this.maps[option.value].title)} ${this.maps[option.value].version}`;
    this.paintWhatIf();
    this.nameCards();
  }

  whatIfTitle() {
    const { length } = this.unavailable;
    return length ? `${this.say("what_if")} (${length})` : this.say("what_if");
  }

  paintWhatIf() {
    const { care } = this.m, order = ["class", "test"];
    const names = Object.keys(care).sort((one, other) =>
      order.indexOf(care[other].category) - order.indexOf(care[one].category) ||
      (this.text(care[one].title).toLowerCase() < this.text(care[other].title).toLowerCase() ? -1 : 1));
    const toggle = (name, isOn) => {
      this.unavailable = this.unavailable.filter((each) => each !== name);
      if (isOn) this.unavailable.push(name);
      this.part("what-if").firstChild.textContent = this.whatIfTitle();
      this.update();
    };
    const boxes = names.map((name) => el("label", { class: "check" },
      el("input", { type: "checkbox", value: name, checked: this.unavailable.includes(name), onchange: (event) => toggle(name, event.target.checked) }),
      this.text(care[name].title)));
    this.part("what-if").replaceChildren(el("summary", {}, this.whatIfTitle()), el("p", { class: "hint" }, this.say("what_if_help")), el("div", { class: "checks" }, boxes));
  }

  show(at) {
    this.at = at;
    this.selected = null;
    this.asked = null;
    this.tab = undefined;
    this.shown = undefined;
    this.stated = "";
    document.title = this.text(this.m.title);
    this.paintFrame();
    this.update();
  }

  setReader(reader) {
    this.reader = reader;
    for (const marks of this.marks) marks.forEach((mark, key) => key[0] === "s" && this.mark(key, mark, true));
    this.paintFrame();
    this.paint();
  }

  startOver() {
    const { answers, unavailable, stated } = this;
    const undo = () => {
      Object.assign(this, { answers, unavailable, stated });
      this.part("note").replaceChildren();
      this.paintFrame();
      this.update();
    };
    this.part("note").replaceChildren(`${this.say("started_over")} `, el("button", { class: "quiet", onclick: undo }, this.say("undo")));
    this.answers = {};
    this.unavailable = [];
    this.stated = "";
    this.asked = null;
    this.selected = null;
    this.paintFrame();
    this.update();
  }

  record() {
    const findings = {};
    let left = 0;
    for (const [name, value] of Object.entries(this.answers)) {
      if (value !== null && typeof value === "object" && !Array.isArray(value)) left += 1;
      else if (value === null) findings[name] = { absent: "asked_unknown" };
      else findings[name] = typeof value === "boolean" ? (value ? "yes" : "no") : value;
    }
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    const record = {
      format: 1, record: "my-answers", recorded: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      pathways: [...new Set(this.maps.map((m) => m.id))], findings,
      ...(this.unavailable.length ? { unavailable: this.unavailable.map((what) => ({ what, why: "not_offered" })) } : {}),
      ...(this.stated ? { at: { pathway: this.m.id, state: this.stated } } : {}),
    };
    return [record, left];
  }

  save() {
    const [record, left] = this.record();
    const address = URL.createObjectURL(new Blob([JSON.stringify(record, null, 1)], { type: "application/json" }));
    const link = el("a", { href: address, download: "my-answers.json" });
    link.click();
    URL.revokeObjectURL(address);
    if (left) this.part("note").textContent = this.say("saved", { count: left });
  }

  start() {
    const on = (name, action) => this.root.querySelector(`[data-do=${name}]`)?.addEventListener("click", action);
    this.maps.forEach((_, at) => this.wireMap(at));
    on("print", () => print());
    on("save", () => this.save());
    on("start-over", () => this.startOver());
    on("fit", () => this.zoom(0));
    on("smaller", () => this.zoom(this.scaleNow / 1.4));
    on("larger", () => this.zoom(this.scaleNow * 1.4));
    on("find", () => this.found.stops[0] && this.scrollTo(this.found.stops[0].state));
    this.part("status").tabIndex = -1;
    for (const button of this.root.querySelectorAll("[data-reader-is]")) {
      button.addEventListener("click", () => this.setReader(button.dataset.readerIs === "clinician" ? 0 : 1));
    }
    this.root.addEventListener("click", (event) => this.follow(event));
    this.part("chooser")?.addEventListener("change", (event) => this.show(Number(event.target.value)));
    this.root.classList.add("on");
    for (const each of this.root.querySelectorAll("details.words")) each.open = false;
    this.openForPrint();
    this.paintFrame();
    this.update();
    this.model.on("linked", () => {
      this.root.querySelector("[data-say=nothing_kept]").dataset.say = "linked";
      this.paintFrame();
    });
    for (const key of ["findings", "unavailable", "at"]) this.model.on(`change:${key}`, () => this.heard(key));
  }

  /** A link to a step shows its details; within the list of all steps it leads on there. */
  follow(event) {
    const link = event.target.closest("a[href^='#m']");
    const goal = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!goal || link.closest(".words")) return;
    const state = this.m.stateAt.get(goal.id.replace(/^m\d+-x-/, ""));
    if (state === undefined) return;
    event.preventDefault();
    this.select(state, true);
  }

  /** What a notebook has changed. */
  heard(key) {
    const own = { findings: this.answers, unavailable: this.unavailable, at: this.stated };
    const value = this.model.get(key);
    if (JSON.stringify(value) === JSON.stringify(own[key])) return;
    if (key === "findings") this.answers = { ...value };
    else if (key === "unavailable") this.unavailable = [...value];
    else this.stated = value;
    this.asked = null;
    this.paintWhatIf();
    this.update();
  }

  /** Closed parts would print empty. */
  openForPrint() {
    let closed = [];
    addEventListener("beforeprint", () => {
      const parts = this.root.querySelectorAll("details:not([open], [data-part], .words)");
      closed.push(...[...parts].filter((each) => !each.closest("[hidden], details[data-part], .words:not([open])")));
      for (const each of closed) each.open = true;
    });
    addEventListener("afterprint", () => {
      for (const each of closed) each.open = false;
      closed = [];
    });
  }
}

/** Show the pathways of a page in it. */
function show(data) {
  const explorer = new Explorer(document.querySelector(".pw"), data, pageModel(data));
  explorer.start();
  return explorer;
}

const block = typeof document === "undefined" ? null : document.getElementById("pathways-data");
if (block) globalThis.pathwaysPage = show(JSON.parse(block.textContent));
