// A clerk changes what citizens read, tries it with a chat, a head publishes it, citizens read it; it is taken back; two people at one
// entry; a phone, English, dark, without scripts.
import { dial, talk } from "./talk.mjs";

const PATIENT = 20_000;

export async function journey({ browser, base, checks }) {
  await office({ browser, base, checks, size: { name: "desk", width: 1280, height: 800, scheme: "light", language: "id" } });
  await office({ browser, base, checks, size: { name: "small", width: 360, height: 740, scheme: "dark", language: "en" } });
  await narrow({ browser, base, checks });
  await plain({ browser, base, checks });
  await denied({ browser, base, checks });
}

async function signedIn({ browser, base, who, size, checks, claim, script = true }) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID", javaScriptEnabled: script,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${who}"]`);
  await page.waitForURL("**/staff/sukabumi");
  if (size.language === "en") await page.click("header a");
  return { context, page };
}

const CLERK = 6, HEAD = 2, COUNTER = 0;

async function office({ browser, base, checks, size }) {
  const claim = (text) => `content ${size.name}: ${text}`;
  const home = `${base}/staff/sukabumi/isi`;
  const look = async (page, name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/content-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
    // As much as a screen shows, for the handbook.
    if (size.name === "desk") await page.screenshot({ path: `${checks.pictures}/content-view-${name.replaceAll(" ", "-")}.png` });
  };
  const { context, page } = await signedIn({ browser, base, who: CLERK, size, checks, claim });
  await page.goto(home);
  await look(page, "first");

  // A text, with the preview that follows the typing.
  await page.fill("#q", "sami-sami");
  await page.locator("form[role=search] button").click();
  await page.waitForURL("**/isi?q=*");
  checks.ok(claim("a search finds the text by its words"), await page.locator("a[href$='/isi/text/thanks.welcome']").count() > 0);
  await page.goto(`${home}/text`);
  await look(page, "texts");
  await page.goto(`${home}/text/help.info`);
  const mark = `${size.name} ${Date.now() % 100000}`;
  await page.fill("#f-id", `*Bantuan* ada di meja ${mark}.`);
  await checks.within(claim("the preview follows the typing"), page.locator("#preview .bubble", { hasText: mark }).waitFor({ timeout: PATIENT }));
  checks.ok(claim("what stands between stars is strong"), await page.locator("#preview .bubble strong", { hasText: "Bantuan" }).count() > 0);
  await look(page, "text");
  await page.fill("#f-id", "Silahkan isi {nama}!");
  await page.locator("button[value=save]").click();
  await page.waitForLoadState("load");
  checks.ok(claim("what is wrong is named at its field"), await page.locator("#f-id[aria-invalid]").count() === 1);
  await look(page, "problems");
  await page.fill("#f-id", `*Bantuan* ada di meja ${mark}.`);
  await page.fill("#f-en", `*Help* is at desk ${mark}.`);
  await page.locator("button[value=save]").click();
  await page.waitForURL("**/isi/text");

  // A fee with its source and the day of the next check.
  await page.goto(`${home}/fee`);
  await look(page, "fees");
  await page.goto(`${home}/fee/FAST`);
  await page.fill("#f-rupiah", size.name === "desk" ? "1.100.000" : "1.200.000");
  await page.fill("#f-from", "2026-01-02");
  await page.fill("#f-source", "Surat kepala kantor 7/2026");
  await page.fill("#f-owner", "Loket informasi");
  await page.fill("#f-checked_on", "2026-01-02");
  await page.fill("#f-check_again_on", "2036-01-02");
  await page.locator("button[value=preview]").click();
  await page.waitForLoadState("load");
  await look(page, "fee");
  await page.locator("button[value=save]").click();
  await page.waitForURL("**/isi/fee");
  await page.goto(`${home}/case/baru_dewasa`);
  await look(page, "papers");
  await page.goto(`${home}/office/hours`);
  await look(page, "hours");
  await page.goto(`${home}/office/priority`);
  await look(page, "priority");
  await page.goto(`${home}/opening`);
  await look(page, "openings");

  await taught({ context, page, base, home, checks, claim, look, size });

  // A chat that must pass.
  await page.goto(`${home}/uji`);
  await look(page, size.name === "desk" ? "no chats" : "chats");
  await page.goto(`${home}/uji/baru`);
  await page.fill("#title", `Meja ${size.name}`);
  await page.fill("#says0", "bantuan");
  await page.fill("#wanted0", "meja yang salah");
  await page.locator("button[value=save]").click();
  await page.waitForURL(/uji\/\d+$/);
  checks.ok(claim("a failing chat says what is missing"), (await page.locator("main").innerText()).includes("meja yang salah"));
  await look(page, "chat failed");
  const chat = page.url();

  // The head is held up by it, mends it, publishes.
  const boss = await signedIn({ browser, base, who: HEAD, size, checks, claim });
  await boss.page.goto(`${home}/perubahan`);
  checks.ok(claim("what fails blocks the publishing"), await boss.page.locator("input[value=publish]").count() === 0);
  await look(boss.page, "blocked");
  await boss.page.goto(chat);
  await boss.page.fill("#wanted0", `meja ${mark}`);
  await boss.page.locator("button[value=save]").click();
  await boss.page.waitForURL(/uji\/\d+$/);
  await look(boss.page, "chat passed");
  await boss.page.goto(`${home}/perubahan`);
  checks.ok(claim("what learning changes is shown"), await boss.page.locator("#belajar").count() === 1);
  await look(boss.page, "changes");
  await boss.page.locator("form:has(input[value=publish]) button").click();
  await boss.page.waitForURL("**/isi/riwayat");
  await look(boss.page, "history");
  checks.ok(claim("it is published"), (await boss.page.locator("main").innerText()).match(/Terbitan|Edition/) !== null);

  // Two people at one entry.
  await page.goto(`${home}/text/thanks.welcome`);
  await boss.page.goto(`${home}/text/thanks.welcome`);
  await boss.page.fill("#f-id", `Sama-sama dari kepala ${mark}.`);
  await boss.page.locator("button[value=save]").click();
  await boss.page.waitForURL("**/isi/text");
  await page.fill("#f-id", `Sama-sama dari saya ${mark}.`);
  await page.locator("button[value=save]").click();
  await page.waitForLoadState("load");
  checks.ok(claim("the later save is told, and keeps its words"), (await page.inputValue("#f-id")).includes("dari saya"));
  await look(page, "conflict");

  // Taken back.
  await boss.page.goto(`${home}/riwayat`);
  await boss.page.selectOption("#dari", "0");
  await boss.page.selectOption("#ke", { index: 1 });
  await boss.page.locator("main form.row button").click();
  await boss.page.waitForLoadState("load");
  await look(boss.page, "compare");
  await boss.page.goto(`${home}/perubahan`);
  await boss.page.locator("details", { hasText: /Buang|Throw/ }).locator("summary").click();
  await boss.page.locator("form:has(input[value=drop]) button").click();
  await boss.page.waitForURL("**/isi");
  await boss.page.goto(`${base}/staff/sukabumi/jejak`);
  checks.ok(claim("the trail has it"), (await boss.page.locator("table").innerText()).includes("content published"));
  // The next round begins without this chat.
  await boss.page.goto(chat);
  await boss.page.locator("button[value=remove]").click();
  await boss.page.waitForURL("**/isi/uji");
  await boss.context.close();
  await context.close();
}

/** What a citizen wrote in vain, taught by a tap; and a sentence that a clerk wrote. */
async function taught({ context, page, base, home, checks, claim, look, size }) {
  const phone = await context.newPage();
  await dial(phone, base, "kartini");
  const { say } = talk(phone, PATIENT);
  const strange = size.name === "desk" ? "gerai lippo saung blegedes" : "pojok blegedug wiwitan";
  await say(strange);
  await phone.close();
  await page.goto(`${home}/belum-paham`);
  const group = page.locator("section", { hasText: strange });
  checks.ok(claim("what was not understood is shown"), await group.count() === 1);
  await look(page, "unclear");
  await group.locator("select").selectOption("hours");
  await group.locator("button[value=teach]").click();
  await page.waitForLoadState("load");
  checks.ok(claim("what is taught goes into the draft"), await page.locator(".told.good a[href$='/isi/perubahan']").count() === 1);
  await page.goto(`${home}/example/hours`);
  checks.ok(claim("it stands among the sentences"), (await page.locator("textarea").allInnerTexts()).join().includes(strange) || (await page.inputValue("#f-id")).includes(strange) || (await page.inputValue("#f-en")).includes(strange));
  await look(page, "examples");
}

async function narrow({ browser, base, checks }) {
  const claim = (text) => `content narrow: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: HEAD, size: { width: 320, height: 640, scheme: "light" }, checks, claim });
  for (const place of ["", "/text/menu.welcome", "/opening", "/belum-paham", "/example/hours", "/perubahan", "/riwayat", "/uji/baru"]) {
    await page.goto(`${base}/staff/sukabumi/isi${place}`);
    await checks.fits(claim(place || "first"), page);
  }
  await context.close();
}

/** Without scripts: the preview by its button, then kept. */
async function plain({ browser, base, checks }) {
  const claim = (text) => `content without scripts: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: CLERK, size: { width: 360, height: 740, scheme: "light" }, checks, claim, script: false });
  await page.goto(`${base}/staff/sukabumi/isi/fact/helpdesk_place`);
  await page.fill("#f-id", "di sebelah pintu masuk");
  await page.fill("#f-en", "beside the entrance");
  await page.fill("#f-source", "Kepala kantor");
  await page.fill("#f-checked_on", "2026-11-01");
  await page.locator("button[value=preview]").click();
  checks.ok(claim("the answer shows the preview"), (await page.locator("#preview").innerText()).includes("di sebelah pintu masuk"));
  checks.ok(claim("and keeps what was typed"), (await page.inputValue("#f-id")) === "di sebelah pintu masuk");
  await page.locator("button[value=save]").click();
  await page.waitForURL("**/isi/fact");
  await page.screenshot({ path: `${checks.pictures}/content-plain-facts.png`, fullPage: true });
  await page.goto(`${base}/staff/sukabumi/isi/fact/helpdesk_place`);
  await page.locator("button[value=files]").click();
  await page.waitForURL("**/isi/fact");
  await context.close();
}

async function denied({ browser, base, checks }) {
  const claim = (text) => `content denied: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: COUNTER, size: { width: 1280, height: 800, scheme: "light" }, checks, claim });
  checks.ok(claim("a counter officer has no link"), await page.locator("nav a[href$='/isi']").count() === 0);
  const answer = await page.goto(`${base}/staff/sukabumi/isi`);
  checks.ok(claim("and no page"), answer.status() === 403, `${answer.status()}`);
  await context.close();
}
