// Runs the journeys against a program that is already up: SIGAP_URL=http://127.0.0.1:8080 node run.mjs [phone …]
// Prints one line a check and ends with `checked N, failed M`; exit code 1 when one failed.
import { mkdir, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { chromium } from "playwright-core";
import { Checks } from "./checks.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const base = (process.env.SIGAP_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const pictures = process.env.SIGAP_E2E_OUT ?? path.join(here, "..", "target", "e2e");
const wanted = process.argv.slice(2);

const journeys = (await readdir(here)).filter((name) => name.endsWith(".journey.mjs")).sort()
  .filter((name) => wanted.length === 0 || wanted.some((word) => name === `${word}.journey.mjs`));
if (journeys.length === 0) {
  console.error(`no journey named ${wanted.join(", ")}; there are *.journey.mjs files in e2e/`);
  process.exit(2);
}
await mkdir(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.SIGAP_CHROMIUM ?? "/usr/bin/chromium",
  chromiumSandbox: false,
  args: ["--disable-gpu", "--disable-quic", "--no-first-run"],
});
const checks = new Checks(pictures);
try {
  for (const name of journeys) {
    const { journey } = await import(`./${name}`);
    try {
      await journey({ browser, base, checks });
    } catch (error) {
      checks.fail(`${name} ran to its end`, String(error).split("\n")[0]);
    }
  }
} finally {
  await browser.close();
}
console.log(`checked ${checks.count}, failed ${checks.failed}`);
process.exit(checks.failed === 0 && checks.count > 0 ? 0 : 1);
