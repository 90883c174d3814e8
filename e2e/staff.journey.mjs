// An officer signs in, gives numbers at the door, works at the desk with the keyboard alone, loses the network in the middle of a tap, and a
// head looks at the trail and adds a colleague who sets up a sign-in; on a desk and on a small phone, in both languages, light and dark.
const PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  await day({ browser, base, checks, size: { name: "desk", width: 1280, height: 800, scheme: "light", who: 0, counter: 1, language: "id" } });
  await day({ browser, base, checks, size: { name: "small", width: 360, height: 740, scheme: "dark", who: 1, counter: 2, language: "en" } });
  await passkey({ browser, base, checks });
  await head({ browser, base, checks });
}

/** A page that tells when its console complains. */
async function signedIn({ browser, base, who, size, checks, claim }) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${who}"]`);
  await page.waitForURL("**/staff/sukabumi");
  return { context, page };
}

const looker = (checks, claim, folder) => async (page, name, label) => {
  await checks.axe(claim(name), page);
  await checks.fits(claim(name), page);
  await checks.targets(claim(name), page);
  await page.screenshot({ path: `${checks.pictures}/${folder}-${label}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
};

async function day({ browser, base, checks, size }) {
  const claim = (text) => `staff ${size.name}: ${text}`;
  const look = looker(checks, claim, "staff");
  const lost = await (await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme })).newPage();
  await lost.goto(`${base}/staff/sukabumi/loket/1`);
  checks.ok(claim("nobody gets in without signing in"), lost.url().endsWith("/masuk"), lost.url());
  await look(lost, "sign-in", size.name);
  await lost.fill("#email", "ani@contoh.go.id");
  await lost.fill("#password", "bukan kata sandinya");
  await lost.fill("#code", "123456");
  await lost.click("form button[type=submit]");
  checks.ok(claim("a wrong sign-in says so"), await lost.locator("[role=alert]:visible").count() === 1);
  await look(lost, "sign-in refused", size.name);
  await lost.close();

  const { context, page } = await signedIn({ browser, base, who: size.who, size, checks, claim });
  if (size.language === "en") await page.click("header a");
  await look(page, "today", size.name);

  if (size.name === "small") {
    await page.click("button.size");
    for (const part of ["", "/datang", "/loket", `/loket/${size.counter}`, "/paspor", "/akun"]) {
      await page.goto(`${base}/staff/sukabumi${part}`);
      await checks.fits(claim(`large text at ${part || "today"}`), page);
    }
    await look(page, "account in large text", size.name);
    await page.click("button.size");
    checks.ok(claim("the ordinary size is back, on the same page"), page.url().endsWith("/akun"), page.url());
  }

  const give = async (line, group = "") => {
    await page.goto(`${base}/staff/sukabumi/datang`);
    const form = page.locator("form[action$='/nomor']");
    await form.locator(`input[name=line][value=${line}]`).check();
    await form.locator(`input[name=group][value="${group}"]`).check();
    await form.locator("button").click();
    return (await page.locator(".told .number").textContent()).trim();
  };
  const first = await give("passport");
  const elder = await give("passport", "lansia");
  const last = await give("passport");
  checks.ok(claim("numbers follow each other"), [first, elder, last].every((label) => /^A-\d{3}$/.test(label)), `${first} ${elder} ${last}`);
  await look(page, "door given", size.name);
  await page.fill("#code", "K7QX-M2PD");
  await page.press("#code", "Enter");
  checks.ok(claim("an unknown code is told with the next step"), (await page.locator(".told.bad").textContent()).length > 60);
  await look(page, "door refused", size.name);

  await page.goto(`${base}/staff/sukabumi/loket`);
  await look(page, "counters", size.name);
  await page.goto(`${base}/staff/sukabumi/loket/${size.counter}`);
  await look(page, "desk free", size.name);
  const now = page.locator("#now .number");
  const called = async () => (await now.textContent()).trim();
  await page.keyboard.press("Space");
  await checks.within(claim("the space bar calls the next"), now.waitFor({ timeout: PATIENT }));
  await look(page, "desk called", size.name);
  const one = await called();
  await page.keyboard.press("r");
  await checks.within(claim("R calls again"), page.locator("#now", { hasText: size.language === "en" ? "2 times" : "2 kali" }).waitFor({ timeout: PATIENT }));

  // The line goes down while the officer taps.
  await context.setOffline(true);
  await page.keyboard.press("Space");
  await checks.within(claim("without a network the page says that the tap is kept"), page.locator(".offline:visible").waitFor({ timeout: PATIENT }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Space");
  await page.screenshot({ path: `${checks.pictures}/staff-${size.name}-desk-offline.png` });
  await context.setOffline(false);
  await checks.within(claim("the tap arrives when the line is back"), page.waitForFunction((before) => {
    const number = document.querySelector("#now .number");
    return number && number.textContent.trim() !== before;
  }, one, { timeout: 30_000 }));
  const two = await called();
  await page.reload();
  checks.ok(claim("it was carried out once"), (await called()) === two, `${two} ${await called()}`);

  await page.keyboard.press("l");
  await checks.within(claim("L skips, and the number waits among those on hold"), page.locator("#aside", { hasText: two }).waitFor({ timeout: PATIENT }));
  await look(page, "desk skipped", size.name);
  await page.keyboard.press("u");
  await checks.within(claim("U takes it back"), page.locator("#now .number", { hasText: two }).waitFor({ timeout: PATIENT }));
  await page.selectOption("#line", "bap");
  await page.locator("#now form.row button").click();
  await checks.within(claim("a transfer frees the counter"), page.locator("#now button[data-key=B]").waitFor({ timeout: PATIENT }));
  await page.keyboard.press("b");
  await checks.within(claim("B begins a break"), page.locator("#now", { hasText: size.language === "en" ? "On a break" : "Istirahat" }).waitFor({ timeout: PATIENT }));

  await page.goto(`${base}/staff/sukabumi/paspor`);
  await look(page, "passports", size.name);
  await page.fill("#number", "1179 0000");
  await page.press("#number", "Enter");
  checks.ok(claim("a number that is too short is told with its digits"), (await page.locator(".told.bad").textContent()).includes("8"));
  const collected = size.name === "desk" ? "1179 0000 0000 9016" : "1179 0000 0000 9024";
  await page.fill("#number", collected);
  await page.press("#number", "Enter");
  await look(page, "passport found", size.name);
  checks.ok(claim("the number is in no address"), !page.url().includes("1179"));
  await page.check("input[name=by][value=satu_kk]");
  await page.locator("form", { has: page.locator("#taker") }).locator("button").click();
  checks.ok(claim("somebody else has to sign with a name"), await page.locator(".told.bad").count() === 1);
  await page.check("input[name=by][value=satu_kk]");
  await page.fill("#taker", "Ibu Contoh");
  await page.locator("form", { has: page.locator("#taker") }).locator("button").click();
  checks.ok(claim("the passport is handed over"), await page.locator(".told.good").count() === 1 && await page.locator("#taker").count() === 0);
  await look(page, "passport handed over", size.name);

  const bytes = [];
  const fresh = await context.newPage();
  fresh.on("response", async (response) => { if (!response.url().includes("aliran")) bytes.push((await response.body()).length); });
  await fresh.goto(`${base}/staff/sukabumi/loket/${size.counter}`, { waitUntil: "load" });
  await fresh.waitForTimeout(300);
  const sum = bytes.reduce((all, one) => all + one, 0);
  checks.ok(claim(`the desk weighs at most 60 KB at first (${sum} bytes, ${bytes.length} requests, not compressed)`), sum <= 60_000 && bytes.length <= 10);

  await page.goto(`${base}/staff/sukabumi/akun`);
  await look(page, "account", size.name);
  await page.goto(`${base}/staff/sukabumi/jejak`);
  checks.ok(claim("the trail is not for a counter officer"), (await page.locator("h1").textContent()).length > 0 && (await page.locator("table").count()) === 0);
  await look(page, "denied", size.name);
  await page.click("form[action$='/keluar'] button");
  await page.waitForURL("**/masuk");
  await page.goBack();
  await page.reload();
  checks.ok(claim("after signing out the back button shows nothing"), page.url().endsWith("/masuk"), page.url());
  await context.close();
}

/** With an authenticator of the browser's own: a passkey is added, signs in, and is removed. */
async function passkey({ browser, base, checks }) {
  const claim = (text) => `staff passkey: ${text}`;
  const named = base.replace("127.0.0.1", "localhost");
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light", locale: "id-ID" });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
  } });
  await page.goto(`${named}/demo`);
  await page.click('button[value="3"]');
  await page.waitForURL("**/staff/sukabumi");
  await page.goto(`${named}/staff/sukabumi/akun`);
  await page.click("[data-passkey-add]");
  await checks.within(claim("a passkey is added"), page.waitForSelector("form[action$='/kunci/hapus']", { timeout: PATIENT }));
  await looker(checks, claim, "staff")(page, "account", "passkey");
  await page.click("form[action$='/keluar'] button");
  await page.waitForURL("**/masuk");
  await page.fill("#email", "dewi@contoh.go.id");
  await page.click("[data-passkey-enter]");
  await checks.within(claim("it signs in without password and code"), page.waitForURL("**/staff/sukabumi", { timeout: PATIENT }));
  await page.goto(`${named}/staff/sukabumi/akun`);
  await page.click("form[action$='/kunci/hapus'] button");
  await page.waitForURL("**/akun");
  await page.click("form[action$='/keluar'] button");
  await page.waitForURL("**/masuk");
  await page.fill("#email", "dewi@contoh.go.id");
  await page.click("[data-passkey-enter]");
  await checks.within(claim("once removed it opens nothing"), page.waitForSelector("[data-passkey-failed]:visible", { timeout: PATIENT }));
  await looker(checks, claim, "staff")(page, "refused", "passkey");
  await context.close();
}

async function head({ browser, base, checks }) {
  const claim = (text) => `staff head: ${text}`;
  const look = looker(checks, claim, "staff");
  const size = { width: 1280, height: 800, scheme: "light" };
  const { context, page } = await signedIn({ browser, base, who: 2, size, checks, claim });
  await page.goto(`${base}/staff/sukabumi/jejak`);
  checks.ok(claim("the chain of the trail is whole"), await page.locator(".told.good").count() === 1);
  await look(page, "trail", "head");
  await page.goto(`${base}/staff/sukabumi/petugas`);
  await page.fill("#email", `eka${Date.now()}@contoh.go.id`);
  await page.fill("#name", "Eka (contoh)");
  await page.check("input[value=counter]");
  await page.click("form[action$='/petugas'] button");
  await look(page, "people", "head");
  const link = (await page.locator(".told code").textContent()).trim();
  const colleague = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await colleague.goto(base + new URL(link).pathname);
  await look(colleague, "enrolment", "head");
  await colleague.fill("#password", "terlalu pendek");
  await colleague.fill("#again", "terlalu pendek");
  await colleague.fill("#code", "123456");
  await colleague.click("main form button");
  checks.ok(claim("a weak password is refused with the next step"), await colleague.locator("#problem").count() === 1);
  await look(colleague, "enrolment refused", "head");
  await context.close();
}
