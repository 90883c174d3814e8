// What every journey may ask of a page: a claim that holds, no accessibility violation, a picture.
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

export class Checks {
  count = 0;
  failed = 0;

  constructor(pictures) {
    this.pictures = pictures;
  }

  ok(claim, holds, detail = "") {
    this.count += 1;
    if (!holds) this.failed += 1;
    console.log(`${holds ? "ok  " : "FAIL"} ${claim}${holds || !detail ? "" : `: ${detail}`}`);
    return holds;
  }

  fail(claim, detail) {
    this.ok(claim, false, detail);
  }

  /** Holds when the promise settles well; the journey goes on either way. */
  async within(claim, promise) {
    try {
      await promise;
      return this.ok(claim, true);
    } catch (error) {
      return this.ok(claim, false, String(error).split("\n")[0]);
    }
  }

  async axe(claim, page) {
    // What is still fading in has no contrast yet; what moves for ever never ends.
    await page.evaluate(() => Promise.all(document.getAnimations()
      .filter((moving) => moving.effect.getComputedTiming().iterations !== Infinity)
      .map((moving) => moving.finished.catch(() => {}))));
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map((v) => `${v.id} (${v.nodes.length}: ${v.nodes[0].target.join(" ")})`).join("; ");
    this.ok(`${claim}: axe finds nothing`, violations.length === 0, told);
  }

  async picture(page, name) {
    await page.screenshot({ path: path.join(this.pictures, `${name}.png`) });
  }

  /** Nothing sticks out sideways. */
  async fits(claim, page) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    this.ok(`${claim}: no sideways scroll`, over <= 0, `${over} px`);
  }

  /** Buttons, fields and links that stand alone are at least 44 px high and wide. */
  async targets(claim, page) {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, textarea, summary, a.choice")]
        .filter((node) => node.checkVisibility())
        .map((node) => ({ node, box: node.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ node, box }) => `${node.tagName} ${node.id || node.className || node.textContent} ${Math.round(box.width)}x${Math.round(box.height)}`));
    this.ok(`${claim}: targets of 44 px`, small.length === 0, small.join("; "));
  }
}
