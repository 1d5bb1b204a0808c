// Shows what the server says of the file; asks again whenever the server tells of something new.
"use strict";

(() => {
  const part = (id) => document.getElementById(id);
  const pane = part("picture");
  const POINT = 96 / 72;
  const STEP = 1.25;
  let shown = { number: 0, picture: 0, foundHtml: "" };
  const READABLE = 0.5;
  let zoom; // null: as wide as there is room; undefined: no picture yet
  let events = null;
  let asking = false;
  let askAgain = false;

  // Text only: nothing of a file ever becomes markup here.
  const element = (tag, kind, text) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const say = (id, text) => {
    if (part(id).textContent !== text) part(id).textContent = text;
  };
  const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("en-GB");
  const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

  const fault = (each) => {
    const made = element("li", "fault");
    if (each.place || each.code) {
      const head = element("p");
      if (each.place) head.append(element("span", "place", each.place), " ");
      if (each.code) head.append(element("span", "code", `[${each.code}]`));
      made.append(head);
    }
    made.append(element("p", "message", each.message));
    if (each.hint) made.append(element("p", "hint", each.hint));
    if (each.number) {
      const number = `${each.number} | `;
      const box = element("pre");
      box.tabIndex = 0;
      const caret = element("span", "caret", `${" ".repeat(number.length)}${each.caret}`);
      caret.setAttribute("aria-hidden", "true");
      box.append(element("span", "number", number), `${each.line}\n`, caret);
      made.append(box);
    }
    return made;
  };

  const scrollToCaret = (box) => {
    const end = box.lastElementChild.offsetWidth;
    if (end > 0.8 * box.clientWidth) box.scrollLeft = end - box.clientWidth / 2;
  };

  const showFaults = (state) => {
    const all = state.faults.length + state.more_faults;
    part("faults").hidden = all === 0;
    document.body.classList.toggle("is-faulty", all > 0);
    say("faults-heading", count(all, "error"));
    part("fault-list").replaceChildren(...state.faults.map(fault));
    part("more-faults").hidden = state.more_faults === 0;
    part("fault-list").querySelectorAll("pre").forEach(scrollToCaret);
    say("more-faults", `and ${state.more_faults} more`);
    part("old").hidden = all === 0 || !state.picture;
    say("old", `Picture of ${clock(state.picture_saved)}: the file has had errors since`);
  };

  const statusOf = (state) => {
    const all = state.faults.length + state.more_faults;
    if (!state.kind) return "Reading the file ...";
    if (all) return `saved ${clock(state.saved)}, ${count(all, "error")}`;
    const took = Math.max(state.seconds, 0.01);
    return `saved ${clock(state.saved)}, drawn in ${took.toFixed(took < 0.095 ? 2 : 1)} s`;
  };

  const verdictOf = (check) => {
    if (check.state === "running") return "checking ...";
    if (check.state === "waiting") return "It waits for a file without errors.";
    if (check.verdict === "passes") return `It passes: ${check.words}.`;
    if (check.verdict === "fails") return `It does not pass: ${check.words}.`;
    return `It was not checked: ${check.words}.`;
  };

  const showCheck = (check) => {
    const box = part("check");
    box.hidden = check.state === "off";
    document.querySelector("main").classList.toggle("is-alone", box.hidden && part("faults").hidden);
    const done = check.state === "done";
    box.classList.toggle("is-old", !done);
    box.setAttribute("aria-busy", String(check.state === "running"));
    for (const each of ["passes", "fails", "not-done"]) {
      box.classList.toggle(each, done && check.verdict.replace(" ", "-") === each);
    }
    say("verdict", verdictOf(check));
    if (!done) return;
    part("check-faults").replaceChildren(...check.faults.map(fault));
    part("check-faults").querySelectorAll("pre").forEach(scrollToCaret);
    if (check.html === shown.foundHtml) return;
    shown.foundHtml = check.html;
    const open = new Set([...part("found").querySelectorAll("details[open] > summary")].map((each) => each.textContent));
    const at = box.scrollTop;
    part("found").innerHTML = check.html; // made and escaped by the server, and no script runs in it
    for (const each of part("found").querySelectorAll("details > summary")) {
      if (open.has(each.textContent)) each.parentElement.open = true;
    }
    box.scrollTop = at;
  };

  // The picture, its size, and where it is scrolled to.

  const resize = () => {
    const svg = pane.querySelector(":scope > svg");
    if (!svg) return;
    const isFirst = zoom === undefined;
    const width = parseFloat(svg.dataset.width) * POINT;
    const style = getComputedStyle(pane);
    const room = pane.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const fitting = Math.min(1, room / width);
    // A picture begins so large that it can be read, whatever the room.
    if (isFirst) zoom = fitting < READABLE ? READABLE : null;
    const factor = zoom === null ? fitting : zoom;
    svg.style.width = `${width * factor}px`;
    svg.style.height = "auto";
    say("size", `${Math.round(factor * 100)} %`);
    part("fit").setAttribute("aria-pressed", String(zoom === null));
    if (isFirst) pane.scrollLeft = (pane.scrollWidth - pane.clientWidth) / 2;
  };

  const factorNow = () => parseInt(part("size").textContent, 10) / 100;

  const setZoom = (wanted) => {
    const middle = (size, at, whole) => (at + size / 2) / Math.max(whole, 1);
    const across = middle(pane.clientWidth, pane.scrollLeft, pane.scrollWidth);
    const down = middle(pane.clientHeight, pane.scrollTop, pane.scrollHeight);
    zoom = wanted === null ? null : Math.min(4, Math.max(0.1, wanted));
    resize();
    pane.scrollLeft = across * pane.scrollWidth - pane.clientWidth / 2;
    pane.scrollTop = down * pane.scrollHeight - pane.clientHeight / 2;
  };

  const showPicture = (text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (svg.localName !== "svg") return;
    svg.dataset.width = parseFloat(svg.getAttribute("width"));
    const [left, top, isFirst] = [pane.scrollLeft, pane.scrollTop, zoom === undefined];
    pane.replaceChildren(document.adoptNode(svg));
    resize();
    if (!isFirst) pane.scrollTo(left, top);
  };

  // What the server says.

  const show = (state, picture) => {
    if (picture !== null) {
      showPicture(picture);
      shown.picture = state.picture;
    }
    showFaults(state);
    showCheck(state.check);
    resize();
    const all = state.faults.length + state.more_faults;
    document.title = (all ? `(${count(all, "error")}) ` : "") + state.name;
    say("drawing-heading", state.title || "Picture");
    if (!state.busy) say("status", statusOf(state));
    shown.number = state.number;
  };

  const ask = async () => {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      do {
        askAgain = false;
        const state = await (await fetch("/state")).json();
        const isNew = state.picture !== shown.picture && state.picture > 0;
        show(state, isNew ? await (await fetch("/picture")).text() : null);
      } while (askAgain);
    } catch {
      say("status", "The preview has ended: start it again, and this page goes on.");
    } finally {
      asking = false;
    }
  };

  // A browser keeps few connections to one server: only tabs that are seen hold one.
  const connect = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("/events");
      events.onopen = () => {
        shown.picture = -1; // it may be another run of the server, which counts anew
      };
      events.onmessage = ask;
      events.onerror = () => {
        say("status", "The preview has ended: start it again, and this page goes on.");
        if (events.readyState === EventSource.CLOSED) {
          events = null;
          setTimeout(connect, 1000);
        }
      };
    }
  };

  part("smaller").addEventListener("click", () => setZoom(factorNow() / STEP));
  part("larger").addEventListener("click", () => setZoom(factorNow() * STEP));
  part("fit").addEventListener("click", () => setZoom(null));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") setZoom(factorNow() * STEP);
    else if (event.key === "-") setZoom(factorNow() / STEP);
    else if (event.key === "0") setZoom(null);
  });
  document.addEventListener("visibilitychange", connect);
  new ResizeObserver(resize).observe(pane);
  connect();
})();
