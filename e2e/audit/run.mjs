// Holds every page of citizen-pages.mjs to limits.mjs: SIGAP_URL=http://127.0.0.1:8080 node audit/run.mjs [--quick] [NAME …]
// Prints a table, what was found, and `checked N, failed M`; exit code 1 when one failed. --quick leaves out what takes long and needs the
// packages of this folder: the slow line, the W3C's checker, Lighthouse.
import { chromium } from "playwright-core";
import { PAGES } from "../citizen-pages.mjs";
import { World } from "../citizen-world.mjs";
import {
  BYTES_AIMED, BYTES_MAX, LARGEST_PAINT_MS_MAX, LAYOUT_SHIFT_MAX, REQUESTS_MAX, ROUNDS, SCORES, SCORE_MIN,
} from "./limits.mjs";
import { look, lookLarge } from "./look.mjs";
import { checkAll, checkerMissing, markup } from "./markup.mjs";
import { Lighthouse } from "./scores.mjs";
import { visit } from "./visit.mjs";

const base = (process.env.SIGAP_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const executable = process.env.SIGAP_CHROMIUM ?? "/usr/bin/chromium";
const words = process.argv.slice(2);
const isQuick = words.includes("--quick");
const names = words.filter((word) => word !== "--quick");
const unknown = names.filter((name) => !PAGES.some((page) => page.name === name));
if (unknown.length > 0) {
  console.error(`no page is named ${unknown.join(", ")}; there are ${PAGES.map((page) => page.name).join(", ")}`);
  process.exit(2);
}
const pages = PAGES.filter((page) => names.length === 0 || names.includes(page.name));

let checked = 0;
const failures = [];
/** A claim about a page: holds, or is kept with what was found. */
const hold = (page, claim, findings) => {
  checked += 1;
  const list = [findings].flat().filter((finding) => finding !== false && finding !== "");
  if (list.length > 0) failures.push({ page: page.name, claim, list });
  return list.length === 0;
};

const mark = (holds) => (holds ? "ok" : "FAIL");
const COLUMNS = isQuick
  ? ["page", "bytes", "requests", "shift", "sideways", "targets", "axe", "html", "search"]
  : ["page", "bytes", "requests", "shift", "sideways", "targets", "axe", "html", "search", "LCP ms", "a11y", "best", "seo", "perf"];
const WIDTHS = COLUMNS.map((column, place) => (place === 0 ? 18 : Math.max(column.length, 6)));
const row = (cells) => console.log(cells.map((cell, place) => (place === 0 ? String(cell).padEnd(WIDTHS[0]) : String(cell).padStart(WIDTHS[place]))).join(" "));

/** So many pages are looked at side by side; the slow line and Lighthouse come one by one, as their figures are times. */
const ABREAST = 3;

const started = Date.now();
const browser = await chromium.launch({ executablePath: executable, chromiumSandbox: false, args: ["--disable-gpu", "--disable-quic", "--no-first-run"] });
const world = new World({ browser, base });
const sources = [];
const heavy = [];
const rows = new Map();
try {
  const left = [...pages];
  await Promise.all(Array.from({ length: ABREAST }, async () => {
    while (left.length > 0) await attempt(left.shift(), async (page) => rows.set(page, await audit(page)));
  }));
  if (!isQuick) await slowly();
} finally {
  await browser.close();
}
row(COLUMNS);
for (const page of pages) row(rows.get(page) ?? [page.name, "FAIL"]);
wholeHtml();
const place = ({ page }) => PAGES.findIndex((one) => one.name === page);
for (const { page, claim, list } of failures.sort((one, other) => place(one) - place(other))) console.log(`FAIL ${page}: ${claim}: ${list.join(" | ")}`);
if (heavy.length > 0) console.log(`over the aim of ${BYTES_AIMED} bytes: ${heavy.join(", ")}`);
console.log(`limits: ${BYTES_MAX} bytes, ${REQUESTS_MAX} requests${isQuick ? "" : `, LCP ${LARGEST_PAINT_MS_MAX} ms over loopback (a real line adds about 1200 ms for name, connection and TLS)`}`);
console.log(`took ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`checked ${checked}, failed ${failures.length}`);
process.exit(failures.length === 0 && checked > 0 ? 0 : 1);

async function attempt(page, work) {
  try {
    await work(page);
  } catch (error) {
    hold(page, "can be looked at", String(error).replaceAll("\n", " ").slice(0, 300));
  }
}

async function address(page) {
  return base + (typeof page.path === "function" ? await page.path(world) : page.path);
}

/** Whether it is a page in its usual state, as a search engine or Lighthouse would get it. */
function isUsual(page) {
  return (page.status ?? 200) === 200 && !page.act;
}

async function audit(page) {
  const url = await address(page);
  const weighed = page.act ? undefined : await visit(browser, base, url, page);
  const seen = await look(browser, base, url, page);
  const cells = [page.name];
  if (weighed) {
    hold(page, "answers as it should", weighed.status !== (page.status ?? 200) && `${weighed.status}`);
    hold(page, "breaks no script, no policy, and misses no file", weighed.complaints);
    if (weighed.bytes > BYTES_AIMED) heavy.push(page.name);
    const isLight = hold(page, `at most ${BYTES_MAX} bytes`, weighed.bytes > BYTES_MAX && `${weighed.bytes}`);
    const isBrief = hold(page, `at most ${REQUESTS_MAX} requests`, weighed.requests > REQUESTS_MAX && `${weighed.requests}`);
    const isStill = hold(page, "nothing moves", weighed.shift > LAYOUT_SHIFT_MAX && `${weighed.shift.toFixed(4)}`);
    cells.push(weighed.bytes + (isLight ? "" : "!"), weighed.requests + (isBrief ? "" : "!"), isStill ? 0 : `${weighed.shift.toFixed(3)}!`);
  } else {
    cells.push("-", "-", "-");
  }
  cells.push(mark(hold(page, "no sideways scroll", [...seen.scroll, ...await lookLarge(browser, base, url, page)])));
  cells.push(mark(hold(page, "targets of 44 px", [...new Set(seen.targets)])));
  cells.push(mark(hold(page, "axe finds nothing", seen.axe)));
  cells.push(mark(hold(page, "is HTML", await markup(seen.html))));
  sources.push({ name: page.name, html: seen.html });
  cells.push(isUsual(page) ? mark(hold(page, page.isPersonal ? "stays out of search engines" : "can be found", findable(page, weighed))) : "-");
  return cells;
}

/** Personal pages forbid search engines; all others let them in and say what they are about. */
function findable(page, { headers, html }) {
  const isBarred = (headers["x-robots-tag"] ?? "").includes("noindex") || /<meta name="robots" content="[^"]*noindex/.test(html);
  if (page.isPersonal) return !isBarred && "`X-Robots-Tag: noindex` is missing";
  return [isBarred && "it is `noindex`", !/<meta name="description" content="[^"]+">/.test(html) && "the description is missing"];
}

/** What is measured in time, one page after the other. */
async function slowly() {
  const lighthouse = await Lighthouse.start(executable);
  try {
    for (const page of pages.filter(isUsual)) await attempt(page, async () => rows.get(page)?.push(...await timed(page, lighthouse)));
  } finally {
    await lighthouse.end();
  }
}

async function timed(page, lighthouse) {
  const url = await address(page);
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await visit(browser, base, url, page, { isSlow: true })).largest);
  const largest = Math.round(times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)]);
  const isSoon = hold(page, `the answer is there within ${LARGEST_PAINT_MS_MAX} ms`, (largest === 0 || largest > LARGEST_PAINT_MS_MAX) && `${largest} ms`);
  const { scores, performance, lacks } = await lighthouse.of(url);
  for (const name of SCORES) {
    // A page that forbids search engines cannot be found: that is its wish.
    if (name === "seo" && page.isPersonal) continue;
    hold(page, `Lighthouse ${name}`, scores[name] < SCORE_MIN && [`${scores[name]}`, ...lacks.filter((lack) => lack.startsWith(name))]);
  }
  return [largest + (isSoon ? "" : "!"), ...SCORES.map((name) => scores[name]), performance];
}

function wholeHtml() {
  if (isQuick) return;
  const missing = checkerMissing();
  if (missing !== "") {
    console.log(`the W3C's checker was skipped: ${missing}`);
    return;
  }
  for (const [name, findings] of checkAll(sources)) hold({ name }, "is HTML for the W3C's checker", findings);
}
