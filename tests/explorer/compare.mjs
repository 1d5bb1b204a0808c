// Compares what the engine of the page says with what Python said; loaded in node and in a browser.

const LETTERS = { certain: "c", possible: "p", excluded: "e" };

function said(engine, m, { answers = {}, unavailable = [], stated = "" }) {
  let found;
  try {
    found = engine.place(m, answers, unavailable, stated);
  } catch (error) {
    if (error.message !== "contradiction") throw error;
    return { error: "contradiction" };
  }
  const name = (at) => m.states[at].name;
  const finding = (at) => m.findings[at].name;
  const why = (stop, way, [status]) => {
    if (status === "possible") return [];
    const { inside, outside } = m.ways[way];
    return engine.reasons(m, stop.standing.provided, status === "certain" ? outside : inside).slice(0, 2);
  };
  return {
    headline: found.headline,
    concerns: LETTERS[found.concerns],
    stops: found.stops.map((stop) => [name(stop.state), stop.how]),
    passed: found.stops.map((stop) => stop.passed.map(name)),
    on: found.stops.map((stop) => stop.statuses.map((pair) => pair.map((each) => LETTERS[each]).join("")).join("")),
    offers: found.stops.map((stop) => stop.offers.map((each) => LETTERS[each.status]).join("")),
    why: found.stops.flatMap((stop) => m.from[stop.state].map((way, n) => why(stop, way, stop.statuses[n]))),
    alarms: found.raised.interruptions.map((each) => [each.at, each.status[0], each.signs.map(finding)]),
    proviso: found.raised.proviso.map((n) => finding(m.signs[n])),
    gates: found.gates.map(name),
    doubts: found.doubts.map(name),
    ways: m.ways.map((way) => LETTERS[engine.decided(found.standing.known, way.inside, way.outside)]).join(""),
  };
}

const isEmpty = (value) => value === "" || (Array.isArray(value) && value.every(isEmpty));

/** Return the cases where the engine says something else, with both answers. */
export function differences(engine, models, cases) {
  const ready = Object.fromEntries(Object.entries(models).map(([name, data]) => [name, engine.revive(data)]));
  const wrong = [];
  for (const [at, { pathway, answers, unavailable, stated, ...expected }] of cases.entries()) {
    const found = said(engine, ready[pathway], { answers, unavailable, stated });
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const [here, there] = [JSON.stringify(found[key]), JSON.stringify(expected[key])];
      // What says nothing is not written down.
      if (here !== there && !(there === undefined && isEmpty(found[key]))) wrong.push({ at, pathway, key, here, there });
    }
  }
  return wrong;
}
