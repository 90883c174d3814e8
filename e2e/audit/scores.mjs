// Lighthouse's scores. It gets a browser that we start and end ourselves: one that it starts is left behind when its time is up.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SCORES } from "./limits.mjs";

const START_MS_MAX = 20_000;
/** A busy machine now and then paints nothing in time; that is no finding about the page. */
const TRIES = 3;

export class Lighthouse {
  static async start(executable) {
    const { default: run } = await import("lighthouse");
    const folder = mkdtempSync(path.join(tmpdir(), "sigap-lighthouse-"));
    const browser = spawn(executable, [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", `--user-data-dir=${folder}`, "--remote-debugging-port=0", "about:blank",
    ], { stdio: ["ignore", "ignore", "pipe"] });
    const port = await new Promise((found, failed) => {
      let told = "";
      const late = setTimeout(() => failed(new Error(`the browser for Lighthouse did not start: ${told}`)), START_MS_MAX);
      browser.stderr.on("data", (text) => {
        told += text;
        const match = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(told);
        if (match) {
          clearTimeout(late);
          found(Number(match[1]));
        }
      });
      browser.on("error", failed);
    });
    return new Lighthouse(run, browser, folder, port);
  }

  constructor(run, browser, folder, port) {
    Object.assign(this, { run, browser, folder, port });
  }

  /** `{ scores: { seo: 100, … }, performance, lacks: ["seo: …"] }` */
  async of(url) {
    let result;
    for (let attempt = 1; ; attempt += 1) {
      const { lhr } = await this.run(url, { port: this.port, output: "json", logLevel: "silent", onlyCategories: [...SCORES, "performance"] });
      result = lhr;
      if (!lhr.runtimeError) break;
      if (attempt === TRIES) throw new Error(`Lighthouse: ${lhr.runtimeError.code}`);
    }
    const score = (name) => Math.round((result.categories[name].score ?? 0) * 100);
    const lacks = SCORES.flatMap((name) => result.categories[name].auditRefs
      .filter((ref) => ref.weight > 0)
      .map((ref) => result.audits[ref.id])
      .filter((audit) => audit.score !== null && audit.score < 1)
      .map((audit) => `${name}: ${audit.title}`));
    return { scores: Object.fromEntries(SCORES.map((name) => [name, score(name)])), performance: score("performance"), lacks };
  }

  end() {
    return new Promise((ended) => {
      this.browser.on("exit", () => {
        rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
        ended();
      });
      this.browser.kill("SIGKILL");
    });
  }
}
