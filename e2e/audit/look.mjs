// Looks at a page with machine eyes in the ways people look at it: light and dark, on a narrow phone, enlarged, with large letters.
import { AxeBuilder } from "@axe-core/playwright";
import { LETTERS_PERCENT, NARROW } from "./limits.mjs";
import { arrive, fresh } from "./visit.mjs";

/** The cookie that the button for large text sets. */
const LARGE_TEXT = { "sigap-huruf": "1" };
const LETTERS_USUAL = { standard: 16, fixed: 13 };

/** What was found, as sentences by kind; `html` is the page as it was sent last. */
export async function look(browser, base, url, page) {
  const found = { axe: [], scroll: [], targets: [] };
  const context = await fresh(browser, base, page);
  try {
    const tab = await context.newPage();
    const response = await arrive(tab, url, page);
    const [status, html] = [response.status(), await response.text()];
    for (const scheme of ["light", "dark"]) {
      await tab.emulateMedia({ colorScheme: scheme });
      found.axe.push(...await violations(tab, scheme));
    }
    await tab.emulateMedia({ colorScheme: "light" });
    found.targets.push(...await smallTargets(tab));
    const line = await context.newCDPSession(tab);
    await narrow(line, 1);
    found.scroll.push(...await sticksOut(tab, `${NARROW} px`));
    found.targets.push(...await smallTargets(tab));
    // What 640 px show when the page is enlarged to 200 %.
    await narrow(line, 2);
    found.scroll.push(...await sticksOut(tab, `${2 * NARROW} px at 200 %`));
    const grown = await letters(line, tab);
    if (grown < LETTERS_PERCENT) found.scroll.push(`letters grew to ${grown} % only: sizes do not follow those of the browser`);
    found.scroll.push(...await sticksOut(tab, `${NARROW} px, letters at ${LETTERS_PERCENT} %`));
    return { ...found, status, html };
  } finally {
    await context.close();
  }
}

/** The same with the large text that our own button gives. */
export async function lookLarge(browser, base, url, page) {
  const context = await fresh(browser, base, page, { viewport: { width: NARROW, height: 640 }, cookies: LARGE_TEXT });
  try {
    const tab = await context.newPage();
    await arrive(tab, url, page);
    return await sticksOut(tab, `${NARROW} px, large text`);
  } finally {
    await context.close();
  }
}

const narrow = (line, scale) => line.send("Emulation.setDeviceMetricsOverride", { width: NARROW, height: 640, deviceScaleFactor: scale, mobile: true });

/** Sets the letters of the browser as people do in its settings; how large they became, in per cent. */
async function letters(line, tab) {
  const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const before = await size();
  const sized = (percent) => Object.fromEntries(Object.entries(LETTERS_USUAL).map(([name, pixels]) => [name, pixels * percent / 100]));
  await line.send("Page.setFontSizes", { fontSizes: sized(LETTERS_PERCENT) });
  return Math.round(await size() / before * 100);
}

async function violations(tab, scheme) {
  // What is still fading in has no contrast yet; what moves for ever never ends.
  await tab.evaluate(() => Promise.all(document.getAnimations()
    .filter((moving) => moving.effect.getComputedTiming().iterations !== Infinity)
    .map((moving) => moving.finished.catch(() => {}))));
  const { violations: all } = await new AxeBuilder({ page: tab }).analyze();
  return all.map((one) => `${scheme}: ${one.id} (${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")})`);
}

/** Nothing sticks out sideways; else how far, and what does. */
async function sticksOut(tab, when) {
  const { over, culprits } = await tab.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > width + 1)
      .map((node) => node.tagName.toLowerCase() + (node.id && `#${node.id}`) + (node.className && `.${node.className}`));
    return { over: document.documentElement.scrollWidth - width, culprits: wide.slice(-3) };
  });
  return over > 0 ? [`${when}: ${over} px too wide (${culprits.join("; ")})`] : [];
}

/** What is tapped is at least 44 px high and wide; a link in a sentence is read, not aimed at. */
async function smallTargets(tab) {
  return tab.evaluate(() => [...document.querySelectorAll("button, select, textarea, summary, input:not([type=radio], [type=checkbox], [type=hidden]), a.button, a.choice, label:has(input[type=radio]), .also a, header a")]
    .filter((node) => node.checkVisibility())
    .map((node) => ({ node, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
    .map(({ node, box }) => `${node.tagName.toLowerCase()} "${node.textContent.trim().slice(0, 20)}" ${Math.round(box.width)}x${Math.round(box.height)}`));
}
