// A citizen asks for an officer on the phone page; the helpdesk takes the case, begins with a ready answer, talks, notes, ends it, and sees
// how the answer was found; on a desk in Indonesian and on a small phone in English.
import { dial, photo } from "./talk.mjs";

const PATIENT = 10_000;
const SIZES = [
  { name: "desk", width: 1280, height: 800, scheme: "light", person: "dewi", language: "id" },
  { name: "small", width: 360, height: 740, scheme: "dark", person: "emma", language: "en" },
];

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await talk({ browser, base, checks, size });
}

async function talk({ browser, base, checks, size }) {
  const claim = (text) => `cases ${size.name}: ${text}`;
  const look = async (page, name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/cases-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };

  const citizen = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "id-ID" })).newPage();
  await dial(citizen, base, size.person);
  const bubbles = citizen.locator("#log .row.theirs:not([data-id=typing])");
  const say = async (words, isAnswered = true) => {
    const before = await bubbles.count();
    await citizen.fill("#words", words);
    await citizen.press("#words", "Enter");
    if (isAnswered) await bubbles.nth(before).waitFor({ timeout: PATIENT });
  };
  const greeted = await bubbles.count();
  await citizen.setInputFiles("#file", await photo(citizen, true));
  await bubbles.nth(greeted).waitFor({ timeout: PATIENT });
  const promised = await bubbles.last().innerText();
  checks.ok(claim("a photo that nobody asked for may go along to an officer"), /60/.test(promised), promised);
  await citizen.screenshot({ path: `${checks.pictures}/cases-${size.name}-phone-photo.png` });
  await say("petugas");
  await say("Nama di paspor saya salah cetak, harus bagaimana?");
  const number = /[A-Z]+-\d{4}-\d{4}/.exec(await bubbles.last().innerText())[0];

  const office = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await office.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  // The demo makes its officers when they sign in first; Ani is praised below.
  await page.goto(`${base}/demo`);
  await page.click('button[value="0"]');
  await page.waitForURL("**/staff/sukabumi");
  await office.clearCookies();
  await page.goto(`${base}/demo`);
  await page.click('button[value="4"]');
  await page.waitForURL("**/staff/sukabumi");
  if (size.language === "en") await page.click("header a");
  await page.goto(`${base}/staff/sukabumi/kasus`);
  checks.ok(claim("the case is in the list"), await page.locator(`a[href$="${number}"]`).count() === 1, number);
  await look(page, "list");
  await page.fill("#number", number.toLowerCase());
  await page.press("#number", "Enter");
  await page.waitForURL(`**/kasus/${number}`);
  await checks.within(claim("the photo sent before stands in the case"), page.locator("img.sent").waitFor({ timeout: PATIENT }));
  await look(page, "not taken");
  await page.keyboard.press("a");
  await checks.within(claim("A takes it"), page.waitForSelector("textarea#words", { timeout: PATIENT }));
  await page.selectOption("#jawaban", "number");
  await page.click("form[method=get] button");
  const draft = await page.inputValue("#words");
  checks.ok(claim("a ready answer stands in the field"), draft.includes("16"), draft);
  await look(page, "answering");
  await page.click("form:has(#words) button");
  await page.waitForURL(`**/kasus/${number}`);
  await checks.within(claim("the answer arrives on the phone"), bubbles.filter({ hasText: "16" }).last().waitFor({ timeout: PATIENT }));
  await citizen.screenshot({ path: `${checks.pictures}/cases-${size.name}-phone.png` });
  await say("1179 0000 0000 0001", false);
  await checks.within(claim("what the citizen writes appears without loading the page again"),
    page.locator("#story", { hasText: "1179 0000 0000 0001" }).waitFor({ timeout: PATIENT }));
  await page.fill("#words", "Setengah");
  await say("Halo?", false);
  await page.locator("#story", { hasText: "Halo?" }).waitFor({ timeout: PATIENT });
  checks.ok(claim("what the officer writes stays meanwhile"), await page.inputValue("#words") === "Setengah");
  await office.setOffline(true);
  await page.click("form:has(#words) button").catch(() => {});
  await office.setOffline(false);
  await page.goto(`${base}/staff/sukabumi/kasus/${number}`);
  checks.ok(claim("nor is it lost with the network"), await page.inputValue("#words") === "Setengah");
  await page.fill("#words", size.language === "en" ? "We have corrected it." : "Sudah kami perbaiki.");
  await page.click("form:has(#words) button");
  await page.waitForURL(`**/kasus/${number}`);
  checks.ok(claim("what was sent is not begun again"), await page.inputValue("#words") === "");
  await page.locator("details:has(#note) summary").click();
  await page.fill("#note", "Slip diperiksa");
  await page.click("details:has(#note) button");
  await page.waitForURL(`**/kasus/${number}`);
  await page.locator("details:has(#papers) summary").click();
  await page.selectOption("#papers", "requirements.lost_ordinary");
  await page.click("details:has(#papers) button");
  await checks.within(claim("a list of papers arrives on the phone"), bubbles.filter({ hasText: /hilang|lost/i }).last().waitFor({ timeout: PATIENT }));
  await page.waitForURL(`**/kasus/${number}`);
  const answer = size.language === "en" ? "This is how to pay:" : "Begini cara bayarnya:";
  await page.fill("#words", answer);
  await page.locator("form:has(#words) input[value=payment]").check();
  await page.click("form:has(#words) button");
  // The list of papers has such a button too; while the answer comes in, it moves away under the tap.
  const tap = bubbles.filter({ hasText: answer }).locator(".choice", { hasText: /Bayar|pay/i }).first();
  await checks.within(claim("buttons stand under an answer"), tap.waitFor({ timeout: PATIENT }));
  const untapped = await bubbles.count();
  await tap.click();
  await checks.within(claim("the assistant answers them during the talk"), bubbles.nth(untapped).waitFor({ timeout: PATIENT }));
  await page.goto(`${base}/staff/sukabumi/kasus/${number}`);
  await page.locator("details:has(#tags) summary").click();
  await page.fill("#tags", `salah cetak, ${size.name}`);
  await page.click("details:has(#tags) button");
  await page.locator("a.tag", { hasText: size.name }).click();
  checks.ok(claim("a tag leads to its cases"), await page.locator("#list tbody tr", { hasText: number }).count() === 1);
  await look(page, "tagged");
  await page.goto(`${base}/staff/sukabumi/kasus/${number}`);
  await look(page, "talk");
  await page.locator("form:has(input[value=close]) button").click();
  await checks.within(claim("it ends"), page.waitForSelector("input[value=reopen]", { state: "attached", timeout: PATIENT }));
  await checks.within(claim("the citizen is asked how the answer was"), bubbles.filter({ hasText: number }).filter({ has: citizen.locator(".choice") }).last().waitFor({ timeout: PATIENT }));
  const before = await bubbles.count();
  await citizen.fill("#words", "1");
  await citizen.press("#words", "Enter");
  await bubbles.nth(before).waitFor({ timeout: PATIENT });
  await checks.within(claim("the rating appears"), page.locator("#facts dd", { hasText: /^5$/ }).waitFor({ timeout: PATIENT }));
  await look(page, "ended");
  await say(size.language === "en" ? "appreciation" : "apresiasi");
  await say("Terima kasih Bu Ani, sabar sekali.");
  await say("5");
  const praise = /[A-Z]+-\d{4}-\d{4}/.exec(await bubbles.last().innerText())[0];
  await page.goto(`${base}/staff/sukabumi/kasus/${praise}`);
  await look(page, "praise");
  checks.ok(claim("whoever is named is ticked"), await page.locator("label:has(input[name=staff]:checked)").innerText().then((name) => name.includes("Ani")));
  await page.click("form:has(input[value=praise]) button");
  await page.locator("#story", { hasText: "Ani" }).waitFor({ timeout: PATIENT });
  await page.locator("details:has(#other) summary").click();
  await page.fill("#other", number);
  await page.click("details:has(#other) form[method=get] button");
  checks.ok(claim("two cases of one phone are one person"), await page.locator(".problem").count() === 1);
  await look(page, "same person");
  await office.clearCookies();
  await page.goto(`${base}/demo`);
  await page.click('button[value="0"]');
  await page.waitForURL("**/staff/sukabumi");
  await checks.within(claim("praise stands on the first page of whom it names"), page.locator(".note", { hasText: "sabar sekali" }).first().waitFor({ timeout: PATIENT }));
  await look(page, "praised");
  await office.close();
  await citizen.context().close();
}
