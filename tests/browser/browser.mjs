// The browser, with the font of the charts, so that text is as wide here as it is for a reader with Arial.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const HERE = dirname(fileURLToPath(import.meta.url));
const FONTS = process.env.LETTERTYPE ?? resolve(HERE, "../../reports/sjabloon/lettertype");

function stop(text) {
  console.error(text);
  process.exit(2);
}

/** A browser, or the end of the program with what is missing. */
export async function start() {
  if (!existsSync(BROWSER)) {
    stop(`geen browser op ${BROWSER}; installeer chromium (Debian: apt-get install chromium) of zet CHROMIUM`);
  }
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
  } catch {
    stop("pdftotext ontbreekt; installeer poppler-utils (Debian: apt-get install poppler-utils)");
  }
  if (!existsSync(FONTS)) stop(`geen lettertype in ${FONTS}; zet LETTERTYPE op de map reports/sjabloon/lettertype`);
  const env = { ...process.env, FONTCONFIG_FILE: fontConfig() };
  return chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"], env });
}

/** Liberation Sans is as wide as Arial, and stands in for it and for Segoe UI. */
function fontConfig() {
  const folder = mkdtempSync(join(tmpdir(), "maatstaf-letters-"));
  const as = (family) =>
    `<alias binding="same"><family>${family}</family><prefer><family>Liberation Sans</family></prefer></alias>`;
  const file = join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${FONTS}</dir>
${as("Arial")}${as("Segoe UI")}<cachedir>${folder}</cachedir></fontconfig>`,
  );
  return file;
}
