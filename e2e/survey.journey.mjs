// After a visit the survey comes into the chat as a form, is filled in there by keyboard and by thumb, and is thanked for. The visit is a
// real one while the office gives places today; at other times the phone is shown the message that such a visit ends with.
import { dial, talk } from "./talk.mjs";

const PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  const claim = (text) => `survey: ${text}`;
  const errors = [];
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "id-ID", timezoneId: "Asia/Jakarta" });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  const { office, answered, say } = talk(page, PATIENT);
  const call = () => dial(page, base, "dewi");

  await call();
  const code = await bookToday({ page, say });
  // At night nobody is asked: the question waits for the morning.
  const hour = Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hour12: false, timeZone: "Asia/Jakarta" }).format(new Date()));
  const isReal = code !== null && hour >= 7 && hour < 20;
  console.log(`     the visit is ${isReal ? "a real one" : "made up: the office gives no places now, or it is night"}`);
  if (isReal) await visit({ browser, base, checks, claim, code });
  else await showMessage(page, call);

  const open = page.locator(".choice", { hasText: "Isi penilaian" }).last();
  await checks.within(claim("the form is offered in the chat"), open.waitFor({ timeout: PATIENT }));
  checks.ok(claim("old phones get the page"), (await office.last().textContent()).includes("/o/sukabumi/s/"));
  await checks.picture(page, "survey-small-1-message");
  await open.focus();
  await page.keyboard.press("Enter");
  const sheet = page.locator("#sheet");
  const title = page.locator("#sheet-title");
  await checks.within(claim("it opens"), sheet.locator("fieldset").first().waitFor({ timeout: PATIENT }));
  checks.ok(claim("it says where one is"), (await title.textContent()).endsWith("1/3"), await title.textContent());
  for (const [name, size] of [["small", [360, 740]], ["desk", [1280, 800]], ["narrow", [320, 640]]]) {
    await page.setViewportSize({ width: size[0], height: size[1] });
    await checks.axe(claim(`form ${name}`), page);
    await checks.fits(claim(`form ${name}`), page);
    await checks.targets(claim(`form ${name}`), page);
    await checks.picture(page, `survey-${name}-2-form`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  // By keyboard: into the first group, and to its best answer.
  await sheet.locator("fieldset input").first().focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
  checks.ok(claim("arrows choose"), await sheet.locator("input[name=u1][value='4']").isChecked());
  await sheet.locator("fieldset").nth(1).getByText("Baik", { exact: true }).click();
  await sheet.getByRole("button", { name: "Lanjut" }).click();
  checks.ok(claim("the next screen is told"), (await title.textContent()).endsWith("2/3") && await title.evaluate((node) => node === document.activeElement));
  await sheet.getByRole("button", { name: "Kembali" }).click();
  checks.ok(claim("what was chosen stays"), await sheet.locator("input[name=u1][value='4']").isChecked());
  await sheet.getByRole("button", { name: "Lanjut" }).click();
  await sheet.getByRole("button", { name: "Lanjut" }).click();
  await sheet.locator("textarea").fill("Ruang tunggu sejuk.");
  await checks.axe(claim("last screen"), page);
  await checks.picture(page, "survey-small-3-last");
  await sheet.getByRole("button", { name: "Kirim" }).click();
  if (isReal) {
    await checks.within(claim("it is sent"), page.locator("#log .row.mine", { hasText: "Formulir terkirim" }).waitFor({ timeout: PATIENT }));
    await checks.within(claim("it is thanked for"), office.filter({ hasText: "Terima kasih. Jawaban Anda" }).waitFor({ timeout: PATIENT }));
    const sent = page.locator(".choice", { hasText: "Sudah dikirim" });
    checks.ok(claim("the message shows that it was sent"), await sent.last().isDisabled());
    await checks.picture(page, "survey-small-4-sent");
    await page.reload({ waitUntil: "load" });
    await checks.within(claim("also after a reload"), sent.last().waitFor({ timeout: PATIENT }));
  } else {
    // There is no such message at the server, so it stays unsent, and says so.
    await checks.within(claim("what cannot be sent says so"), page.getByRole("button", { name: "Kirim ulang" }).waitFor({ timeout: PATIENT }));
  }
  checks.ok(claim("no script breaks"), errors.length === 0, errors.join(" | "));
  await context.close();
}

/** Books the next hour of today in the chat; the code, or nothing when there is no hour left. */
async function bookToday({ page, say }) {
  await say("mau daftar antrean");
  await say("2");
  const days = await say("Dewi Lestari 01-02-1990");
  await days.locator(".choice").first().click();
  const first = await page.locator("#sheet .option b").first().textContent();
  await page.keyboard.press("Escape");
  const today = new Intl.DateTimeFormat("id-ID", { timeZone: "Asia/Jakarta", weekday: "short", day: "numeric", month: "short" }).format(new Date());
  const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (plain(first) !== plain(today)) return null;
  await say("1");
  await say("1");
  const booked = await say("ya");
  const found = /Kode: ?\*?([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(await booked.textContent());
  return found ? found[1] : null;
}

/** Comes, is called, and is served. */
async function visit({ browser, base, checks, claim, code }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "id-ID" });
  const desk = await context.newPage();
  await desk.goto(`${base}/demo`);
  await desk.click('button[value="0"]');
  await desk.waitForURL("**/staff/sukabumi");
  await desk.goto(`${base}/staff/sukabumi/datang`);
  await desk.fill("#code", code);
  await desk.press("#code", "Enter");
  const number = (await desk.locator(".told.good .number").textContent()).trim();
  await desk.goto(`${base}/staff/sukabumi/loket/4`);
  let seen = "";
  for (let call = 0; call < 8 && seen !== number; call += 1) {
    await desk.keyboard.press("Space");
    await desk.waitForFunction((before) => document.querySelector("#now .number")?.textContent.trim() !== before, seen, { timeout: PATIENT });
    seen = (await desk.locator("#now .number").textContent()).trim();
  }
  checks.ok(claim("the number is called"), seen === number, `${seen} ${number}`);
  await desk.keyboard.press("s");
  await desk.locator("#now .number").waitFor({ state: "detached", timeout: PATIENT });
  await context.close();
}

/** Shows the phone the message of a visit that ended, with the form that is published. */
async function showMessage(page, call) {
  const bubble = {
    id: "wamid.madeup", side: "office", at: new Date().toISOString(), tick: "read", quoted: null, reaction: null, edited: false, billed: false,
    content: {
      type: "flow", label: "Isi penilaian", is_sent: false, form: { flow: "900000000000001", screen: "SURVEY_ONE" },
      body: "*Terima kasih atas kunjungan Anda*\nBagaimana layanan kami? Sembilan pertanyaan singkat, tanpa nama.\nDi halaman: https://contoh.example/o/sukabumi/s/contoh",
    },
  };
  await page.route("**/phone/events*", async (route) => {
    const state = { bubbles: [bubble], typing: null, now: bubble.at, online: true, window_open: true, month: { delivered: 1, free_left: 999, billed: 0 }, faults: [], wire: {} };
    await route.fulfill({ contentType: "text/event-stream", body: `event: state\nretry: 600000\ndata: ${JSON.stringify(state)}\n\n` });
  });
  await call();
}
