// An officer drops status reports, looks at what they would change, applies them, and sees who did what; a wrong file, a wrong role, a
// phone, English, dark, and a browser without scripts.
const PATIENT = 20_000;
const HEAD = "NOMOR PEMOHON;NAMA PEMOHON;TANGGAL PERMOHONAN;";

export async function journey({ browser, base, checks }) {
  await officer({ browser, base, checks, size: { name: "desk", width: 1280, height: 800, scheme: "light", language: "id", first: 881000 } });
  await officer({ browser, base, checks, size: { name: "small", width: 360, height: 740, scheme: "dark", language: "en", first: 882000 } });
  await plain({ browser, base, checks });
  await denied({ browser, base, checks });
}

const number = (last) => `1179000000${String(last).padStart(6, "0")}`;
const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10).split("-").reverse().join("-");
const report = (title, column, lasts, back) =>
  `${title}\n${HEAD}${column}\n${lasts.map((last) => `${typeof last === "number" ? number(last) : last};CONTOH ${last};${day(back + 9)};${day(back)}`).join("\n")}\n`;
const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function signedIn({ browser, base, who, size, checks, claim, script = true }) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID", javaScriptEnabled: script,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${who}"]`);
  await page.waitForURL("**/staff/sukabumi");
  return { context, page };
}

async function officer({ browser, base, checks, size }) {
  const claim = (text) => `reports ${size.name}: ${text}`;
  const look = async (page, name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/reports-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };
  const { context, page } = await signedIn({ browser, base, who: 2, size, checks, claim });
  if (size.language === "en") await page.click("header a");
  await page.goto(`${base}/staff/sukabumi/laporan`);
  await look(page, "empty");

  const send = async (...files) => {
    await page.goto(`${base}/staff/sukabumi/laporan`);
    await page.setInputFiles("#files", files);
    await page.click("form[enctype] button");
    await page.waitForLoadState("load");
  };
  const lasts = [1, 2, 3].map((n) => size.first + n);
  await send(csv("wawancara.csv", report("LAPORAN WAWANCARA", "TANGGAL WAWANCARA", lasts, 6)));
  checks.ok(claim("one file leads to what it would change"), /laporan\/\d+$/.test(page.url()), page.url());
  const counts = async () => (await page.locator("tbody").first().locator("td:nth-child(2)").allInnerTexts()).join(" ");
  checks.ok(claim("three are new"), (await counts()) === "3 0 0 0", await counts());
  await look(page, "preview");
  await page.locator("button", { hasText: size.language === "en" ? "Apply" : "Terapkan" }).click();
  await page.waitForLoadState("load");
  await page.screenshot({ path: `${checks.pictures}/reports-${size.name}-applying.png`, fullPage: true });
  await checks.within(claim("the page reloads itself until it is done"), page.locator(".told.good").waitFor({ timeout: PATIENT }));
  await look(page, "applied");

  const mixed = report("LAPORAN PENCETAKAN", "TANGGAL PENCETAKAN", [lasts[0], lasts[1], size.first + 4, "12345678", lasts[0]], 2)
    + `${number(size.first + 5)};CONTOH;${day(3)};31-02-2026\n`;
  const unchanged = report("LAPORAN WAWANCARA", "TANGGAL WAWANCARA", lasts, 6);
  await send(csv("pencetakan.csv", mixed));
  checks.ok(claim("forward, new and refused are told apart"), (await counts()) === "1 2 0 3", await counts());
  const shown = await page.locator("main").innerText();
  checks.ok(claim("no name and no whole number is shown"), !shown.includes("CONTOH") && !shown.includes(number(lasts[0])));
  await look(page, "preview mixed");
  await page.locator("button", { hasText: size.language === "en" ? "Apply" : "Terapkan" }).click();
  await checks.within(claim("it is applied"), page.locator(".told.good").waitFor({ timeout: PATIENT }));
  await page.goBack();
  await page.reload();
  checks.ok(claim("Back shows the state and repeats nothing"), await page.locator("button", { hasText: /Terapkan|Apply/ }).count() === 0);

  await send(csv("lagi.csv", unchanged));
  checks.ok(claim("the same file again changes nothing"), await page.locator("button", { hasText: /Terapkan|Apply/ }).count() === 0);
  await look(page, "known");
  await page.locator("button", { hasText: size.language === "en" ? "Throw" : "Buang" }).click();
  await page.waitForURL("**/laporan");

  await send({ name: "foto.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) }, csv("kolom.csv", "NAMA PEMOHON;TANGGAL LAHIR\nCONTOH;01-01-1990\n"));
  checks.ok(claim("wrong files are told one by one"), await page.locator("[role=alert] strong").count() === 2);
  await look(page, "refused");
  await page.goto(`${base}/staff/sukabumi/laporan`);
  const past = await page.locator("table").last().locator("tbody tr").count();
  checks.ok(claim("the imports are listed"), past >= 2, `${past}`);
  await look(page, "list");
  await page.goto(`${base}/staff/sukabumi/laporan/1`);
  await look(page, "gone");
  await page.goto(`${base}/staff/sukabumi/jejak`);
  checks.ok(claim("the trail has it"), (await page.locator("table").innerText()).includes("report applied"));
  await context.close();
}

/** Without scripts: the form, the yes, and a page that reloads itself. */
async function plain({ browser, base, checks }) {
  const claim = (text) => `reports without scripts: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: 2, size: { width: 360, height: 740, scheme: "light" }, checks, claim, script: false });
  await page.goto(`${base}/staff/sukabumi/laporan`);
  const many = Array.from({ length: 3_000 }, (_, n) => 883000 + n);
  await page.setInputFiles("#files", csv("banyak.csv", report("LAPORAN ALOKASI", "TANGGAL ALOKASI", many, 4)));
  await page.click("form[enctype] button");
  await page.waitForURL(/laporan\/\d+$/);
  await page.locator("form button").filter({ hasText: "Terapkan" }).click();
  await checks.within(claim("progress is shown"), page.locator(".told", { hasText: "3.000" }).waitFor({ timeout: PATIENT }));
  await page.screenshot({ path: `${checks.pictures}/reports-plain-progress.png`, fullPage: true });
  await checks.within(claim("three thousand rows are applied"), page.locator(".told.good").waitFor({ timeout: 60_000 }));
  await context.close();
}

async function denied({ browser, base, checks }) {
  const claim = (text) => `reports denied: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: 0, size: { width: 1280, height: 800, scheme: "light" }, checks, claim });
  checks.ok(claim("a counter officer has no link"), await page.locator("nav a[href$='/laporan']").count() === 0);
  const answer = await page.goto(`${base}/staff/sukabumi/laporan`);
  checks.ok(claim("and no page"), answer.status() === 403, `${answer.status()}`);
  await checks.axe(claim("the refusal"), page);
  await context.close();
}
