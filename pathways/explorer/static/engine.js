// Places somebody in a pathway from plain data: the same answers as pathways/patients gives.
// What is known is a list of boxes (nearly always one); a box holds the allowed cells of each
// variable as bits. No conditions are read here.

const NO = 1, YES = 2, MOST_REASONS = 12, MOST_FINDINGS = 6;

// --- Sets of patients -----------------------------------------------------------------------------

function fits(masks, box) {
  for (let i = 0; i < box.length; i += 2) if (!(masks[box[i]] & box[i + 1])) return false;
  return true;
}

const meets = (known, region) => known.some((masks) => region.some((box) => fits(masks, box)));

/** How somebody stands to a region, given all that lies outside it. */
function decided(known, inside, outside) {
  if (!meets(known, inside)) return "excluded";
  return meets(known, outside) ? "possible" : "certain";
}

function within(known, region) {
  const found = [];
  for (const masks of known) for (const box of region) {
    if (!fits(masks, box)) continue;
    const narrowed = masks.slice();
    for (let i = 0; i < box.length; i += 2) narrowed[box[i]] &= box[i + 1];
    found.push(narrowed);
  }
  return found;
}

/** The cells of a variable that an answer allows. */
function cellsOf(m, at, finding, value) {
  const variable = m.variables[at], full = m.full[at];
  if (finding.type === "yes_no") return value ? YES : NO;
  if (finding.type === "one_of") return 1 << finding.options.findIndex(([word]) => word === value);
  if (finding.type === "several_of") {
    if (Array.isArray(value)) return value.includes(variable.option) ? YES : NO;
    return variable.option in value ? (value[variable.option] ? YES : NO) : full;
  }
  const [low, high] = typeof value === "number" ? [value, value] : value.range;
  const [lowOpen, highOpen] = typeof value === "number" ? [0, 0] : value.open;
  const isBig = typeof full === "bigint";
  return variable.cells.reduce((mask, [from, to, fromOpen, toOpen], n) => {
    const below = to !== null && low !== null && (low > to || (low === to && (toOpen || lowOpen)));
    const above = from !== null && high !== null && (high < from || (high === from && (fromOpen || highOpen)));
    return below || above ? mask : mask | (isBig ? 1n << BigInt(n) : 1 << n);
  }, isBig ? 0n : 0);
}

/** What is known from values by position of finding; nothing where they cannot be together. */
function knownFrom(m, values) {
  const masks = m.full.slice();
  for (const [at, value] of values) {
    const finding = m.findings[at];
    for (const v of Object.values(finding.vars)) masks[v] = cellsOf(m, v, finding, value);
  }
  const known = masks.some((mask) => !mask) ? [] : within([masks], m.region[m.facts]);
  if (!known.length) throw new Error("contradiction");
  return known;
}

/** The smallest sets of known findings that alone keep somebody out of a region. */
function reasons(m, known, region) {
  const blockers = new Map();
  for (const masks of known) for (const box of region) {
    const names = new Set();
    for (let i = 0; i < box.length; i += 2) {
      if (!(masks[box[i]] & box[i + 1])) names.add(m.findings[m.variables[box[i]].finding].name);
    }
    if (!names.size) return [];
    const sorted = [...names].sort();
    blockers.set(sorted.join(), sorted);
  }
  const order = (one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1);
  const listed = [...blockers.values()].sort(order);
  let found = [[]];
  for (const names of listed) found = alsoHitting(found, names, order);
  if (!found.length) found = [[...new Set(listed.flat())].sort()];
  const least = new Map(found.map((each) => leastOf(each, listed)).map((each) => [each.join(), each]));
  return [...least.values()].sort(order).slice(0, MOST_REASONS).filter((each) => each.length);
}

function alsoHitting(found, names, order) {
  const grown = new Map();
  for (const old of found) {
    if (old.some((each) => names.includes(each))) grown.set(old.join(), old);
    else for (const name of names) {
      const more = [...old, name].sort();
      grown.set(more.join(), more);
    }
  }
  const small = [];
  for (const one of [...grown.values()].sort(order)) {
    const holds = (other) => other.length < one.length && other.every((each) => one.includes(each));
    if (one.length <= MOST_FINDINGS && !small.some(holds)) small.push(one);
  }
  return small.slice(0, 4 * MOST_REASONS);
}

function leastOf(names, listed) {
  let left = names;
  for (const name of [...names].sort().reverse()) {
    const without = left.filter((each) => each !== name);
    if (listed.every((set) => set.some((each) => without.includes(each)))) left = without;
  }
  return left;
}

/** The findings that can make the difference between inside and outside. */
function pivotal(m, known, inside, outside) {
  const found = new Set();
  for (const masks of known) {
    const left = inside.filter((box) => fits(masks, box));
    const right = outside.filter((box) => fits(masks, box)).map((box) => {
      const cells = new Map();
      for (let i = 0; i < box.length; i += 2) cells.set(box[i], box[i + 1]);
      return cells;
    });
    for (const box of left) for (const other of right) {
      const apart = new Set();
      for (let i = 0; i < box.length && apart.size < 2; i += 2) {
        const cells = other.get(box[i]);
        if (cells !== undefined && !(masks[box[i]] & box[i + 1] & cells)) {
          apart.add(m.variables[box[i]].finding);
        }
      }
      if (apart.size === 1) found.add([...apart][0]);
    }
  }
  return [...found];
}

// --- Warning signs ---------------------------------------------------------------------------------

/** What is known, provided that some signs are absent; a sign that is known to be there stays. */
function providedNoSign(m, known, proviso) {
  const quiet = new Map();
  for (const n of proviso) for (const [v, mask] of m.quiet[n]) quiet.set(v, mask);
  for (const [v, mask] of quiet) if (!known.some((masks) => masks[v] & mask)) quiet.delete(v);
  const found = known.filter((masks) => [...quiet].every(([v, mask]) => masks[v] & mask));
  if (!quiet.size || !found.length) return known;
  return found.map((masks) => masks.map((mask, v) => (quiet.has(v) ? mask & quiet.get(v) : mask)));
}

function raisedAlarms(m, facts) {
  const known = knownFrom(m, facts);
  const loud = m.alarms.map((each, at) => at).filter((at) => meets(known, m.alarms[at].raised));
  const isOpen = (n) => known.some((masks) =>
    m.quiet[n].some(([v, mask]) => masks[v] & ~mask && masks[v] & mask));
  const proviso = m.signs.map((_, n) => n).filter(isOpen);
  const provided = providedNoSign(m, known, proviso);
  const interruptions = loud.map((at) => interruption(m, at, known, provided, facts));
  return {
    standing: { known, provided, loud }, proviso, interruptions,
    first: interruptions.find((each) => each.status === "certain"),
  };
}

function interruption(m, at, known, provided, facts) {
  const alarm = m.alarms[at], signs = new Set(m.signs);
  let isOpen = !meets(known, alarm.quiet), notCleared = [];
  const waiting = () => waitingSigns(m, alarm, provided).filter((sign) => facts.has(sign));
  if (!isOpen && (!meets(known, alarm.absent) || waiting().length)) {
    isOpen = true;
    notCleared = pivotal(m, provided, alarm.raised, alarm.quiet).filter((each) => !signs.has(each));
  }
  return { at, to: alarm.to, level: alarm.level, status: isOpen ? "certain" : "possible", notCleared,
    signs: isOpen ? raisingSigns(m, alarm, known, waiting, facts) : [] };
}

/** The signs that raise an interrupt as long as no result clears it. */
function waitingSigns(m, alarm, provided) {
  const named = new Set();
  for (const masks of provided) for (const box of alarm.raised) {
    if (!fits(masks, box)) continue;
    for (let i = 0; i < box.length; i += 2) {
      if (!(masks[box[i]] & ~box[i + 1])) named.add(m.variables[box[i]].finding);
    }
  }
  return m.signs.filter((sign) => named.has(sign));
}

/** What is known and raises an interrupt: signs, or else what it reads besides. */
function raisingSigns(m, alarm, known, waiting, facts) {
  const namedIn = (region) => reasons(m, known, region).flat();
  const named = namedIn(alarm.quiet), at = (name) => m.names.get(name);
  const signs = m.signs.filter((sign) => named.includes(m.findings[sign].name) && facts.has(sign));
  const all = signs.length ? signs : waiting();
  const others = named.length ? named : namedIn(alarm.absent);
  return all.length ? all : [...new Set(others)].sort().map(at).filter((each) => facts.has(each));
}

// --- What a history shows -----------------------------------------------------------------------------

function visitsOf(m, facts, standing) {
  const events = [];
  for (const [at, value] of facts) {
    const { name, of } = m.findings[at];
    if (of && name === `${of}.status` && value !== "never") events.push({ name: of, now: value === "now" });
  }
  const history = new Set(events.map((each) => each.name));
  const found = new Map();
  const visit = (state) => {
    if (!found.has(state)) found.set(state, { state, care: [], results: [], underWay: false });
    return found.get(state);
  };
  for (const event of events) for (const state of likeliest(m, event.name, facts, history, standing)) {
    visit(state).care.push(event.name);
    visit(state).underWay ||= event.now;
  }
  const shown = new Set([...found.values()].flatMap((each) => each.care));
  for (const [at, value] of facts) for (const state of statesShownBy(m, at, value, shown)) {
    visit(state).results.push(at);
  }
  return [...found.values()].sort((one, other) => one.state - other.state);
}

/** Of states on ways that lie apart, those that most of the answers bear out. */
function likeliest(m, care, facts, history, standing) {
  const states = m.traces.care[care] || [];
  if (states.length === 1) return states;
  const isOnly = (finding, at) => {
    const giving = m.traces.results[finding];
    return facts.has(finding) && giving && giving.length === 1 && giving[0] === at;
  };
  const weight = (at) => {
    const state = m.states[at];
    const result = (state.yields || []).some((finding) => isOnly(finding, at));
    const done = (state.does || []).every((each) => history.has(each));
    const open = m.into[at].some((way) => meets(standing.provided, m.ways[way].inside));
    return 4 * result + 2 * done + open;
  };
  const weights = states.map(weight), most = Math.max(...weights);
  return states.filter((_, n) => weights[n] === most);
}

function statesShownBy(m, at, value, shown) {
  let giving = m.traces.results[at] || [];
  if (giving.length > 1) {
    giving = giving.filter((each) => (m.states[each].does || []).some((name) => shown.has(name))).slice(0, 1);
  }
  const word = typeof value === "boolean" ? (value ? "yes" : "no") : value;
  const mark = (wanted) => m.traces.marks.find(([finding, said]) => finding === at && said === wanted);
  let marked;
  if (typeof word === "string") marked = mark(word);
  if (!marked && typeof word !== "string" && (typeof word !== "number" || word)) marked = mark("");
  return marked ? [...giving, marked[2]] : giving;
}

/** The visits that come before no other one; in a loop that with the largest number. */
function frontmost(m, visits) {
  const isAfter = (one, other) => m.onward[one.state].has(other.state);
  const front = visits.filter((visit) =>
    !visits.some((other) => isAfter(visit, other) && !isAfter(other, visit)));
  return front.filter((visit) => front.every((other) =>
    other === visit || other.state < visit.state || !(isAfter(visit, other) && isAfter(other, visit))));
}

// --- Placing -------------------------------------------------------------------------------------

/** Statuses of the ways of a state: [provided no sign that was not asked, whatever is unknown]. */
function statusesAt(m, state, { known, provided, loud }) {
  const mayInterrupt = loud.some((at) => !m.alarms[at].silent.has(state));
  return m.from[state].map((at) => {
    const { inside, outside } = m.ways[at];
    const whatever = decided(known, inside, outside);
    return [decided(provided, inside, outside), mayInterrupt && whatever === "certain" ? "possible" : whatever];
  });
}

/** What cannot be had: care by name, and states that close. Emergency and urgent care never closes. */
function closedBy(m, unavailable) {
  const care = new Set(unavailable.flatMap((name) => m.care[name]?.members || [name]));
  const states = new Set();
  m.states.forEach((state, at) => {
    if (m.guarded.has(at) || state.urgency) return;
    const needed = state.offers ? state.offers.map(([name]) => name) : state.does || [];
    const lost = needed.length && needed.every((name) => care.has(name));
    if (lost || unavailable.includes(state.name)) states.add(at);
  });
  return { care, states };
}

/** Answers by name of finding to facts by position; not sure about a sign counts as the sign. */
function factsOf(m, answers) {
  const facts = new Map();
  for (const [name, answer] of Object.entries(answers)) {
    const at = m.names.get(name);
    if (at === undefined || answer === undefined) continue;
    const value = answer === null ? m.findings[at].unsure : answer;
    if (value !== undefined) facts.set(at, value);
  }
  return facts;
}

/**
 * Where somebody is.
 * answers: by name of finding; null stands for "not sure". unavailable: names of care, classes, states.
 * stated: name of a state where they say they are, or nothing.
 */
function place(m, answers, unavailable = [], stated = "") {
  const facts = factsOf(m, answers);
  const raised = raisedAlarms(m, facts);
  const closed = closedBy(m, unavailable);
  const visits = visitsOf(m, facts, raised.standing);
  const self = { m, facts, raised, closed, visits, doubts: [], shown: new Map(visits.map((each) => [each.state, each])) };
  const walks = new Map(walksOf(self, m.stateAt.get(stated)).map((walk) => [walk.state, walk]));
  const stops = [...walks.values()].sort((one, other) => one.state - other.state);
  for (const stop of stops) finish(self, stop);
  return {
    ...self, stops, standing: raised.standing, headline: headlineOf(self, stops), gates: gatesOf(self, stops),
    concerns: m.concerns ? decided(raised.standing.known, m.region[m.concerns[0]], m.region[m.concerns[1]]) : "certain",
  };
}

function finish(self, stop) {
  const { m, closed } = self, state = m.states[stop.state];
  stop.statuses = statusesAt(m, stop.state, stop.standing);
  stop.how = howAt(self, stop);
  stop.offers = (state.offers || []).map(([name, inside, outside]) => ({
    name, inside, outside,
    status: inside === undefined ? "certain" : decided(stop.standing.provided, m.region[inside], m.region[outside]),
    missing: closed.care.has(name) && !m.guarded.has(stop.state) && !state.urgency,
  }));
}

function howAt(self, stop) {
  const state = self.m.states[stop.state];
  if (state.kind !== "action" && state.kind !== "options") return "at";
  if (self.closed.states.has(stop.state)) return "not_available";
  const names = new Set([...(state.does || []), ...(state.offers || []).map(([name]) => name)]);
  const goesOn = [...names].some((name) => self.facts.get(self.m.names.get(`${name}.status`)) === "now");
  if (goesOn && (!stop.visit || stop.visit.underWay)) return "under_way";
  return stop.visit ? "done" : "due";
}

function headlineOf({ m, raised }, stops) {
  if (raised.first?.level === "emergency") return "emergency";
  if (raised.interruptions.some((each) => each.level === "emergency")) return "check_signs";
  if (raised.first) return "urgent";
  return stops.every((stop) => m.states[stop.state].kind === "end") ? "finished" : "here";
}

function walksOf(self, stated) {
  const { m, raised } = self;
  if (raised.first) {
    const inside = m.alarms[raised.first.at].silent;
    if (inside.has(stated)) return [staying(self, stated)];
    return [walk(self, raised.first.to, null, inside)];
  }
  if (stated !== undefined) return [staying(self, stated)];
  const isMedicine = (name) => m.care[name]?.category === "medicine";
  const leads = (visit) => visit.results.length || !visit.care.every(isMedicine) || m.states[visit.state].own;
  const front = frontmost(m, self.visits.filter(leads));
  const walks = front.length ? front.map((visit) => walk(self, visit.state, visit)) : [walk(self, m.start, null)];
  return walks.map((each) => behindGates(self, each));
}

function staying(self, state) {
  const standing = afterEntering(self, state, new Map(self.facts), self.raised.standing);
  return { state, passed: [], standing, visit: self.shown.get(state) };
}

/** Walk on through ways that are certain; never out of a work-up, never into care nothing shows as done. */
function walk(self, begin, visit, inside = null) {
  const { m, raised, closed } = self;
  const first = visit, values = new Map(self.facts), passed = [];
  let state = begin, standing = afterEntering(self, state, values, raised.standing);
  if (inside && raised.first.notCleared.length) {
    const narrowed = within(standing.provided, m.alarms[raised.first.at].raised);
    if (narrowed.length) standing = { ...standing, provided: narrowed };
  }
  while (!passed.includes(state) && mayLeave(self, state, visit)) {
    const onward = onlyWay(m, state, standing);
    if (onward === null || closed.states.has(onward) || (inside && !inside.has(onward))) break;
    passed.push(state);
    standing = afterEntering(self, onward, values, standing);
    if (inside && m.states[onward].yields) standing = standingWith(self, values);
    state = onward;
    visit = shownOnTheWay(self, state, first);
  }
  return { state, passed: passed.filter((each) => each !== state), standing, visit };
}

function shownOnTheWay({ m, shown }, state, begin) {
  const visit = shown.get(state) || null;
  if (!visit || !begin || visit.underWay) return visit;
  return m.onward[begin.state].has(state) && m.onward[state].has(begin.state) ? null : visit;
}

function standingWith({ m, raised }, values) {
  const known = knownFrom(m, values);
  return { known, provided: providedNoSign(m, known, raised.proviso), loud: raised.standing.loud };
}

function afterEntering(self, state, values, standing) {
  let changed = false;
  for (const [finding, value] of self.m.states[state].sets || []) {
    if (values.has(finding)) continue;
    values.set(finding, value);
    changed = true;
  }
  return changed ? standingWith(self, values) : standing;
}

function mayLeave({ m, facts }, at, visit) {
  const state = m.states[at];
  if (state.kind === "end" || state.kind === "link") return false;
  if (state.kind === "decision" || state.kind === "clinical_state" || visit) return true;
  return m.guarded.has(at) && (state.yields || []).some((finding) => facts.has(finding));
}

function onlyWay(m, state, standing) {
  const open = statusesAt(m, state, standing)
    .map(([provided], n) => [provided, m.ways[m.from[state][n]].target])
    .filter(([provided]) => provided !== "excluded");
  return open.length === 1 && open[0][0] === "certain" ? open[0][1] : null;
}

/** The only step that follows from where somebody stands, as long as it can be had; null where there is none. */
function onward(found, stop) {
  const next = mayLeave(found, stop.state, null) ? onlyWay(found.m, stop.state, stop.standing) : null;
  return next !== null && found.closed.states.has(next) ? null : next;
}

/** What may have been known on any day so far: a time was shorter then. */
function untilToday(m, known) {
  const upTo = (mask) => {
    const one = typeof mask === "bigint" ? 1n : 1;
    let all = one;
    while (all <= mask) all <<= one;
    return all - one;
  };
  return known.map((masks) => masks.map((mask, at) => (m.times.has(at) ? upTo(mask) : mask)));
}

function behindGates(self, walked) {
  const { m, raised } = self, provided = untilToday(m, raised.standing.provided);
  for (const gate of m.gates[walked.state] || []) {
    const leads = (way) => m.ways[way].target === walked.state || m.onward[m.ways[way].target].has(walked.state);
    const onward = m.from[gate].filter(leads);
    if (!onward.length || onward.some((way) => meets(provided, m.ways[way].inside))) continue;
    self.doubts.push(gate);
    return walk(self, gate, null);
  }
  return walked;
}
