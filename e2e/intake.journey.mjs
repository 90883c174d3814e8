// A citizen gives answers and photos of papers ahead of a visit; an officer looks at them, asks for one again, accepts another; on a desk
// in Indonesian and on a phone in English.
import { bookWithNik, dial, photo, talk } from "./talk.mjs";

const PATIENT = 20_000;
const MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];

export async function journey({ browser, base, checks }) {
  const { day, code } = await given({ browser, base, checks });
  await judged({ browser, base, checks, day, code, size: { name: "desk", width: 1280, height: 800, scheme: "light", language: "id" } });
  await judged({ browser, base, checks, day, code, size: { name: "small", width: 360, height: 740, scheme: "dark", language: "en" } });
}

async function given({ browser, base, checks }) {
  const claim = (text) => `intake: ${text}`;
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "id-ID" });
  const page = await context.newPage();
  const { office, answered, say } = talk(page, PATIENT);
  const send = async (isSharp) => {
    const file = await photo(page, isSharp);
    return answered(async () => {
      await page.setInputFiles("#file", file);
    });
  };
  const hears = (words) => checks.within(claim(`hears: ${words}`), office.filter({ hasText: words }).last().waitFor({ timeout: PATIENT }));

  await dial(page, base, "sari");
  const told = await bookWithNik(page, talk(page, PATIENT), "Rina Wati 01-02-1990", "3272014102900009");
  await hears("permohonan");
  await say("permohonan");
  await checks.picture(page, "intake-1-cases");
  await say("1");
  await say("Rina Wati");
  await say("3272014102900009");
  await say("1 Februari 1990");
  await say("Sukabumi");
  await say("perempuan");
  await checks.picture(page, "intake-2-paper");
  await send(false);
  await hears("buram");
  await checks.picture(page, "intake-3-blurred");
  await say("permohonan");
  await say("1");
  await send(true);
  await hears("sedang diperiksa");
  await checks.picture(page, "intake-4-came");
  const ticket = (await page.locator("#log").innerText()).match(/\S+\/o\/sukabumi\/t\/\S+/)[0];
  await page.goto(base + new URL(ticket).pathname);
  checks.ok(claim("the ticket says how far it is"), (await page.locator(".facts", { hasText: "Rina" }).innerText()).includes("Kurang"));
  await checks.axe(claim("ticket"), page);
  await checks.fits(claim("ticket"), page);
  await page.screenshot({ path: `${checks.pictures}/intake-5-ticket.png`, fullPage: true });
  const code = await page.locator(".code").innerText();
  await context.close();
  const [, date, month, year] = told.match(/(\d{1,2}) (\p{L}+) (\d{4})/u);
  const number = 1 + MONTHS.findIndex((name) => month.toLowerCase().startsWith(name));
  return { day: `${year}-${String(number).padStart(2, "0")}-${date.padStart(2, "0")}`, code };
}

async function judged({ browser, base, checks, day, code, size }) {
  const claim = (text) => `intake ${size.name}: ${text}`;
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await context.newPage();
  const look = async (name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/intake-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
    // As much as a screen shows, for the handbook.
    if (size.name === "desk") await page.screenshot({ path: `${checks.pictures}/intake-view-${name.replaceAll(" ", "-")}.png` });
  };
  await page.goto(`${base}/demo`);
  await page.click('button[value="2"]');
  await page.waitForURL("**/staff/sukabumi");
  if (size.language === "en") await page.click("header a");
  await page.goto(`${base}/staff/sukabumi/permohonan`);
  await look("no intakes today");
  await page.goto(`${base}/staff/sukabumi/permohonan?hari=${day}`);
  await look("day");
  checks.ok(claim("it is listed"), await page.locator("main ul.entries a", { hasText: "Rina" }).count() === 1);
  await page.fill("#code", "AAAA-AAAA");
  await page.press("#code", "Enter");
  await checks.within(claim("a code without an intake says so"), page.locator("[role=alert].told").waitFor({ timeout: PATIENT }));
  await look("unknown code");
  await page.fill("#code", code);
  await page.press("#code", "Enter");
  await page.waitForURL(/permohonan\/\d+$/);
  checks.ok(claim("the photo is shown"), await page.locator(".sight img").count() >= 1);
  checks.ok(claim("the data can be copied"), (await page.inputValue("#summary")).includes("Rina"));
  await look("intake");
  if (size.name === "desk") {
    await page.locator("button", { hasText: /Terima/ }).first().click();
    await page.waitForLoadState("load");
    checks.ok(claim("it is accepted"), await page.locator(".told.good").count() === 1);
    await look("accepted");
  } else {
    await page.locator("details summary", { hasText: /another photo/ }).first().click();
    await page.locator("details[open] textarea").fill("Bagian bawah terpotong.");
    await look("asking again");
    await page.locator("details[open] button").click();
    await page.waitForLoadState("load");
    checks.ok(claim("it is asked for again"), await page.locator(".told.good").count() === 1);
  }
  await context.close();
}
