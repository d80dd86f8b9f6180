// Proves that the checks can fail: a sound page passes, and every planted fault is named. Usage: node faults.mjs
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "./browser.mjs";
import { look } from "./look.mjs";

const FILLER = "<p>Nog een zin.</p>";

const PAGE = `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body { font: 1rem/1.5 Arial, sans-serif; margin: 0 1rem; } .sprong { position: absolute; left: -999rem; }
.sprong:focus { left: 0; } :focus-visible { outline: 3px solid #154273; } a, summary { padding: .3rem 0; display: inline-block; }
svg { display: block; width: 100%; height: auto; } .schuif { overflow-x: auto; }
@page { size: A4; margin: 20mm; @top-left { content: "INTERN"; } @bottom-right { content: counter(page) " van " counter(pages); } }
@media print { .sprong, details { display: none; } h2, caption { break-after: avoid; } figure, tr { break-inside: avoid; } .schuif { overflow: visible; } }
</style></head><body><a class="sprong" href="#inhoud">Ga naar de inhoud</a><header><p class="banner">INTERN</p></header>
<main id="inhoud" tabindex="-1"><h1>Proef</h1><h2>Een hoofdstuk</h2><p>Tekst met een <a href="ander.txt">bestand</a>.</p>
<figure><svg role="img" aria-label="Een figuur" viewBox="0 0 400 100"><desc>Een rechthoek die niets zegt en dat ook niet hoeft.</desc>
<text x="10" y="50" font-size="20">Tekst in de figuur</text></svg><figcaption>Bijschrift van de figuur</figcaption>
<details><summary>Gegevens</summary><div class="schuif"><table><caption>Getallen</caption><thead><tr><th scope="col">Wat</th><th scope="col">Aantal</th></tr></thead>
<tbody><tr><th scope="row">een</th><td>1</td></tr></tbody></table></div></details></figure><!--hier--></main></body></html>`;

/** What is changed in the page, and what must then be said. */
const FAULTS = [
  ["te breed", "<!--hier-->", '<p style="width:3000px">breed</p>'],
  ["axe color-contrast", "<!--hier-->", '<p style="color:#bbb">bleek</p>'],
  ["axe image-alt", "<!--hier-->", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">'],
  ["vraagt iets op", "<!--hier-->", '<img alt="een beeld" src="elders.png">'],
  ["tekst valt weg", "<!--hier-->", '<p style="height:1.2em;width:9em;overflow:hidden">een lange zin die niet past in zijn regel</p>'],
  ["tekst valt buiten zijn figuur", 'x="10" y="50"', 'x="390" y="50"'],
  ["wijst nergens naar", "<!--hier-->", '<p>Zie <a href="#weg">elders</a>.</p>'],
  ["bestand bestaat niet", "ander.txt", "weg.txt"],
  ["wijst naar buiten", "<!--hier-->", '<p>Zie <a href="https://example.org">elders</a>.</p>'],
  ["tabel zonder bijschrift", "<caption>Getallen</caption>", ""],
  ["rij zonder kop", '<th scope="row">een</th>', "<td>een</td>"],
  ["cel zonder tekst", "<td>1</td>", "<td></td>"],
  ["figuur zonder beschrijving", /<desc>.*<\/desc>/, "<desc>kort</desc>"],
  ["figuur zonder tabel", /<details>[^]*<\/details>/, ""],
  ["id komt twee keer voor", "<!--hier-->", '<p id="een">a</p><p id="een">b</p>'],
  ["pagina bevat script", "<!--hier-->", "<script>1</script>"],
  ["geen regel die zegt voor wie", 'class="banner"', 'class="kop"'],
  ["de eerste Tab toont geen sprong", ".sprong:focus { left: 0; }", ""],
  ["focus is niet te zien", ":focus-visible { outline: 3px solid #154273; }", "* { outline: none !important; }"],
  ["laat open niets zien", /<div class="schuif">[^]*<\/div>/, ""],
  ["reageert niet op een klik", "<details>", '<details style="pointer-events:none">'],
  ["blok dat openklapt heeft geen opschrift", "<summary>Gegevens</summary>", ""],
  ["met wat erop volgt: begint", "<!--hier-->", '<div style="height:225mm"></div><h2 style="break-after:auto">Los</h2><div style="height:40mm;break-inside:avoid"><p>Volgende</p></div>'],
  ["figuur “Bijschrift van de figuur”: begint", "figure, tr { break-inside: avoid; }", "figure { margin-top: 150mm; } figcaption { break-before: page; }"],
  ["met haar eerste rij: begint", "<!--hier-->", `<table><caption style="break-after:page">Los</caption><tbody><tr><th scope="row">een</th><td>1</td></tr></tbody></table>`],
  ["zegt niet voor wie zij is", '@top-left { content: "INTERN"; }', ""],
  ["heeft geen nummer", '@bottom-right { content: counter(page) " van " counter(pages); }', ""],
  ["loopt van het papier", "<!--hier-->", '<p style="position:absolute;left:-19mm">ver</p>'],
];

const folder = mkdtempSync(join(tmpdir(), "maatstaf-fouten-"));
const missed = [];
const name = (n) => `gebrek-${String(n).padStart(2, "0")}.html`;
writeFileSync(join(folder, "ander.txt"), "een bestand");
writeFileSync(join(folder, "goed.html"), PAGE.replace("<!--hier-->", FILLER));
FAULTS.forEach(([expected, from, to], n) => {
  const page = PAGE.replace(from, to);
  if (page === PAGE) missed.push(`niets veranderd voor: ${expected}`);
  writeFileSync(join(folder, name(n)), page.replace("<!--hier-->", FILLER));
});
const browser = await start();
try {
  const { faults } = await look(browser, folder);
  const of = (page) => faults.filter((fault) => fault.startsWith(`${page} · `));
  if (of("goed.html").length > 0) missed.push(`een goede pagina wordt afgekeurd:\n${of("goed.html").join("\n")}`);
  FAULTS.forEach(([expected], n) => {
    const said = of(name(n));
    if (!said.some((fault) => fault.includes(expected))) missed.push(`niet gezien: ${expected}; wel: ${said.join("; ") || "niets"}`);
  });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
if (missed.length > 0) {
  console.error(missed.join("\n"));
  process.exit(1);
}
console.log(`elk van de ${FAULTS.length} gebreken wordt gezien`);
