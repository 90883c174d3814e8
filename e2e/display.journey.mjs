// A machine in the hall gives a number, its owner follows it on a phone, the board shows and speaks the call, and finds back by itself after
// the line was down.
const PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  const claim = (text) => `display: ${text}`;
  const look = async (page, name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/display-${name.replaceAll(" ", "-")}.png` });
  };
  const person = async (who, size) => {
    const context = await browser.newContext({ viewport: size, locale: "id-ID" });
    const page = await context.newPage();
    page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
    await page.goto(`${base}/demo`);
    await page.click(`button[value="${who}"]`);
    await page.waitForURL("**/staff/sukabumi");
    return { context, page };
  };
  // Sound needs a tap in this browser, as on a machine that was not told to allow it.
  const hall = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const board = await hall.newPage();
  board.on("pageerror", (error) => checks.fail(claim("no script breaks on the board"), error.message));
  const clips = [];
  board.on("response", (response) => { if (response.url().includes("/suara/")) clips.push(response.status()); });
  await board.goto(`${base}/display/sukabumi`);
  await look(board, "board before");
  if (await board.locator(".sound").isVisible()) await board.click(".sound");

  const { context: machine, page: kiosk } = await person(1, { width: 1080, height: 1920 });
  await kiosk.click("summary");
  await kiosk.click("form[action$='/kios/mulai'] button");
  await kiosk.waitForURL("**/kios");
  await look(kiosk, "kiosk");
  await checks.targets(claim("kiosk"), kiosk);
  await kiosk.locator("a.button.second").first().click();
  await look(kiosk, "kiosk group");
  await kiosk.locator("form", { has: kiosk.locator("input[name=line][value=pickup]") }).locator("button").click();
  await kiosk.locator(".number").waitFor({ timeout: PATIENT });
  await look(kiosk, "kiosk number");
  const number = (await kiosk.locator(".number").textContent()).trim();
  const address = (await kiosk.locator(".also a").last().getAttribute("href")).replace("?cetak=1", "");
  await kiosk.goto(`${base}/staff/sukabumi/loket/4`);
  checks.ok(claim("the machine opens nothing else"), await kiosk.locator("#now").count() === 0);

  const phone = await (await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: "dark" })).newPage();
  await phone.goto(base + address);
  checks.ok(claim("the phone shows the number"), (await phone.locator(".number").textContent()).trim() === number);
  await look(phone, "place waiting");
  await checks.targets(claim("place"), phone);
  await phone.emulateMedia({ media: "print" });
  await phone.screenshot({ path: `${checks.pictures}/display-ticket-printed.png` });
  await phone.emulateMedia({ media: null });
  for (const width of ["58mm", "80mm"]) {
    const printed = await phone.pdf({ width, height: "120mm", margin: { top: "3mm", bottom: "3mm", left: "3mm", right: "3mm" } });
    const pages = printed.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length;
    checks.ok(claim(`a ticket on paper of ${width} is one page`), pages === 1, `${pages}`);
  }

  const { context: office, page: desk } = await person(0, { width: 1280, height: 800 });
  await desk.goto(`${base}/staff/sukabumi/loket/4`);
  const since = Date.now();
  let seen = "";
  // Others may wait as well: this one comes with credit.
  for (let call = 0; call < 8 && seen !== number; call += 1) {
    await desk.keyboard.press("Space");
    await desk.waitForFunction((before) => document.querySelector("#now .number")?.textContent.trim() !== before, seen, { timeout: PATIENT });
    seen = (await desk.locator("#now .number").textContent()).trim();
  }
  checks.ok(claim("the number is called"), seen === number, `${seen} ${number}`);
  await checks.within(claim("the board shows the call"), board.locator(".call .number", { hasText: number }).waitFor({ timeout: PATIENT }));
  console.log(`     the board showed it within ${Date.now() - since} ms of the first tap`);
  const lines = await board.locator(".call .number").evaluate((node) => node.getClientRects().length && node.scrollHeight / parseFloat(getComputedStyle(node).fontSize));
  checks.ok(claim("the number stands on one line"), lines < 1.5, String(lines));
  await look(board, "board called");
  await checks.within(claim("the phone says where to go"), phone.locator(".told.good", { hasText: number }).waitFor({ timeout: PATIENT }));
  await look(phone, "place called");
  await board.waitForTimeout(1000);
  checks.ok(claim("clips of the call were fetched"), clips.length > 5 && clips.every((status) => status === 200), clips.join(" "));

  // The line of the board goes down; calls go on; it is up to date as soon as it is back.
  await hall.setOffline(true);
  await desk.keyboard.press("r");
  await desk.keyboard.press("s");
  await hall.setOffline(false);
  await board.reload();
  checks.ok(claim("after a restart the board knows the last call"), (await board.locator(".call .number").textContent()).trim() === number);
  await board.setViewportSize({ width: 360, height: 740 });
  await look(board, "board on the guard's phone");
  const nowhere = await hall.newPage();
  const answer = await nowhere.goto(`${base}/display/jakarta-pusat`);
  checks.ok(claim("an office without a hall says so"), answer.status() === 404 && (await nowhere.locator("h1").count()) === 1);

  // A key that is pressed while another one is on its way does nothing: it may be needed again.
  if (await desk.locator("#now .number").count() > 0) await desk.keyboard.press("s");
  await desk.locator("#now .number").waitFor({ state: "detached", timeout: PATIENT });
  // Served: the page of the number leads to the survey, and the head sees what it came to.
  await checks.within(claim("the phone offers the survey"), phone.locator("a[href*='/s/']").waitFor({ timeout: PATIENT }));
  await phone.click("a[href*='/s/']");
  await phone.waitForURL("**/s/**");
  await phone.click("main form button");
  await checks.within(claim("an empty survey says what to do"), phone.locator("[role=alert]").waitFor({ timeout: PATIENT }));
  for (let element = 1; element <= 9; element += 1) await phone.check(`input[name=u${element}][value="${element === 3 ? 2 : 4}"]`);
  await phone.fill("#comment", "Ruang tunggu perlu kursi tambahan.");
  await checks.axe(claim("survey"), phone);
  await checks.fits(claim("survey"), phone);
  await checks.targets(claim("survey"), phone);
  await phone.screenshot({ path: `${checks.pictures}/display-survey.png`, fullPage: true });
  await phone.click("main form button");
  await checks.within(claim("answers are thanked for"), phone.locator("main .facts[role=status]").waitFor({ timeout: PATIENT }));
  const { context: lead, page: figures } = await person(2, { width: 1280, height: 800 });
  await figures.goto(`${base}/staff/sukabumi/survei`);
  const index = await figures.locator(".facts strong").textContent();
  // 25 × (8 × 4 + 2) / 9
  checks.ok(claim("the head sees the index and its grade"), index.includes("94,44") && index.includes("A"), index);
  await look(figures, "survey figures");
  for (const context of [hall, machine, office, lead]) await context.close();
}
