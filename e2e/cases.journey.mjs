// A citizen asks for an officer on the phone page; the helpdesk takes the case, begins with a ready answer, talks, notes, ends it, and sees
// how the answer was found; on a desk in Indonesian and on a small phone in English.
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
  await citizen.goto(`${base}/phone?person=${size.person}`, { waitUntil: "load" });
  await citizen.evaluate(() => {
    const box = document.querySelector("#number");
    box.value = [...box.options].find((option) => option.textContent.includes("Sukabumi")).value;
    box.dispatchEvent(new Event("change"));
  });
  const bubbles = citizen.locator("#log .row.theirs:not([data-id=typing])");
  const say = async (words, isAnswered = true) => {
    const before = await bubbles.count();
    await citizen.fill("#words", words);
    await citizen.press("#words", "Enter");
    if (isAnswered) await bubbles.nth(before).waitFor({ timeout: PATIENT });
  };
  await say("petugas");
  await say("Nama di paspor saya salah cetak, harus bagaimana?");
  const number = /[A-Z]+-\d{4}-\d{4}/.exec(await bubbles.last().innerText())[0];

  const office = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await office.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
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
  await page.locator("summary").click();
  await page.fill("#note", "Slip diperiksa");
  await page.click("details form button");
  await page.waitForURL(`**/kasus/${number}`);
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
  await office.close();
  await citizen.context().close();
}
