// Links a page in a notebook with Python. The page stands in a frame of its own, so nothing of it gets
// into the notebook, and stays of use without a kernel; what is linked goes by messages between the two.

const SHARED = ["findings", "unavailable", "at"], LINK = "pathways-";

/** The page's side: answers stay in the page; a notebook that made it hears of them and changes them. */
function pageModel(data) {
  const values = { data, ...data.begin }, heard = {}, changed = new Set();
  // Only a page made for a notebook has a link, and only where it stands in the frame made for it.
  const link = data.begin && parent !== self && self.name.startsWith(LINK) ? self.name : null;
  let isLinked = false;
  const post = (message) => parent.postMessage({ link, from: "page", ...message }, "*");
  const take = (event) => {
    const message = event.data;
    if (event.source !== parent || message?.link !== link || message.from !== "notebook") return;
    if (!isLinked) for (const action of heard.linked || []) action();
    isLinked = true;
    for (const key of SHARED) {
      if (!(key in message.values)) continue;
      values[key] = message.values[key];
      for (const action of heard[`change:${key}`] || []) action();
    }
  };
  if (link) {
    addEventListener("message", take);
    post({ asks: true });
  }
  return {
    get: (key) => values[key],
    set(key, value) {
      if (JSON.stringify(values[key]) === JSON.stringify(value)) return;
      values[key] = value;
      changed.add(key);
    },
    save_changes() {
      const sent = SHARED.filter((key) => changed.has(key)).map((key) => [key, values[key]]);
      changed.clear();
      if (isLinked && sent.length) post({ values: Object.fromEntries(sent) });
    },
    on: (event, action) => { (heard[event] ||= []).push(action); },
  };
}

/** The notebook's side: passes on what a page of this model and Python say. Runs without a view. */
function initialize({ model }) {
  const link = LINK + model.get("link"), pages = new Set();
  const values = () => Object.fromEntries(SHARED.map((key) => [key, model.get(key)]));
  const tell = (page) => page.postMessage({ link, from: "notebook", values: values() }, "*");
  let speaks = null;
  const hear = ({ source, data }) => {
    if (data?.link !== link || data.from !== "page" || !source) return;
    pages.add(source);
    if (data.asks) tell(source);
    speaks = source;
    // One value at a time: not every notebook takes several.
    for (const [key, value] of Object.entries(data.values || {})) if (SHARED.includes(key)) model.set(key, value);
    speaks = null;
    if (data.values) model.save_changes();
  };
  // Who speaks is not told: it may be further by now.
  const changed = () => {
    for (const page of pages) {
      if (page.closed) pages.delete(page);
      else if (page !== speaks) tell(page);
    }
  };
  addEventListener("message", hear);
  for (const key of SHARED) model.on(`change:${key}`, changed);
  return () => {
    removeEventListener("message", hear);
    for (const key of SHARED) model.off(`change:${key}`, changed);
  };
}

/** A view of its own, for boxes of other widgets: asks Python for the frame, which it does not hold. */
function render({ model, el }) {
  const take = ({ frame }) => {
    const page = document.createElement("iframe");
    for (const [key, value] of Object.entries(frame || {})) page.setAttribute(key, value);
    if (frame) el.replaceChildren(page);
  };
  model.on("msg:custom", take);
  model.send({ asks: "frame" });
  return () => model.off("msg:custom", take);
}

export default { initialize, render };
