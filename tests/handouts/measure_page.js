// Measures the page in each frame as the browser shows it, and writes what it finds as JSON.
function numbers(colour) {
  return colour.match(/[\d.]+/g).map(Number);
}

function luminance([red, green, blue]) {
  const part = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function behind(view, element) {
  for (let here = element; here; here = here.parentElement) {
    const colour = numbers(view.getComputedStyle(here).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
}

function texts(page) {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.textContent.trim() && !element.closest("svg, .skip")) found.push(element);
  }
  return found;
}

function measure(frame) {
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  page.querySelectorAll("details").forEach((each) => (each.open = true));
  const width = page.documentElement.clientWidth;
  const inside = Array.from(page.body.querySelectorAll("*")).filter(
    (each) => !each.closest("svg svg, .skip, thead") && !(each.ownerSVGElement),
  );
  const beyond = inside
    .filter((each) => each.getClientRects().length)
    .filter((each) => each.getBoundingClientRect().right > width + 0.5 || each.getBoundingClientRect().left < -0.5)
    .map((each) => each.outerHTML.slice(0, 80));
  const shown = texts(page);
  const contrasts = shown.map((each) => [
    contrast(numbers(view.getComputedStyle(each).color), behind(view, each)),
    each.textContent.slice(0, 40),
  ]);
  const sizes = shown.map((each) => parseFloat(view.getComputedStyle(each).fontSize));
  return {
    width,
    scroll: page.documentElement.scrollWidth,
    beyond,
    texts: shown.length,
    contrast: contrasts.sort((a, b) => a[0] - b[0])[0],
    smallest: Math.min(...sizes),
    background: view.getComputedStyle(page.body).backgroundColor,
  };
}

addEventListener("load", () => {
  const out = document.createElement("pre");
  out.id = "report";
  out.textContent = JSON.stringify(Array.from(document.querySelectorAll("iframe"), measure));
  document.body.replaceChildren(out);
});
