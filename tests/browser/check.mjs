// Opens every page of a report folder in a real browser: accessibility (axe-core), reflow, text spacing, zoom, print,
// folding, links, and the promise that nothing is asked of the network. Usage: node check.mjs MAP
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { start } from "./browser.mjs";
import { look, VIEWS } from "./look.mjs";

const folder = resolve(process.argv[2] ?? "");
if (!process.argv[2] || !existsSync(folder)) {
  console.error("gebruik: node check.mjs MAP-VAN-HET-RAPPORT");
  process.exit(2);
}
const browser = await start();
const { pages, faults } = await look(browser, folder).finally(() => browser.close());
if (faults.length > 0) {
  console.error(`${faults.length} gebreken in ${folder}\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
console.log(`in orde: ${pages.length} pagina's, elk in ${VIEWS.length} vormen en afgedrukt (${folder})`);
