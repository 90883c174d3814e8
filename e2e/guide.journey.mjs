// A citizen without an account: chooses the office, looks at every page of words on a small phone and on a large screen, in both languages,
// light and dark; goes through the questions about papers without scripts and with the keyboard; checks a number.
const SIZES = [
  { name: "small", width: 360, height: 740, scheme: "light", language: "id" },
  { name: "small", width: 360, height: 740, scheme: "dark", language: "en" },
  { name: "large", width: 1280, height: 800, scheme: "light", language: "id" },
];
const INFO = ["fees", "payment", "payment.problem", "duration", "pickup", "pickup.self", "pickup.family", "pickup.other", "pickup.child", "hours",
  "priority", "simpatik", "helpdesk", "queue", "queue.cancel", "encryption", "help", "broker", "elsewhere"];
const OFFICE = "/o/jakarta-pusat";
const PAGES = ["/", "/?cari=sukabmi", "/?cari=xyzzy", "/cek-nomor", OFFICE, `${OFFICE}/kantor`, "/o/blitar/kantor", `${OFFICE}/privasi`, `${OFFICE}/syarat`,
  `${OFFICE}/syarat/new`, `${OFFICE}/syarat/lost`, `${OFFICE}/syarat/lost_ordinary`, `${OFFICE}/syarat/child_dual`, "/o/sukabumi", "/o/sukabumi/info/simpatik",
  ...INFO.map((name) => `${OFFICE}/info/${name}`)];

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await pages({ browser, base, checks, size });
  await narrow({ browser, base, checks });
  await withoutScripts({ browser, base, checks });
  await withScripts({ browser, base, checks });
  await offices({ browser, base, checks });
  await number({ browser, base, checks });
}

const inLanguage = (path, language) => (language === "id" ? path : `${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
const nameOf = (path) => path.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "first";

async function pages({ browser, base, checks, size }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID", serviceWorkers: "block" });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail("guide: no script breaks", error.message));
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) checks.fail("guide: nothing is against the policy", message.text()); });
  for (const path of PAGES) {
    const claim = `guide ${size.name} ${size.language}: ${path}`;
    const answer = await page.goto(`${base}${inLanguage(path, size.language)}`, { waitUntil: "networkidle" });
    checks.ok(`${claim} is there`, answer.status() === 200, `${answer.status()}`);
    checks.ok(`${claim} has one heading and its language`, await page.locator("h1").count() === 1 && await page.locator(`html[lang=${size.language}]`).count() === 1);
    const { responseBodySize: bytes } = await answer.request().sizes();
    checks.ok(`${claim} is small`, bytes > 0 && bytes < 6_000, `${bytes} bytes`);
    checks.ok(`${claim} shows words, no keys`, !/\[[a-z]+\.[a-z_]+\]|\{[a-z_.]+\}/.test(await page.locator("body").innerText()));
    await checks.axe(claim, page);
    await checks.fits(claim, page);
    await checks.targets(claim, page);
    await page.screenshot({ path: `${checks.pictures}/guide-${size.name}-${size.language}-${nameOf(path)}.png`, fullPage: true });
  }
  await context.close();
}

// 320 px, with large text and at 200 %: nothing sticks out.
async function narrow({ browser, base, checks }) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto(`${base}${OFFICE}`);
  await page.click("button.size");
  for (const path of ["/", OFFICE, `${OFFICE}/syarat`, `${OFFICE}/syarat/lost_ordinary`, `${OFFICE}/kantor`, `${OFFICE}/info/payment`, "/cek-nomor"]) {
    await page.goto(`${base}${path}`);
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    await checks.fits(`guide 320 px, 200 %: ${path}`, page);
  }
  await context.close();
}

async function withoutScripts({ browser, base, checks }) {
  const claim = (text) => `guide without scripts: ${text}`;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}${OFFICE}`);
  checks.ok(claim("four tiles with picture and word"), await page.locator(".tiles a:has(svg):has(span)").count() === 4);
  await page.click(".tiles a[href$='/syarat']");
  checks.ok(claim("who need not queue is told first"), await page.locator(".facts", { hasText: "60 tahun ke atas" }).count() === 1);
  await page.click("a[href$='/syarat/new']");
  await page.click("a[href$='/syarat/adult']");
  await page.click("a[href$='/syarat/ordinary']");
  checks.ok(claim("the list is reached in three taps"), (await page.locator("h1").innerText()).startsWith("Paspor baru, dewasa"));
  await page.locator("label", { hasText: "Kartu Keluarga" }).click();
  checks.ok(claim("a paper can be ticked"), await page.locator("input[name=kk]").isChecked());
  checks.ok(claim("what needs a script is not there"), await page.locator("#print").isHidden() && await page.locator("#kept").isHidden());
  await page.goBack();
  checks.ok(claim("Back leads to the question"), page.url().endsWith("/syarat/adult"));
  await page.click(".back a");
  checks.ok(claim("and the page's own way back to the one before"), page.url().endsWith("/syarat/new"));
  await context.close();
}

async function withScripts({ browser, base, checks }) {
  const claim = (text) => `guide papers: ${text}`;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${base}${OFFICE}/syarat`);
  // With the keyboard alone: every row is reached in the order of reading and opened with Enter.
  await reach(page, "a[href$='/syarat/lost']");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/syarat/lost");
  await reach(page, "a[href$='/syarat/lost_ordinary']");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/syarat/lost_ordinary");
  await reach(page, "input[name=lapor_polisi]");
  await page.keyboard.press("Space");
  checks.ok(claim("ticked with the keyboard"), await page.locator("input[name=lapor_polisi]").isChecked());
  checks.ok(claim("that ticks stay here is told"), await page.locator("#kept").isVisible());
  await page.reload();
  checks.ok(claim("the tick stays after loading again"), await page.locator("input[name=lapor_polisi]").isChecked() && !await page.locator("input[name=ktp]").isChecked());
  await page.goto(`${base}${OFFICE}/syarat/lost_disaster`);
  checks.ok(claim("another list has ticks of its own"), !await page.locator(".ticks input:checked").count());
  await page.goBack();
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.click("#print");
  checks.ok(claim("the button prints"), await page.evaluate(() => window.printed === true));
  await page.emulateMedia({ media: "print" });
  checks.ok(claim("printed are papers and sums, not ways on"), await page.locator("legend").first().isVisible() && await page.locator(".ways").first().isHidden() && await page.locator("#print").isHidden());
  checks.ok(claim("and the office's name"), await page.locator("header .home").isVisible());
  await page.screenshot({ path: `${checks.pictures}/guide-papers-print.png`, fullPage: true });
  await page.emulateMedia({ media: "screen" });
  const link = await page.locator("main a[href^='https://wa.me/']").first().getAttribute("href");
  checks.ok(claim("the chat is opened with the words of this list"), decodeURIComponent(link).endsWith("?text=Persyaratan: Paspor hilang, Hilang atau dicuri"), link);
  await context.close();
}

/** Presses Tab until the element has the focus; fails after sixty times. */
async function reach(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`Tab never reaches ${selector}`);
}

async function offices({ browser, base, checks }) {
  const claim = (text) => `guide offices: ${text}`;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(base);
  await page.fill("#cari", "jakarat pusat");
  await page.keyboard.press("Enter");
  await page.waitForURL("**cari=*");
  await page.locator("#found + ul a").first().click();
  checks.ok(claim("found in spite of a slip"), page.url().endsWith(OFFICE), page.url());
  await page.goto(base);
  checks.ok(claim("the last office stands first"), (await page.locator("main ul a").first().innerText()).includes("Jakarta Pusat"));
  const province = page.locator("details", { hasText: "Jawa Timur" });
  await province.locator("summary").focus();
  await page.keyboard.press("Enter");
  await province.locator("a[href$='/o/blitar']").click();
  checks.ok(claim("an office without a line says so"), await page.locator(".facts.warn").count() === 1 && page.url().endsWith("/o/blitar/kantor"));
  await context.close();
}

async function number({ browser, base, checks }) {
  const claim = (text) => `guide number: ${text}`;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [typed, told] of [["+62 811 8539 333", "Resmi: Kanim Jakarta Pusat"], ["0811-0000-0000", "Bukan nomor kami"], ["imigrasi.go.id.palsu.com", "Bukan situs kami"]]) {
    await page.goto(`${base}/cek-nomor`);
    await page.fill("#nomor", typed);
    await page.click("main button");
    checks.ok(claim(`${typed}: ${told}`), await page.locator("h1").innerText() === told, await page.locator("h1").innerText());
    checks.ok(claim("and stands in no address"), page.url() === `${base}/cek-nomor`);
  }
  await page.screenshot({ path: `${checks.pictures}/guide-number-no.png`, fullPage: true });
  await page.fill("#nomor", "halo");
  await page.click("main button");
  checks.ok(claim("what is neither is asked again, kept as typed"), await page.inputValue("#nomor") === "halo" && await page.locator("[role=alert]").count() === 1);
  await page.screenshot({ path: `${checks.pictures}/guide-number-unread.png`, fullPage: true });
  await context.close();
}
