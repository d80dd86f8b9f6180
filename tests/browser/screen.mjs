// What a reader on a screen must be able to do: read without scrolling sideways, unfold, follow links, use the keyboard.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, relative, resolve } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The text spacing of WCAG 1.4.12. */
export const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; } svg text { letter-spacing: normal !important; word-spacing: normal !important; }`;

/** The page itself never scrolls sideways; a wide table scrolls in its own region. On paper nothing can scroll. */
export async function noSidewaysScroll(page, fault) {
  const { over, culprits } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const over = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width;
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const region = (element) => element && (scrolls(element) || region(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !element.closest("svg svg, svg > *")
        && !region(element.parentElement),
    );
    const label = (element) => `${element.tagName.toLowerCase()} ${element.id || element.textContent.trim().slice(0, 30)}`;
    return { over, culprits: wide.slice(0, 3).map(label) };
  });
  if (over > 0 || culprits.length > 0) fault(`te breed, ${over} px schuift zijwaarts: ${culprits.join(", ")}`);
}

/** No text is cut off by the box it stands in, and none sticks out of its drawing. */
export async function textFits(page, fault) {
  const cut = await page.evaluate(() => {
    const list = [];
    const label = (element) => element.textContent.trim().slice(0, 40);
    for (const element of document.body.querySelectorAll("*:not(svg *)")) {
      const style = getComputedStyle(element);
      const hides = [style.overflowX, style.overflowY].some((value) => ["hidden", "clip"].includes(value));
      if (!hides || element.tagName === "svg" || element.classList.contains("vh")) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        list.push(`tekst valt weg: ${label(element)}`);
      }
    }
    for (const svg of document.querySelectorAll("svg")) {
      const box = svg.getBoundingClientRect();
      if (box.width === 0) continue;
      for (const text of svg.querySelectorAll("text")) {
        const own = text.getBoundingClientRect();
        const outside = own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 1 || own.bottom > box.bottom + 1;
        if (outside && own.width > 0) list.push(`tekst valt buiten zijn figuur: ${label(text)}`);
      }
    }
    return [...new Set(list)].slice(0, 10);
  });
  for (const text of cut) fault(text);
}

/** Every rule of axe-core for WCAG 2.0 to 2.2 A and AA, and its best practices. */
export async function violations(page, fault) {
  await page.evaluate(AXE);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate(async (values) => {
    // What passes is not read: of a long report that is most of the work.
    const { violations } = await window.axe.run(document, { runOnly: values, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => ({ id, help, n: nodes.length, place: nodes[0].target.join(" ") }));
  }, tags);
  for (const { id, help, n, place } of found) fault(`axe ${id} (${n}×): ${help} · ${place}`);
}

/** Every block that folds opens and closes by Enter, by the space bar and by a click, and shows something then. */
export async function detailsOpen(page, fault) {
  const blocks = await page.$$("details");
  for (const details of blocks) {
    const name = await details.evaluate((element) => element.querySelector("summary")?.textContent.trim());
    const summary = await details.$("summary");
    if (!summary || !name) {
      fault("een blok dat openklapt heeft geen opschrift");
      continue;
    }
    const isOpen = () => details.evaluate((element) => element.open);
    await details.evaluate((element) => (element.open = false));
    const ways = [
      ["Enter", () => page.keyboard.press("Enter")],
      ["de spatiebalk", () => page.keyboard.press("Space")],
      ["een klik", () => summary.click({ force: true, timeout: 5000 })],
    ];
    await summary.focus();
    let expected = true;
    for (const [way, act] of ways) {
      await act();
      if ((await isOpen()) !== expected) fault(`${name}: reageert niet op ${way}`);
      expected = !expected;
    }
    const shown = await details.evaluate((element) => element.getBoundingClientRect().height);
    await details.evaluate((element) => (element.open = false));
    const folded = await details.evaluate((element) => element.getBoundingClientRect().height);
    if (shown <= folded + 10) fault(`${name}: laat open niets zien`);
  }
}

/** Links inside the page lead to an element, relative links to a file, and none leaves the folder. */
export async function links(page, file, folder, fault) {
  const hrefs = await page.evaluate(() => [...document.querySelectorAll("[href]")].map((a) => a.getAttribute("href")));
  for (const href of new Set(hrefs)) {
    if (/^[a-z]+:/i.test(href)) {
      fault(`wijst naar buiten: ${href}`);
    } else if (href.startsWith("#")) {
      const there = await page.evaluate((id) => document.getElementById(id) !== null, href.slice(1));
      if (!there) fault(`wijst nergens naar: ${href}`);
    } else {
      const [path, anchor] = decodeURI(href).split("#");
      const target = resolve(dirname(file), path);
      if (relative(folder, target).startsWith("..") || !existsSync(target)) {
        fault(`bestand bestaat niet: ${href}`);
      } else if (anchor && !readFileSync(target, "utf8").includes(`id="${anchor}"`)) {
        fault(`anker bestaat niet: ${href}`);
      }
    }
  }
}

/** What axe does not look at: captions, row headings, text alternatives that say something, unique ids. */
export async function structure(page, fault) {
  const wrong = await page.evaluate(() => {
    const list = [];
    const all = (selector) => [...document.querySelectorAll(selector)];
    const label = (element) => element.id || element.textContent.trim().slice(0, 40);
    for (const table of all("table")) {
      if (!table.caption?.textContent.trim()) list.push(`tabel zonder bijschrift: ${label(table)}`);
      for (const row of table.tBodies[0]?.rows ?? []) {
        if (row.querySelectorAll("th[scope=row]").length !== 1) list.push(`rij zonder kop: ${label(table)}`);
        for (const cell of row.cells) if (!cell.textContent.trim()) list.push(`cel zonder tekst: ${label(table)}`);
      }
    }
    for (const svg of all("svg")) {
      const desc = svg.querySelector("desc")?.textContent.trim() ?? "";
      if (svg.getAttribute("role") !== "img" || desc.length < 20) list.push(`figuur zonder beschrijving: ${label(svg)}`);
      if (!svg.closest("figure")?.querySelector("details table")) list.push(`figuur zonder tabel: ${label(svg)}`);
    }
    const ids = all("[id]").map((element) => element.id);
    for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) list.push(`id komt twee keer voor: ${id}`);
    if (document.scripts.length > 0) list.push("pagina bevat script");
    if (!document.querySelector(".banner")?.textContent.trim()) list.push("geen regel die zegt voor wie dit is");
    return list;
  });
  for (const text of new Set(wrong)) fault(text);
}

/** The first Tab shows the skip link, and everything that takes focus shows that it has it. */
export async function keyboard(page, fault) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute("href"), seen: box.left >= 0 && box.top >= 0 };
  });
  if (!first.href?.startsWith("#") || !first.seen) fault("de eerste Tab toont geen sprong naar de inhoud");
  const stops = await page.evaluate(
    () => [...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter((e) => e.checkVisibility()).length,
  );
  for (let n = 1; n < stops; n += 1) {
    await page.keyboard.press("Tab");
    const bare = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const visible = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return visible ? null : `${element.tagName.toLowerCase()} ${element.id || element.textContent.trim().slice(0, 40)}`;
    });
    if (bare) return fault(`focus is niet te zien: ${bare}`);
  }
}
