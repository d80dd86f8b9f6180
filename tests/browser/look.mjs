// Every check on every page of a folder.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { headAndFoot, paper } from "./paper.mjs";
import {
  detailsOpen, keyboard, links, noSidewaysScroll, SPACING, structure, textFits, violations,
} from "./screen.mjs";

export const VIEWS = [
  { name: "1280 px", width: 1280, height: 900 },
  { name: "320 px", width: 320, height: 640 },
  // 1280 px at 400% leaves room for so many letters, drawn four times as large.
  { name: "400% vergroot", width: 320, height: 225, scale: 4 },
  { name: "ruime letters, 1280 px", width: 1280, height: 900, style: SPACING },
  { name: "ruime letters, 320 px", width: 320, height: 640, style: SPACING },
  // A4 without its margins, at 96 dots per inch.
  { name: "papier", width: 650, height: 975, media: "print" },
  { name: "geforceerde kleuren", width: 1280, height: 900, forcedColors: "active" },
];

/** Pages of the folder by name, and what is wrong with them: `page · view · what`. */
export async function look(browser, folder) {
  const pages = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".html")).sort();
  const faults = new Set();
  if (pages.length === 0) faults.add(`${folder} · geen enkele pagina (.html) gevonden`);
  for (const name of pages) {
    const at = { browser, folder, name, faults };
    for (const view of VIEWS) await check(at, view);
    await printed(at);
  }
  return { pages, faults: [...faults] };
}

/** One page in one view, folded and unfolded. */
async function check(at, view) {
  const fault = (text) => at.faults.add(`${at.name} · ${view.name} · ${text}`);
  const { context, page } = await open(at, view, fault);
  if (view === VIEWS[0]) await detailsOpen(page, fault);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await noSidewaysScroll(page, fault);
  await textFits(page, fault);
  if (!view.style && !view.scale) await violations(page, fault);
  if (view === VIEWS[0]) {
    await links(page, join(at.folder, at.name), at.folder, fault);
    await structure(page, fault);
    // The keyboard begins where a reader begins: on a page that was not touched yet.
    const fresh = await open(at, view, fault);
    await keyboard(fresh.page, fault);
    await fresh.context.close();
  }
  await context.close();
}

/** The page as it comes out of the printer, folded as a reader finds it. */
async function printed(at) {
  const fault = (text) => at.faults.add(`${at.name} · afgedrukt · ${text}`);
  const { context, page } = await open(at, VIEWS[0], fault);
  await paper(page, fault);
  await context.close();
  const again = await open(at, VIEWS[0], fault);
  await headAndFoot(again.page, fault);
  await again.context.close();
}

async function open({ browser, folder, name }, view, fault) {
  const address = pathToFileURL(join(folder, name)).href;
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    deviceScaleFactor: view.scale ?? 1,
    forcedColors: view.forcedColors ?? "none",
    // The page forbids script; the checks themselves need it.
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url() !== address) fault(`vraagt iets op: ${request.url().slice(0, 120)}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") fault(`melding van de browser: ${message.text()}`);
  });
  await page.emulateMedia({ media: view.media ?? "screen", forcedColors: view.forcedColors ?? "none" });
  await page.goto(address);
  if (view.style) await page.addStyleTag({ content: view.style });
  return { context, page };
}
