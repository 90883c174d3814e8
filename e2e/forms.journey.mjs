// Forms that ask the office for each screen: a visit is booked in one, screen by screen, and the ticket comes into the chat. Then a complaint.
import { dial, talk } from "./talk.mjs";

const PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  const claim = (text) => `forms: ${text}`;
  const errors = [];
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "id-ID", timezoneId: "Asia/Jakarta" });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  const sheet = page.locator("#sheet"), title = page.locator("#sheet-title");
  const { office, answered, say } = talk(page, PATIENT);
  const next = () => sheet.locator("button[type=submit]").click();
  const at = (place) => page.waitForFunction((place) => document.querySelector("#sheet-title").textContent.endsWith(place), place, { timeout: PATIENT });
  const look = async (name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await checks.picture(page, `forms-${name}`);
  };

  await dial(page, base, "kartini");
  const offer = await say("mau daftar antrean");
  checks.ok(claim("what can be typed stands beside the form"), (await offer.textContent()).includes("1. "));
  await checks.picture(page, "forms-1-message");
  await offer.locator(".choice").click();
  await checks.within(claim("it opens"), at("1/5"));
  await next();
  checks.ok(claim("a part that is missing is named"), await sheet.locator(".wrong").count() === 1);
  await sheet.locator("label.radio").nth(1).click();
  await sheet.locator("select").selectOption("1");
  await look("2-service");
  await next();
  await at("2/5");
  checks.ok(claim("one person has one name"), await sheet.locator("input[type=date]").count() === 1);
  await sheet.locator(".written input").first().fill("12");
  await sheet.locator("input[type=date]").fill("1990-02-01");
  await next();
  await checks.within(claim("the office says what is wrong, and what was typed stays"), sheet.locator(".wrong").waitFor({ timeout: PATIENT }));
  await sheet.locator(".written input").first().fill("Rara Santang");
  await look("3-people");
  await next();
  await at("3/5");
  const day = sheet.locator("input[type=date]");
  await day.fill(await day.getAttribute("max"));
  await look("4-day");
  await next();
  await at("4/5");
  await sheet.locator("select").selectOption({ index: 1 });
  await look("5-hour");
  await next();
  await at("5/5");
  checks.ok(claim("everything stands there once more"), (await sheet.textContent()).includes("Rara Santang"));
  await look("6-check");
  const booked = await answered(next);
  await page.waitForFunction(() => /Kode: /.test(document.querySelector("#log").textContent), null, { timeout: PATIENT });
  checks.ok(claim("the ticket comes into the chat"), booked !== null);
  checks.ok(claim("the form closed by itself"), !(await sheet.isVisible()));
  checks.ok(claim("its button is used up"), await page.locator(".choice", { hasText: "Sudah dikirim" }).count() === 1);
  await checks.picture(page, "forms-7-done");

  const ideas = await say("saran dan pengaduan");
  await ideas.locator(".choice").click();
  await at("1/2");
  await sheet.locator("label.radio", { hasText: "Pengaduan" }).click();
  await sheet.locator("textarea").fill("Loket tiga tutup sebelum waktunya, kami menunggu dua jam.");
  await look("8-feedback");
  await next();
  await at("2/2");
  await look("9-feedback-check");
  await answered(next);
  await page.waitForFunction(() => /S-\d{4}-\d{4}/.test(document.querySelector("#log").textContent), null, { timeout: PATIENT });
  checks.ok(claim("the number of the case comes into the chat"), true);
  checks.ok(claim("no script breaks"), errors.length === 0, errors.join(" | "));
  await context.close();
}
