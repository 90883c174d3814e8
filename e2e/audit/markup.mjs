// Whether what was sent is HTML: html-validate for every run, and the checker of the W3C where there is a Java for it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const VNU = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

const rules = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ["html-validate:standard"],
  // A button in a form sends it, which is what most of ours are for.
  rules: { "no-implicit-button-type": "off" },
}));

/** What html-validate says. */
export async function markup(html) {
  const report = await rules.validateString(html);
  return report.results.flatMap((result) => result.messages).map((one) => `${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
}

/** Whether the checker can run here; a sentence when it cannot. */
export function checkerMissing() {
  if (!existsSync(VNU)) return "vnu-jar is not installed";
  return spawnSync("java", ["-version"]).status === 0 ? "" : "there is no Java";
}

/** What the W3C's checker says of all pages together, by name. */
export function checkAll(pages) {
  const folder = mkdtempSync(path.join(tmpdir(), "sigap-audit-"));
  try {
    for (const { name, html } of pages) writeFileSync(path.join(folder, `${name}.html`), html);
    const said = spawnSync("java", ["-jar", VNU, "--errors-only", "--format", "json", folder], { encoding: "utf8" });
    if (said.error) throw said.error;
    const found = new Map(pages.map(({ name }) => [name, []]));
    for (const one of JSON.parse(said.stderr).messages) {
      found.get(path.basename(one.url, ".html"))?.push(`${one.lastLine}: ${one.message}`);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
