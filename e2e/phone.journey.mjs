// A citizen on /phone: greets the office, looks a status up, asks how to pay; on a small phone and on a desk, light and dark.
const SIZES = [
  { name: "small", width: 360, height: 740, person: "sari" },
  { name: "desk", width: 1280, height: 800, person: "bayu" },
];
/** What the journey may wait for an answer. The promise is a second; a loaded machine gets more only where speed is not the claim. */
const SOON = 1000, PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await visit({ browser, base, checks, size });
}

async function visit({ browser, base, checks, size }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: "light", locale: "id-ID" });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  const claim = (text) => `phone ${size.name}: ${text}`;
  const office = page.locator("#log .row.theirs:not([data-id=typing])");
  const mine = page.locator("#log .row.mine");

  await page.goto(`${base}/phone?person=${size.person}`, { waitUntil: "load" });
  await page.locator("#empty:visible, #log .row").first().waitFor({ timeout: PATIENT });
  checks.ok(claim("says that it is a simulation"), (await page.locator(".band").innerText()).includes("SIMULASI"));
  await checks.axe(claim("before the first word"), page);
  await checks.picture(page, `phone-${size.name}-0-empty`);

  /** Types, sends, and waits for one more bubble of the office. */
  const say = async (text, patience) => {
    const before = await office.count();
    await page.fill("#words", text);
    const started = Date.now();
    await page.press("#words", "Enter");
    await office.nth(before).waitFor({ timeout: patience });
    return Date.now() - started;
  };

  const took = await say("halo", PATIENT);
  checks.ok(claim("the greeting is answered within a second"), took <= SOON, `${took} ms`);
  const list = office.last().locator("button.choice").first();
  await checks.within(claim("the answer is a menu"), list.waitFor({ timeout: SOON }));
  await checks.within(claim("the own ticks turn blue"), mine.last().locator(".ticks.read").waitFor({ timeout: PATIENT }));
  await checks.axe(claim("with the menu"), page);
  await checks.picture(page, `phone-${size.name}-1-menu`);

  await list.click();
  const status = page.locator("#sheet .option", { hasText: /status/i }).first();
  await checks.within(claim("the list opens and offers the status"), status.waitFor({ timeout: SOON }));
  await checks.axe(claim("with the list open"), page);
  await checks.targets(claim("with the list open"), page);
  await checks.picture(page, `phone-${size.name}-2-list`);
  let before = await office.count();
  await status.click();
  await checks.within(claim("the tap is answered"), office.nth(before).waitFor({ timeout: PATIENT }));
  await say("1179 0000 0012 3456", PATIENT);
  checks.ok(claim("a 16-digit number is answered"), (await office.last().innerText()).trim().length > 20);
  await checks.picture(page, `phone-${size.name}-3-status`);
  await say("#bayar", PATIENT);
  checks.ok(claim("#bayar tells how to pay"), /bayar/i.test(await office.last().innerText()), await office.last().innerText());
  await checks.picture(page, `phone-${size.name}-4-pay`);

  await page.emulateMedia({ colorScheme: "dark" });
  await checks.axe(claim("in the dark"), page);
  await checks.picture(page, `phone-${size.name}-5-dark`);
  await page.emulateMedia({ colorScheme: "light" });

  await page.click("#open-attach");
  await checks.targets(claim("with attachments open"), page);
  await checks.picture(page, `phone-${size.name}-6-attach`);
  before = await mine.count();
  await page.click("#attach [data-send=image]");
  await checks.within(claim("a photo is shown"), mine.nth(before).locator("img").waitFor({ timeout: PATIENT }));

  // A place: one of those with a name, then any by its degrees.
  await page.click("#open-attach");
  await page.click("#attach [data-send=location]");
  await checks.axe(claim("with the places open"), page);
  await checks.targets(claim("with the places open"), page);
  await checks.picture(page, `phone-${size.name}-6-places`);
  before = await office.count();
  await page.getByRole("button", { name: "Tugu Pahlawan" }).click();
  await checks.within(claim("a place is answered"), office.nth(before).waitFor({ timeout: PATIENT }));
  checks.ok(claim("the nearest office is named"), /Kanim Tanjung Perak/.test(await office.last().innerText()), await office.last().innerText());
  await page.click("#open-attach");
  await page.click("#attach [data-send=location]");
  await page.fill("#degrees", "di sana");
  await page.press("#degrees", "Enter");
  checks.ok(claim("words are no degrees"), await page.locator("#sheet .wrong").isVisible());
  await page.fill("#degrees", "21.4225, 39.8262");
  before = await office.count();
  await page.press("#degrees", "Enter");
  await checks.within(claim("a place abroad is answered"), office.nth(before).waitFor({ timeout: PATIENT }));
  checks.ok(claim("abroad no office is the nearest"), /kedutaan/.test(await office.last().innerText()), await office.last().innerText());
  await checks.picture(page, `phone-${size.name}-6-nearest`);

  if (size.name === "small") {
    await page.click("#open-panel");
    await checks.axe(claim("with the settings open"), page);
    await checks.targets(claim("with the settings open"), page);
    await checks.picture(page, `phone-${size.name}-7-panel`);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 320, height: 640 });
    await checks.fits(claim("at 320 px"), page);
    await page.setViewportSize({ width: size.width, height: size.height });
  }
  await checks.fits(claim("at its size"), page);

  // A line that breaks: the message stays, says so, and goes on its way when asked again.
  await page.route("**/phone/say*", (route) => route.abort());
  await page.fill("#words", "masih di sana?");
  await page.press("#words", "Enter");
  const again = page.getByRole("button", { name: "Kirim ulang" });
  await checks.within(claim("an unsent message says so"), again.waitFor({ timeout: PATIENT }));
  await checks.picture(page, `phone-${size.name}-8-unsent`);
  await page.unroute("**/phone/say*");
  await again.click();
  await checks.within(claim("and is sent when asked again"), again.waitFor({ state: "detached", timeout: PATIENT }));
  // The browser itself reports the request that we broke on purpose; nothing else may be there.
  const foreign = errors.filter((text) => !text.includes("ERR_FAILED"));
  checks.ok(claim("no errors in the console"), foreign.length === 0, foreign.join(" | "));

  await page.waitForTimeout(400);
  const texts = await mine.locator(".words").allInnerTexts();
  await page.reload({ waitUntil: "load" });
  await mine.first().waitFor({ timeout: PATIENT });
  const kept = await mine.locator(".words").allInnerTexts();
  checks.ok(claim("a reload keeps the conversation"), texts.every((text, at) => kept[at] === text), `${texts.length} then ${kept.length}`);
  await context.close();
}
