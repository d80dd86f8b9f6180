// The pictures of the manual, from the example report. Usage: node beelden.mjs MAP-VAN-HET-RAPPORT UIT
// Pages through the browser, workbooks through LibreOffice and pdftoppm.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { start } from "./browser.mjs";

const [folder, out] = process.argv.slice(2).map((path) => resolve(path));

/** File, the picture it becomes, and what of the page is in it: from the top, or from an element on. */
const PAGES = [
  { page: "LEESMIJ.html", name: "leesmij", width: 860, height: 900 },
  { page: "rapport.html", name: "eerste-pagina", width: 860, height: 1000, from: "#in-het-kort" },
  { page: "gemeenten/9906_dorpsveld.html", name: "editie", width: 860, height: 900, from: "#uw-gemeente" },
];

/** Workbook, words on the page of its print that is shown, dots per inch, and the part in pixels: left, top, width, height. */
const BOOKS = [
  { book: "afkeur/per-aanbieder/99000101.xlsx", name: "retour", words: ["Herkomst"], dpi: 190, part: [125, 80, 1380, 175] },
  { book: "rapport.xlsx", name: "werkmap", words: ["Kosten van maatwerk per gemeente, euro", "Naar inhoud"], dpi: 90, part: [0, 0, 1060, 440] },
];

const browser = await start();
for (const { page, name, width, height, from } of PAGES) {
  const tab = await browser.newPage({ viewport: { width, height } });
  await tab.goto(pathToFileURL(join(folder, page)).href);
  if (from) await tab.locator(from).first().evaluate((element) => element.scrollIntoView());
  await tab.screenshot({ path: join(out, `${name}.png`) });
  await tab.close();
}
await browser.close();

const work = mkdtempSync(join(tmpdir(), "maatstaf-beelden-"));
// A Dutch reader sees 35.534,56.
const env = { ...process.env, LC_ALL: "nl_NL.UTF-8" };
const run = (program, ...words) => execFileSync(program, words, { env, stdio: ["ignore", "pipe", "ignore"] }).toString();
for (const { book, name, words, dpi, part } of BOOKS) {
  run("soffice", "--headless", "--convert-to", "pdf", "--outdir", work, join(folder, book));
  const print = join(work, basename(book).replace(".xlsx", ".pdf"));
  const pages = run("pdftotext", "-layout", print, "-").split("\f");
  const pictured = pages.findIndex((text, at) => at > 0 && words.every((word) => text.includes(word))) + 1;
  if (pictured === 0) throw new Error(`${book}: geen bladzijde met ${words.join(", ")}`);
  const [x, y, w, h] = part.map(String);
  const place = ["-f", String(pictured), "-l", String(pictured), "-x", x, "-y", y, "-W", w, "-H", h];
  run("pdftoppm", "-png", "-singlefile", "-r", String(dpi), ...place, print, join(out, name));
}
rmSync(work, { recursive: true });
