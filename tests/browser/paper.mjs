// The printed pages: what belongs together stands on one page, nothing runs off it, and each says for whom it is.
import { execFileSync } from "node:child_process";

/** Points between the edge of the paper and anything printed. */
const EDGE = 20;

/** Marks the begin and end of what must stay together, prints, and looks up on which page every mark came out. */
export async function paper(page, fault) {
  const wanted = await page.evaluate(marks);
  const pages = pagesOf(await print(page), "-raw");
  const pageOf = new Map();
  pages.forEach((text, at) => {
    for (const [mark] of text.matchAll(/Q\d+[ab]Q/g)) pageOf.set(mark, at + 1);
  });
  for (const { n, what } of wanted) {
    const [from, to] = [pageOf.get(`Q${n}aQ`), pageOf.get(`Q${n}bQ`)];
    if (from === undefined || to === undefined) fault(`${what}: komt niet op papier`);
    else if (from !== to) fault(`${what}: begint op bladzijde ${from} en gaat door op ${to}`);
  }
}

/** Runs in the page. Marks are so small that nothing moves. */
function marks() {
  const wanted = [];
  const label = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 50);
  const mark = (text) => {
    const span = document.createElement("span");
    span.style.cssText = "font-size:1px;line-height:1px;letter-spacing:0;color:#000";
    span.textContent = text;
    return span;
  };
  const together = (first, last, what) => {
    const n = wanted.push({ n: wanted.length, what }) - 1;
    first.prepend(mark(`Q${n}aQ`));
    last.append(mark(`Q${n}bQ`));
  };
  const seen = (element) => element?.getClientRects().length > 0;
  /** The first element after this one that holds text of its own. */
  const next = (element) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
    walker.currentNode = element;
    while (walker.nextNode()) {
      const found = walker.currentNode;
      if (element.contains(found) || found.closest("details, svg, .scherm, .vh")) continue;
      const own = [...found.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (own && seen(found)) return found;
    }
    return null;
  };
  for (const heading of document.querySelectorAll("h2, h3")) {
    const after = next(heading);
    if (seen(heading) && after) together(heading, after, `kop “${label(heading)}” met wat erop volgt`);
  }
  for (const figure of document.querySelectorAll("figure")) {
    const caption = figure.querySelector("figcaption");
    const above = document.createElementNS("http://www.w3.org/2000/svg", "text");
    const { x, y, height } = figure.querySelector("svg").viewBox.baseVal;
    above.setAttribute("x", x + height / 100);
    above.setAttribute("y", y + height / 100);
    above.setAttribute("font-size", height / 200);
    above.textContent = `Q${wanted.length}aQ`;
    figure.querySelector("svg").append(above);
    caption.append(mark(`Q${wanted.length}bQ`));
    wanted.push({ n: wanted.length, what: `figuur “${label(caption)}”` });
  }
  for (const table of document.querySelectorAll("table")) {
    const row = table.tBodies[0]?.rows[0];
    if (table.closest("details") || !row) continue;
    together(table.caption.firstElementChild ?? table.caption, row.cells[0], `tabel “${label(table.caption)}” met haar eerste rij`);
  }
  for (const row of document.querySelectorAll("tbody tr")) {
    if (row.closest("details")) continue;
    together(row.cells[0], row.cells[row.cells.length - 1], `rij “${label(row)}”`);
  }
  return wanted;
}

/** The text of every printed page. */
function pagesOf(pdf, order) {
  return pdftotext(pdf, order).split("\f").slice(0, -1);
}

function pdftotext(pdf, how) {
  return execFileSync("pdftotext", [how, "-", "-"], { input: pdf, maxBuffer: 1 << 28 }).toString();
}

function print(page) {
  return page.pdf({ preferCSSPageSize: true });
}

/** Every page says for whom it is and which it is, and no word lies outside the margins. */
export async function headAndFoot(page, fault) {
  const banner = await page.evaluate(() => document.querySelector(".banner")?.textContent.trim());
  const pdf = await print(page);
  const pages = pagesOf(pdf, "-layout");
  const plain = (text) => text.replace(/\s+/g, " ");
  pages.forEach((text, at) => {
    if (!banner || !plain(text).includes(plain(banner))) fault(`bladzijde ${at + 1} zegt niet voor wie zij is`);
    if (!plain(text).includes(`${at + 1} van ${pages.length}`)) fault(`bladzijde ${at + 1} heeft geen nummer`);
  });
  const boxes = pdftotext(pdf, "-bbox");
  boxes.split("<page ").slice(1).forEach((part, at) => {
    const width = Number(/width="([\d.]+)"/.exec(part)[1]);
    for (const [, left, right, word] of part.matchAll(/<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"[^>]*>([^<]*)</g)) {
      if (Number(left) < EDGE || Number(right) > width - EDGE) fault(`bladzijde ${at + 1}: “${word}” loopt van het papier`);
    }
  });
}
