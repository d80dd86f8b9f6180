// Opens every page of a report folder in a real browser: accessibility (axe-core), reflow, print,
// links, and the promise that nothing is asked of the network. Usage: node check.mjs MAP
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const VIEWS = [
  { name: "1280 px", width: 1280, height: 900, media: "screen" },
  { name: "320 px", width: 320, height: 640, media: "screen" },
  { name: "print", width: 794, height: 1123, media: "print" },
  { name: "forced colors", width: 1280, height: 900, media: "screen", forcedColors: "active" },
];

const folder = resolve(process.argv[2] ?? "");
if (!process.argv[2] || !existsSync(folder)) {
  console.error("gebruik: node check.mjs MAP-VAN-HET-RAPPORT");
  process.exit(2);
}
if (!existsSync(BROWSER)) {
  console.error(`geen browser op ${BROWSER}; installeer chromium (Debian: apt-get install chromium) of zet CHROMIUM`);
  process.exit(2);
}
const { chromium } = await import("playwright-core");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
const faults = [];
const fault = (page, view, text) => faults.push(`${page} · ${view} · ${text}`);
if (pages.length === 0) fault(folder, "map", "geen enkele pagina (.html) gevonden");

const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
try {
  for (const name of pages) {
    for (const view of VIEWS) await check(name, view);
  }
} finally {
  await browser.close();
}

/** One page in one view. */
async function check(name, view) {
  const file = join(folder, name);
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    forcedColors: view.forcedColors ?? "none",
    // The page forbids script; the checks themselves need it.
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url() !== address) fault(name, view.name, `vraagt iets op: ${request.url().slice(0, 120)}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") fault(name, view.name, `melding van de browser: ${message.text()}`);
  });
  await page.emulateMedia({ media: view.media, forcedColors: view.forcedColors ?? "none" });
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await noSidewaysScroll(page, name, view);
  await violations(page, name, view);
  if (view === VIEWS[0]) {
    await links(page, name, file);
    await structure(page, name, view);
    await keyboard(page, name, view);
  }
  await context.close();
}

/** The page itself never scrolls sideways; a wide table scrolls in its own region. */
async function noSidewaysScroll(page, name, view) {
  if (view.media === "print") return;
  const { over, culprits } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const over = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width;
    const inside = (element) => element.closest(".schuif, .beeld");
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => !inside(element) && element.getBoundingClientRect().right > width + 1,
    );
    const label = (element) => `${element.tagName.toLowerCase()}.${element.className || "-"}`;
    return { over, culprits: wide.slice(0, 3).map(label) };
  });
  if (over > 0 || culprits.length > 0) {
    fault(name, view.name, `schuift zijwaarts, ${over} px te breed: ${culprits.join(", ")}`);
  }
}

/** Every rule of axe-core for WCAG 2.0 to 2.2 A and AA, and its best practices. */
async function violations(page, name, view) {
  await page.evaluate(axe);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: values }), tags);
  for (const rule of found.violations) {
    const place = rule.nodes[0].target.join(" ");
    fault(name, view.name, `axe ${rule.id} (${rule.nodes.length}×): ${rule.help} · ${place}`);
  }
}

/** Links inside the page lead to an element, relative links to a file, and none leaves the folder. */
async function links(page, name, file) {
  const hrefs = await page.evaluate(() => [...document.querySelectorAll("[href]")].map((a) => a.getAttribute("href")));
  for (const href of hrefs) {
    if (/^[a-z]+:/i.test(href)) {
      fault(name, "links", `wijst naar buiten: ${href}`);
    } else if (href.startsWith("#")) {
      const there = await page.evaluate((id) => document.getElementById(id) !== null, href.slice(1));
      if (!there) fault(name, "links", `wijst nergens naar: ${href}`);
    } else {
      const [path, anchor] = decodeURI(href).split("#");
      const target = resolve(dirname(file), path);
      if (!target.startsWith(folder) || !existsSync(target)) {
        fault(name, "links", `bestand bestaat niet: ${href}`);
      } else if (anchor && !readFileSync(target, "utf8").includes(`id="${anchor}"`)) {
        fault(name, "links", `anker bestaat niet: ${href}`);
      }
    }
  }
}

/** What axe does not look at: captions, row headings, text alternatives that say something, unique ids. */
async function structure(page, name, view) {
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
  for (const text of new Set(wrong)) fault(name, view.name, text);
}

/** The first Tab shows the skip link, and everything that takes focus shows that it has it. */
async function keyboard(page, name, view) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute("href"), seen: box.left >= 0 && box.top >= 0 };
  });
  if (!first.href?.startsWith("#") || !first.seen) fault(name, view.name, "de eerste Tab toont geen sprong naar de inhoud");
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
    if (bare) return fault(name, view.name, `focus is niet te zien: ${bare}`);
  }
}

if (faults.length > 0) {
  console.error(`${faults.length} gebreken in ${folder}\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
console.log(`in orde: ${pages.length} pagina's, elk in ${VIEWS.length} vormen (${fileURLToPath(pathToFileURL(folder))})`);
