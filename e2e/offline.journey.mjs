// A citizen's phone without a network: the ticket opens with its code, the survey waits and arrives once, the page of no network says what
// still works. And the looks that everybody may choose, in four languages.
import { line } from "./line.mjs";
import { dial, talk } from "./talk.mjs";

const PATIENT = 15_000;
const LANGUAGES = [["id", "Setelan"], ["en", "Settings"], ["su", "Setélan"], ["jv", "Setèlan"]];

export async function journey({ browser, base, checks }) {
  const way = await line(base);
  try {
    const ticket = await book({ browser, base });
    await keep({ browser, checks, way, ticket });
    await choose({ browser, checks, way, ticket });
    await send({ browser, base, checks, way });
    await press({ browser, checks, way });
    await app({ browser, checks, way, ticket });
  } finally {
    way.close();
  }
}

const claim = (text) => `offline: ${text}`;
const SMALL = { viewport: { width: 360, height: 740 }, locale: "id-ID", timezoneId: "Asia/Jakarta" };

/** A phone of its own. */
async function phone({ browser, checks }, wish = {}) {
  const context = await browser.newContext({ ...SMALL, ...wish });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  const look = async (name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/offline-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };
  return { context, page, look };
}

/** Books a visit in the chat; the path of its ticket. */
async function book({ browser, base }) {
  const context = await browser.newContext(SMALL);
  const page = await context.newPage();
  const { office, answered, say } = talk(page, PATIENT);
  await dial(page, base, "kartini");
  for (const text of ["mau daftar antrean", "2", "Rina Wijaya 03-04-1991", "3", "1"]) await say(text);
  await answered(() => office.last().locator(".choice").first().click());
  const href = await office.last().locator("a.choice").getAttribute("href");
  await context.close();
  return new URL(href).pathname;
}

const isKept = (page, name) => page.waitForFunction(async (name) => (await (await caches.open(name)).keys()).length > 0, name, { timeout: PATIENT });

async function keep({ browser, checks, way, ticket }) {
  const { context, page, look } = await phone({ browser, checks });
  await page.goto(way.base + ticket, { waitUntil: "load" });
  await checks.within(claim("a ticket is kept at the first visit"), isKept(page, "tiket"));
  await look("ticket with a network");
  const code = await page.locator(".code").innerText();
  await page.goto(`${way.base}/o/sukabumi/undian`, { waitUntil: "load" });
  await isKept(page, "halaman");

  way.cut();
  await page.goto(way.base + ticket, { waitUntil: "load" });
  checks.ok(claim("the ticket opens without a network"), await page.locator(".code").innerText() === code);
  checks.ok(claim("with the picture for the door"), await page.locator(".picture svg").isVisible());
  checks.ok(claim("it says how old it is"), /data terakhir: .+ pukul \d\d\.\d\d/.test(await page.locator(".kabar").innerText()), await page.locator(".kabar").innerText());
  await look("ticket without a network");
  await page.goto(`${way.base}/o/sukabumi/undian`, { waitUntil: "load" });
  checks.ok(claim("so does a page that is of nobody"), await page.locator("tbody tr").count() > 0);

  await page.goto(`${way.base}/o/sukabumi/setelan`, { waitUntil: "load" });
  checks.ok(claim("what is not kept leads to the page of no network"), await page.locator("h1").innerText() === "Tidak ada jaringan");
  const link = page.locator("[data-simpanan=tiket] a");
  await checks.within(claim("it lists the ticket"), link.waitFor({ timeout: PATIENT }));
  await checks.within(claim("and other pages"), page.locator("[data-simpanan=halaman] a").waitFor({ timeout: PATIENT }));
  await look("no network");
  await link.click();
  await page.waitForURL(way.base + ticket);
  checks.ok(claim("a tap opens it"), await page.locator(".code").innerText() === code);

  await page.click("[data-hapus]");
  await page.locator(".kabar", { hasText: "dihapus dari HP ini" }).waitFor({ timeout: PATIENT });
  await page.goto(way.base + ticket, { waitUntil: "load" });
  checks.ok(claim("a ticket that was removed is gone"), await page.locator("h1").innerText() === "Tidak ada jaringan");
  checks.ok(claim("and the list is empty"), (await page.locator("[data-simpanan=tiket]").innerText()).includes("Belum ada"));
  way.mend();
  await page.click("a.button");
  await checks.within(claim("trying again opens it when the network is back"), page.locator(".code").waitFor({ timeout: PATIENT }));
  await context.close();
}

async function choose({ browser, checks, way, ticket }) {
  for (const [code, title] of LANGUAGES) {
    const { context, page, look } = await phone({ browser, checks }, { viewport: { width: 320, height: 640 } });
    await page.goto(`${way.base}/o/sukabumi/setelan`, { waitUntil: "load" });
    await page.check(`[name=bahasa][value=${code}]`);
    await page.check("[name=huruf][value=besar]");
    await page.check("[name=kontras][value=tinggi]");
    await page.check(`[name=warna][value=${code === "id" || code === "su" ? "gelap" : "terang"}]`);
    await page.locator("main form button").click();
    await page.waitForURL("**/setelan?tersimpan=1");
    checks.ok(claim(`settings are kept in ${code}`), await page.locator("h1").innerText() === title && await page.locator("html").getAttribute("lang") === code);
    checks.ok(claim(`what was chosen in ${code} is ticked`), await page.isChecked("[name=kontras][value=tinggi]"));
    await look(`settings ${code}`);
    await page.goto(way.base + ticket, { waitUntil: "load" });
    await look(`ticket ${code}`);
    await context.close();
  }
  const { context, page, look } = await phone({ browser, checks }, { colorScheme: "dark", javaScriptEnabled: false });
  await page.goto(`${way.base}/o/sukabumi/setelan`);
  await page.check("[name=warna][value=terang]");
  await page.locator("main form button").click();
  await page.waitForURL("**/setelan?tersimpan=1");
  checks.ok(claim("settings need no script"), await page.locator("html").getAttribute("class") === "light");
  await page.click(".size");
  await page.waitForLoadState();
  checks.ok(claim("nor does larger text"), (await page.locator("html").getAttribute("class")).includes("large"));
  await page.click("header a[hreflang=en]");
  await page.waitForLoadState();
  checks.ok(claim("nor another language"), await page.locator("html").getAttribute("lang") === "en");
  await page.screenshot({ path: `${checks.pictures}/offline-no-script.png`, fullPage: true });
  await context.close();
  const loud = await phone({ browser, checks }, { forcedColors: "active", viewport: { width: 1280, height: 800 } });
  await loud.page.goto(`${way.base}/o/sukabumi/setelan`);
  await loud.page.keyboard.press("Tab");
  checks.ok(claim("the first stop leads to the content"), await loud.page.evaluate(() => document.activeElement.getAttribute("href")) === "#isi");
  await loud.look("settings in colours of the system");
  await loud.context.close();
}

/** Comes without a booking and is served; the address of the survey. */
async function visit({ browser, base }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "id-ID" });
  const page = await context.newPage();
  await page.goto(`${base}/demo`);
  await page.click("button[value='0']");
  await page.waitForURL("**/staff/sukabumi");
  const cookies = { "content-type": "application/x-www-form-urlencoded" };
  const given = await page.evaluate(async (headers) => (await fetch("/staff/sukabumi/nomor", { method: "POST", headers, body: `tap=offline${Date.now()}&line=pickup` })).text(), cookies);
  const token = /\/o\/sukabumi\/q\/([^?"]+)/.exec(given)[1];
  const number = /class="number">\s*([A-Z]-\d+)/.exec(given)[1];
  await page.goto(`${base}/staff/sukabumi/loket/4`);
  let seen = "";
  for (let call = 0; call < 12 && seen !== number; call += 1) {
    await page.keyboard.press("Space");
    await page.waitForFunction((before) => document.querySelector("#now .number")?.textContent.trim() !== before, seen, { timeout: PATIENT });
    seen = (await page.locator("#now .number").textContent()).trim();
  }
  await page.keyboard.press("s");
  await page.locator("#now .number").waitFor({ state: "detached", timeout: PATIENT });
  await context.close();
  return `/o/sukabumi/s/${token}`;
}

async function send({ browser, base, checks, way }) {
  const survey = await visit({ browser, base });
  const { context, page, look } = await phone({ browser, checks });
  await page.goto(way.base + survey, { waitUntil: "load" });
  await page.waitForFunction(() => navigator.serviceWorker.controller, null, { timeout: PATIENT });
  await page.locator("[name=u1][value='4']").check();
  await page.locator("[name=u2][value='3']").check();
  await page.fill("#comment", "Kursinya kurang.");
  await page.reload({ waitUntil: "load" });
  checks.ok(claim("what was typed is there after the page was closed"), await page.inputValue("#comment") === "Kursinya kurang." && await page.isChecked("[name=u1][value='4']"));
  await look("survey with what was typed before");
  way.cut();
  await page.locator("main form button:not([type=button])").click();
  await checks.within(claim("without a network it is kept, and said so"), page.locator(".kabar", { hasText: "Dikirim saat ada jaringan" }).waitFor({ timeout: PATIENT }));
  await look("survey kept");
  checks.ok(claim("nothing arrived"), way.posts("/s/") === 0);
  way.mend();
  // The phone hears of the network by itself.
  await context.setOffline(true);
  await context.setOffline(false);
  await checks.within(claim("with a network it is sent, and said so"), page.locator(".kabar", { hasText: /Sudah terkirim .+ pukul \d\d\.\d\d/ }).waitFor({ timeout: PATIENT }));
  await look("survey sent");
  await page.goto(way.base + survey, { waitUntil: "load" });
  checks.ok(claim("the office has it"), (await page.locator("main").innerText()).includes("sudah dinilai"));
  await page.goto(`${way.base}/o/sukabumi/undian`, { waitUntil: "load" });
  checks.ok(claim("it is told once"), !(await page.locator("main").innerText()).includes("Sudah terkirim"));
  checks.ok(claim("it arrived once"), way.posts("/s/") === 1, `${way.posts("/s/")}`);
  const left = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("draf")).length);
  checks.ok(claim("no word of it is left on the phone"), left === 0);
  await context.close();
}

async function press({ browser, checks, way }) {
  const { context, page } = await phone({ browser, checks });
  await page.goto(`${way.base}/o/sukabumi/setelan`, { waitUntil: "load" });
  const button = page.locator("main form button");
  const before = way.posts("/setelan");
  const free = way.hold();
  // A page that waits for its next one answers no questions from outside: it presses again, and tells, by itself.
  let hear;
  const heard = new Promise((done) => { hear = done; });
  await page.exposeFunction("heard", (text) => hear(text));
  await page.evaluate(() => document.querySelector("main form").addEventListener("submit", ({ target }) => setTimeout(() => {
    target.requestSubmit();
    window.heard(target.querySelector("button").textContent);
  }), { once: true }));
  await button.click({ noWaitAfter: true });
  const told = await heard;
  free();
  checks.ok(claim("the button says what happens"), told === "Mengirim...", told);
  await page.waitForURL("**/setelan?tersimpan=1");
  checks.ok(claim("two taps send once"), way.posts("/setelan") === before + 1, `${way.posts("/setelan") - before}`);
  await context.setOffline(true);
  await page.locator("main form button").click();
  await checks.within(claim("what cannot wait says that it needs a network"), page.locator(".kabar", { hasText: "Ini perlu jaringan" }).waitFor({ timeout: PATIENT }));
  checks.ok(claim("a page that was open says that the line is down"), (await page.locator(".kabar").innerText()).includes("Sambungan terputus"));
  await context.close();
}

async function app({ browser, checks, way, ticket }) {
  const { context, page, look } = await phone({ browser, checks });
  await page.addInitScript(() => {
    const voice = { localService: true, lang: "id-ID", name: "made up" };
    const said = [];
    window.said = said;
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const speech = { speaking: false, getVoices: () => (window.isMute ? [] : [voice]), speak(part) { this.speaking = true; said.push(part.text); }, cancel() { this.speaking = false; }, addEventListener() {} };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
  });
  await page.goto(way.base + ticket, { waitUntil: "load" });
  await page.getByRole("button", { name: "Bacakan" }).click();
  checks.ok(claim("a ticket is read aloud"), (await page.evaluate(() => window.said.join(" "))).includes("Rina Wijaya"));
  await page.getByRole("button", { name: "Berhenti" }).click();
  checks.ok(claim("and falls silent at a tap"), await page.evaluate(() => !window.speechSynthesis.speaking));
  await page.evaluate(() => dispatchEvent(new Event("beforeinstallprompt", { cancelable: true })));
  await page.locator("p.kabar", { hasText: "Pasang di HP" }).waitFor({ timeout: PATIENT });
  await look("offer to install");
  await page.getByRole("button", { name: "Nanti saja" }).click();
  await page.evaluate(() => dispatchEvent(new Event("beforeinstallprompt", { cancelable: true })));
  checks.ok(claim("the app is offered once"), await page.locator("p.kabar").count() === 0);
  await page.waitForFunction(() => navigator.serviceWorker.controller, null, { timeout: PATIENT });
  way.update();
  await page.reload({ waitUntil: "load" });
  const fresh = page.getByRole("button", { name: "Muat ulang" });
  await checks.within(claim("a new version says so"), fresh.waitFor({ timeout: PATIENT }));
  await look("new version");
  await Promise.all([page.waitForEvent("load", { timeout: PATIENT }), fresh.click()]);
  checks.ok(claim("and is there after a tap"), await fresh.count() === 0);
  await context.close();
  const mute = await phone({ browser, checks });
  await mute.page.goto(way.base + ticket, { waitUntil: "load" });
  checks.ok(claim("a phone without a voice offers none"), await mute.page.locator(".baca").count() === 0);
  await mute.context.close();
}
