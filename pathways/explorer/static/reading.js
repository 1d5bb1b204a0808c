// Reads the plain data of a page: rows become records, masks of many cells big integers, forms words.

/** Make plain data ready: masks of many cells become big integers, ways are sorted by state. */
function revive(data) {
  const findings = records(data.findings).map((each) => ({ ...each, ...written(data, each), options: data.options[each.options] }));
  const care = Object.fromEntries(records(data.care).map((each) => [each.name, each]));
  const m = { ...data, findings, care, states: records(data.states), variables: records(data.variables) };
  const bits = (value) => (typeof value === "string" ? BigInt(value) : value);
  m.full = m.variables.map((each) => bits(each.full));
  m.region = data.regions.map((boxes) => boxes.map((box) => box.map((part) => bits(part))));
  m.names = new Map(findings.map((each, at) => [each.name, at]));
  m.stateAt = new Map(m.states.map((each, at) => [each.name, at]));
  m.from = m.states.map(() => []);
  m.into = m.states.map(() => []);
  m.ways = data.ways.map(([source, target, inside, outside, label], at) => {
    const index = m.from[source].length;
    m.from[source].push(at);
    m.into[target].push(at);
    return {
      at, source, target, label, index, key: `${m.states[source].name}/${index}`,
      inside: m.region[inside], outside: m.region[outside],
    };
  });
  m.alarms = data.alarms.map((each) => ({
    ...each, raised: m.region[each.raised], quiet: m.region[each.quiet],
    absent: m.region[each.absent], silent: new Set(each.silent),
  }));
  m.guarded = new Set(m.alarms.flatMap((each) => [...each.silent]));
  m.quiet = data.signs.map((at) =>
    Object.entries(findings[at].quiet).map(([v, mask]) => [Number(v), bits(mask)]));
  m.times = new Set(m.variables.flatMap((each, at) => (findings[each.finding].time ? [at] : [])));
  m.onward = m.states.map((_, at) => reachable(m, at));
  return m;
}

/** What is said of the history of a treatment: a form with its title in place of {}. */
function written({ forms, owners }, { of, form, vars }) {
  if (form === undefined) return {};
  const titles = [owners[of]].flat(), fill = (said, n) => said.replaceAll("{}", titles[n] ?? titles[0]);
  const filled = (said) => (Array.isArray(said) ? said.map(fill) : fill(said, 0));
  const [name, question, words] = forms[form], at = Object.values(vars);
  const cells = Object.fromEntries(words.map((each, n) => [at[n], each.map(filled)]));
  return { title: filled(name), question: filled(question), words: cells };
}

/** Rows under a head as records; what is not there is left out. */
function records([head, ...rows]) {
  return rows.map((row) => Object.fromEntries(head.map((key, at) => [key, row[at] ?? undefined]).filter(([, value]) => value !== undefined)));
}

function reachable(m, start) {
  const found = new Set(), edge = m.from[start].map((way) => m.ways[way].target);
  while (edge.length) {
    const at = edge.pop();
    if (found.has(at)) continue;
    found.add(at);
    for (const way of m.from[at]) edge.push(m.ways[way].target);
  }
  return found;
}
