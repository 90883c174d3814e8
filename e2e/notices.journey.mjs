// The head of an office looks at the notices: submits a template and sees it approved, sees what a reviewer of Meta's decides, switches a
// notice off, sets hours and a budget; with wrong words, on a phone, in English and dark, and somebody without the right.
const PATIENT = 20_000;

export async function journey({ browser, base, checks }) {
  await head({ browser, base, checks });
  await small({ browser, base, checks });
  await denied({ browser, base, checks });
}

async function signedIn({ browser, base, who, size, checks, claim }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${who}"]`);
  await page.waitForURL("**/staff/sukabumi");
  return { context, page };
}

function looker(checks, claim, name) {
  return async (page, what) => {
    await checks.axe(claim(what), page);
    await checks.fits(claim(what), page);
    await checks.targets(claim(what), page);
    await page.screenshot({ path: `${checks.pictures}/notices-${name}-${what.replaceAll(" ", "-")}.png`, fullPage: true });
  };
}

/** Loads the page again until the words are there. */
async function until(page, words) {
  const end = Date.now() + PATIENT;
  while (!(await page.locator("main").innerText()).includes(words)) {
    if (Date.now() > end) throw new Error(`in vain: ${words}`);
    await page.waitForTimeout(500);
    await page.reload();
  }
}

async function head({ browser, base, checks }) {
  const claim = (text) => `notices desk: ${text}`;
  const look = looker(checks, claim, "desk");
  const { context, page } = await signedIn({ browser, base, who: 2, size: { width: 1280, height: 800, scheme: "light" }, checks, claim });
  const list = `${base}/staff/sukabumi/pemberitahuan`;
  await page.goto(list);
  await checks.within(claim("Meta's templates are known soon after the start"), until(page, "Disetujui"));
  await look(page, "list");

  // A template that nobody submitted yet.
  await page.click("a[href$='/pemberitahuan/lapsed']");
  await page.waitForLoadState("load");
  const here = page.locator("section[aria-labelledby=in-id]");
  checks.ok(claim("it says that it was not submitted"), (await here.innerText()).includes("Belum dikirim"));
  checks.ok(claim("a citizen's bubble is shown"), (await here.locator(".bubble").first().innerText()).includes("Tawaran tempat"));
  await look(page, "not submitted");
  await here.locator("form:has(input[value=submit]) button").click();
  await page.waitForURL("**/lapsed?hasil=asked");
  checks.ok(claim("it was passed on"), await page.locator(".told.good").isVisible());
  await checks.within(claim("Meta looks at it, and approves it by webhook"), untilIn(page, here, "Disetujui"));
  await here.locator("summary", { hasText: "Riwayat" }).click();
  const story = await here.locator(".story").innerText();
  checks.ok(claim("its story tells who wanted it and what Meta did"), story.includes("Citra") && story.includes("Disetujui") && story.includes("oleh Meta"), story);
  await look(page, "approved");

  // Meta's side.
  const meta = await context.newPage();
  await meta.goto(`${base}/phone/templat`);
  const metaLook = looker(checks, claim, "meta");
  await metaLook(meta, "reviewer");
  const judge = async (name, verdict) => {
    await meta.goto(`${base}/phone/templat`);
    const card = meta.locator("section", { hasText: `${name} (id)` });
    await card.locator("select").selectOption(verdict);
    await card.locator("button").click();
    await meta.waitForLoadState("load");
  };
  await judge("notice_moved", "REJECTED");
  await page.goto(`${list}/moved`);
  await checks.within(claim("a rejection comes with its reason"), untilIn(page, here, "INVALID_FORMAT"));
  await look(page, "rejected");
  await judge("notice_reminder", "PAUSED");
  await page.goto(`${list}/reminder`);
  await checks.within(claim("a pause is told"), untilIn(page, here, "Dijeda Meta"));
  await judge("notice_missed", "MARKETING");
  await page.goto(`${list}/missed`);
  await checks.within(claim("another category stops it"), untilIn(page, here, "Pindah kategori"));
  await look(page, "marketing");
  await here.locator("form:has(input[value=allow]) button").click();
  await page.waitForURL("**/missed?hasil=allowed");
  checks.ok(claim("the head may allow it"), (await here.innerText()).includes("Disetujui"));
  for (const [name, verdict] of [["notice_moved", "APPROVED"], ["notice_reminder", "APPROVED"], ["notice_missed", "UTILITY"]]) await judge(name, verdict);
  await meta.close();

  // The office's choice.
  await page.goto(list);
  const row = page.locator("tr", { has: page.locator("a[href$='/survey']") });
  await row.locator("button").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/pemberitahuan?hasil=off");
  checks.ok(claim("a notice is switched off with the keyboard"), (await row.innerText()).includes("Tidak"));
  await row.locator("button").click();
  await page.waitForURL("**/pemberitahuan?hasil=on");
  checks.ok(claim("and on again"), (await row.innerText()).includes("Ya"));

  await page.fill("#until", "12:00");
  await page.click(".decide button");
  await page.waitForLoadState("load");
  checks.ok(claim("hours that leave no time are refused, and kept"), (await page.locator(".told.bad").first().innerText()).includes("Jam") && (await page.inputValue("#until")) === "12:00");
  await look(page, "wrong hours");
  await page.fill("#until", "19:00");
  await page.fill("#budget", "300");
  await page.click(".decide button");
  await page.waitForURL("**/pemberitahuan?hasil=saved");
  checks.ok(claim("without money only important ones go on, by name"), (await page.locator("main").innerText()).includes("habis") && (await page.locator("main").innerText()).includes("Paspor siap diambil"));
  await look(page, "no money");
  await page.goto(`${base}/staff/sukabumi`);
  checks.ok(claim("the first page warns"), (await page.locator("main").innerText()).includes("Anggaran pesan bulan ini habis"));
  await look(page, "first page");
  await page.goto(list);
  await page.fill("#budget", "Rp1.000.000");
  await page.fill("#until", "20:00");
  await page.click(".decide button");
  await page.waitForURL("**/pemberitahuan?hasil=saved");
  await page.goto(`${base}/staff/sukabumi/jejak`);
  const trail = await page.locator("main").innerText();
  checks.ok(claim("every act stands in the trail"), ["notice off", "notice on", "notices decided", "template wanted", "template allowed"].every((act) => trail.includes(act)), trail.slice(0, 300));
  await context.close();
}

async function untilIn(page, where, words) {
  const end = Date.now() + PATIENT;
  while (!(await where.innerText()).includes(words)) {
    if (Date.now() > end) throw new Error(`in vain: ${words}`);
    await page.waitForTimeout(500);
    await page.reload();
  }
}

async function small({ browser, base, checks }) {
  const claim = (text) => `notices small: ${text}`;
  const look = looker(checks, claim, "small");
  const { context, page } = await signedIn({ browser, base, who: 2, size: { width: 320, height: 640, scheme: "dark" }, checks, claim });
  await page.click("header a");
  await page.goto(`${base}/staff/sukabumi/pemberitahuan`);
  checks.ok(claim("it is English"), (await page.locator("h1").innerText()) === "Notices to citizens");
  await look(page, "list");
  await page.goto(`${base}/staff/sukabumi/pemberitahuan/booked`);
  for (const summary of await page.locator("summary").all()) await summary.click();
  await look(page, "booked");
  await page.goto(`${base}/staff/sukabumi/pemberitahuan/called`);
  checks.ok(claim("one without a template says so"), (await page.locator("main").innerText()).includes("needs no template"));
  await look(page, "called");
  await context.close();
}

async function denied({ browser, base, checks }) {
  const claim = (text) => `notices denied: ${text}`;
  const { context, page } = await signedIn({ browser, base, who: 0, size: { width: 1280, height: 800, scheme: "light" }, checks, claim });
  checks.ok(claim("no link to it"), (await page.locator("a[href$='/pemberitahuan']").count()) === 0);
  const response = await page.goto(`${base}/staff/sukabumi/pemberitahuan`);
  checks.ok(claim("the page is refused"), response.status() === 403, String(response.status()));
  await context.close();
}
