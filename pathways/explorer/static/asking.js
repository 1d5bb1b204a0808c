// What to ask next, the most useful first: the same order as pathways/patients has.

function gatesOf({ m, raised }, stops) {
  const gates = new Set(stops.flatMap((stop) => m.gates[stop.state] || []));
  return [...gates].filter((gate) =>
    statusesAt(m, gate, raised.standing).some(([provided]) => provided === "possible"));
}

/** Positions of findings worth asking, warning signs first; null in answers: asked, not known. */
function questionsOf(m, found, answers) {
  const isAsked = (at) => m.findings[at].name in answers;
  const levels = ["emergency", "urgent", "soon"];
  const signs = found.raised.proviso.map((n) => m.signs[n]).filter((at) => !isAsked(at));
  const first = emergencySigns(m, found);
  signs.sort((one, other) => first.has(other) - first.has(one) ||
    levels.indexOf(m.findings[one].level) - levels.indexOf(m.findings[other].level) || one - other);
  // Whoever needs help now is asked nothing more; to see a clinician soon, nothing that can wait.
  if (found.headline === "emergency") return [];
  if (found.headline === "urgent") return signs;
  const scores = new Map();
  for (const [known, inside, outside] of undecided(m, found)) {
    for (const at of pivotal(m, known, inside, outside)) {
      const asked = toAsk(m, at, answers);
      if (asked !== null) scores.set(asked, (scores.get(asked) || 0) + 1);
    }
  }
  const efforts = ["ask", "examine", "test", "scan", "procedure"];
  const rank = (at) => efforts.indexOf(m.findings[at].effort || "ask");
  const rest = [...scores.keys()].filter((at) => !signs.includes(at)).sort((one, other) =>
    (m.findings[other].level === "soon") - (m.findings[one].level === "soon") ||
    scores.get(other) - scores.get(one) || rank(one) - rank(other) || one - other);
  return [...signs, ...rest];
}

/** Signs that must be asked so that no emergency can be left: of those that count together one is enough. */
function emergencySigns(m, { raised: { interruptions, proviso, standing } }) {
  const open = proviso.map((n) => m.signs[n]);
  let left = [];
  for (const { at, level } of interruptions) for (const box of m.alarms[at].raised) for (const masks of standing.known) {
    if (level !== "emergency" || !fits(masks, box)) continue;
    const named = new Set();
    for (let i = 0; i < box.length; i += 2) if (masks[box[i]] & ~box[i + 1]) named.add(m.variables[box[i]].finding);
    left.push(open.filter((sign) => named.has(sign)));
  }
  const found = new Set();
  for (left = left.filter((names) => names.length); left.length; left = left.filter((names) => !names.some((at) => found.has(at)))) {
    const count = (sign) => left.filter((names) => names.includes(sign)).length;
    found.add(open.reduce((best, sign) => (count(sign) > count(best) ? sign : best)));
  }
  return found;
}

function* undecided(m, { stops, gates, standing, concerns }) {
  for (const gate of gates) for (const at of m.from[gate]) {
    yield [standing.provided, m.ways[at].inside, m.ways[at].outside];
  }
  for (const stop of stops) {
    for (const at of m.from[stop.state]) yield [stop.standing.provided, m.ways[at].inside, m.ways[at].outside];
    for (const { inside, outside } of stop.offers) {
      if (inside !== undefined) yield [stop.standing.provided, m.region[inside], m.region[outside]];
    }
  }
  if (concerns === "possible") yield [standing.known, ...m.concerns.map((each) => m.region[each])];
}

/** Of care never mentioned it is asked whether it was had, not its details. */
function toAsk(m, at, answers) {
  const { name, of } = m.findings[at];
  if (name in answers) return null;
  const status = of && m.names.get(`${of}.status`);
  if (of && name !== `${of}.status` && status !== undefined) {
    if (!(m.findings[status].name in answers)) return status;
    if (answers[m.findings[status].name] === "never" || answers[m.findings[status].name] === null) return null;
  }
  return at;
}

export { decided, meets, place, questionsOf, reasons, pivotal, revive, statusesAt, within };
