// Measures every picture of the page as the browser draws it, and writes what is wrong as JSON.
const SLACK = 1;
const report = { pictures: 0, texts: 0, shapes: 0, wrong: [], widths: {}, fonts: [], ids: 0 };

function place(svg, element) {
  const toPicture = svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
  return (x, y) => new DOMPoint(x, y).matrixTransform(toPicture);
}

function around(svg, element) {
  const box = element.getBBox();
  const put = place(svg, element);
  const a = put(box.x, box.y);
  const b = put(box.x + box.width, box.y + box.height);
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}

function letters(svg, text) {
  // Real width; from the highest letters to the lowest.
  const box = text.getBBox();
  const put = place(svg, text);
  const size = parseFloat(text.getAttribute("font-size"));
  const base = parseFloat(text.getAttribute("y"));
  const a = put(box.x, base - 0.73 * size);
  const b = put(box.x + box.width, base + 0.21 * size);
  return { left: a.x, top: a.y, right: b.x, bottom: b.y };
}

function corners(box) {
  return [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]];
}

function isInPolygon(svg, polygon, x, y) {
  const put = place(svg, polygon);
  const points = Array.from(polygon.points, (p) => put(p.x, p.y));
  return points.every((a, i) => {
    const b = points[(i + 1) % points.length];
    const side = (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
    return side / Math.hypot(b.x - a.x, b.y - a.y) >= -SLACK;
  });
}

function isInBox(box, x, y) {
  return x >= box.left - SLACK && x <= box.right + SLACK && y >= box.top - SLACK && y <= box.bottom + SLACK;
}

function shapeOf(group) {
  return Array.from(group.children).find((each) => ["rect", "polygon"].includes(each.localName));
}

function check(svg) {
  const view = svg.viewBox.baseVal;
  const page = { left: 0, top: 0, right: view.width, bottom: view.height };
  const say = (what) => report.wrong.push(`${svg.id}: ${what}`);
  report.pictures += 1;
  for (const text of svg.querySelectorAll("text")) {
    report.texts += 1;
    const box = letters(svg, text);
    const shape = shapeOf(text.parentNode);
    for (const [x, y] of corners(box)) {
      if (!isInBox(page, x, y)) say(`'${text.textContent}' leaves the page`);
      if (!shape) continue;
      const fits =
        shape.localName === "polygon"
          ? isInPolygon(svg, shape, x, y)
          : isInBox(around(svg, shape), x, y);
      if (!fits) say(`'${text.textContent}' leaves its ${text.parentNode.getAttribute("class")}`);
    }
    const key = [text.getAttribute("font-weight") || "normal", text.getAttribute("font-size"), text.textContent];
    report.widths[JSON.stringify(key)] = text.getBBox().width;
  }
  for (const shape of svg.querySelectorAll("rect, polygon, path")) {
    report.shapes += 1;
    for (const [x, y] of corners(around(svg, shape))) {
      if (!isInBox(page, x, y)) say(`a ${shape.localName} leaves the page`);
    }
  }
  const solid = Array.from(svg.querySelectorAll("g.card, g.oval, g.label, g.alarm, g.row"));
  const boxes = solid.map((group) => around(svg, shapeOf(group)));
  for (let i = 0; i < boxes.length; i += 1) {
    for (let j = i + 1; j < boxes.length; j += 1) {
      const across = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
      const down = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
      if (across > SLACK && down > SLACK) say(`${solid[i].id} lies on ${solid[j].id}`);
    }
  }
}

async function main() {
  await Promise.all(Array.from(document.fonts, (face) => face.load()));
  await document.fonts.ready;
  report.fonts = Array.from(document.fonts, (face) => `${face.family} ${face.weight} ${face.status}`);
  document.querySelectorAll("svg").forEach(check);
  const ids = Array.from(document.querySelectorAll("svg [id], svg[id]"), (each) => each.id);
  report.ids = ids.length - new Set(ids).size;
  const background = document.querySelector("svg .background");
  const title = document.querySelector("svg g.card text.text");
  report.background = background && getComputedStyle(background).fill;
  report.title = title && getComputedStyle(title).fill;
}

main()
  .catch((error) => report.wrong.push(`the script failed: ${error}`))
  .finally(() => {
    const out = document.createElement("pre");
    out.id = "report";
    out.textContent = JSON.stringify(report);
    document.body.replaceChildren(out);
  });
