// A citizen does everything in the browser: looks up a status, books a visit and proves it by a message, changes and cancels it, enters a draw,
// brings something forward, chats. With a double tap, the back button, a second tab, and without scripts.
import { dial, talk } from "./talk.mjs";

const SIZES = [
  { name: "small", width: 360, height: 740, person: "kartini", visitor: "Rina Kusumawati", english: false, scheme: "light" },
  { name: "desk", width: 1280, height: 800, person: "emma", visitor: "Joko Prasetyo", english: true, scheme: "dark" },
];
const PATIENT = 10_000;
const OFFICE = "/o/sukabumi";

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await walk({ browser, base, checks, size });
  await withoutScripts({ browser, base, checks });
}

function tools({ context, base, checks, size, name }) {
  const claim = (text) => `${name} ${size.name}: ${text}`;
  const lang = size.english ? "?lang=en" : "";
  const look = async (page, picture) => {
    await checks.axe(claim(picture), page);
    await checks.fits(claim(picture), page);
    await checks.targets(claim(picture), page);
    await page.screenshot({ path: `${checks.pictures}/${name}-${size.name}-${picture.replaceAll(" ", "-")}.png`, fullPage: true });
  };
  const open = async (page, path) => {
    const response = await page.goto(`${base}${OFFICE}${path}`, { waitUntil: "load" });
    return response.status();
  };
  return { claim, look, open, lang, context };
}

/** Sends words from the phone of the demo, as the citizen would from WhatsApp, and says yes. */
async function prove({ page, context, base, checks, claim, size }) {
  const code = (await page.locator("#kode").innerText()).trim();
  const check = (await page.locator(".number").first().innerText()).trim();
  const phone = await context.newPage();
  await dial(phone, base, size.person);
  const { office, answered, say } = talk(phone, PATIENT);
  await say(code);
  checks.ok(claim("page and message show the same number"), (await office.last().innerText()).includes(check), check);
  await phone.screenshot({ path: `${checks.pictures}/citizen-${size.name}-yes.png` });
  await answered(() => office.last().locator(".choice").first().click());
  await phone.close();
}

async function walk({ browser, base, checks, size }) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID", serviceWorkers: "block",
  });
  const { claim, look, open, lang } = tools({ context, base, checks, size, name: "citizen" });
  const page = await context.newPage();

  // Status: three mistakes and the answer.
  checks.ok(claim("status opens"), await open(page, `/status${lang}`) === 200);
  await look(page, "status");
  await page.click("main form button");
  checks.ok(claim("an empty number is explained"), await page.locator(".errors").count() === 1);
  await look(page, "status empty");
  await page.fill("#nomor", "1179 0000 0012");
  await page.click("main form button");
  checks.ok(claim("a short number is counted"), /12/.test(await page.locator(".facts[role=status]").innerText()));
  await look(page, "status short");
  await page.fill("#nomor", "3272 0141 0290 0001");
  await page.click("main form button");
  checks.ok(claim("a NIK is not shown again"), !(await page.content()).includes("3272014102900001") && await page.inputValue("#nomor") === "");
  await page.fill("#nomor", "1178 2600 0000 0002");
  await page.click("main form button");
  checks.ok(claim("no number is in the address"), !page.url().includes("1178"), page.url());
  await look(page, "status unknown");
  // An application that the demo made up: the stage for everybody, the dates for whoever knows the day of birth.
  await page.goto(`${base}/o/jakarta-pusat/status${lang}`);
  for (const [born, picture] of [["", "status stage"], ["26-04-2020", "status whole"]]) {
    await page.fill("#nomor", "1179 0000 0010 0656");
    await page.fill("#lahir", born);
    await page.click("main form button");
    checks.ok(claim(`${picture} is shown`), await page.locator(".facts[role=status]:not(.warn)").count() === 1, await page.locator("main").innerText());
    const tells = await page.locator(".facts[role=status] li").count() > 0;
    checks.ok(claim(`${picture}: dates only with the birth date`), tells === (born !== ""));
    await look(page, picture);
  }

  // A visit: chosen first, proven at the end, nothing lost on the way.
  await open(page, `/antrean${lang}`);
  await look(page, "services");
  await page.click("button[value=pickup]");
  await page.waitForURL(/\/antrean\/orang/);
  await look(page, "people");
  await page.fill("#nama0", "Siti 4minah");
  await page.fill("#lahir0", "31-02-1990");
  await page.click("main form > p button");
  checks.ok(claim("wrong names and dates are told, and stay"), await page.locator(".errors a").count() === 1 && await page.inputValue("#nama0") === "Siti 4minah");
  await look(page, "people wrong");
  await page.fill("#nama0", size.visitor);
  await page.fill("#lahir0", "01-02-1990");
  await page.click("main form > p button");
  await page.waitForURL(/\/antrean\/hari/);
  await look(page, "days");
  await page.locator(".days a.closed").first().click();
  checks.ok(claim("a closed day says why"), (await page.locator(".facts[role=status]").innerText()).length > 10);
  await look(page, "days why");
  await page.locator(".days a.free").first().click();
  await page.waitForURL(/\/antrean\/jam/);
  await look(page, "hours");
  await page.locator(".hours button").first().click();
  await page.waitForURL(/\/antrean\/periksa/);
  await look(page, "check");
  await page.reload();
  checks.ok(claim("nothing is lost by loading again"), (await page.locator("dl").innerText()).includes(size.visitor));
  await page.goBack();
  await page.goForward();
  await page.click("main a.button");
  await page.waitForURL(/\/bukti/);
  await look(page, "proof");
  await prove({ page, context, base, checks, claim, size });
  await checks.within(claim("the page notices the proof by itself"), page.waitForURL(/\/antrean\/periksa/, { timeout: PATIENT }));
  const second = await context.newPage();
  await second.goto(page.url());
  // Double tap: both presses are sent; one visit is made.
  await page.locator("main form button").dblclick();
  await page.waitForURL(/\/t\//, { timeout: PATIENT });
  checks.ok(claim("the ticket shows its code"), /[A-Z0-9]{4}-[A-Z0-9]{4}/.test(await page.locator(".code").innerText()));
  await look(page, "ticket");
  // The other tab still shows the question; its yes makes nothing new.
  await second.locator("main form button").click();
  await second.waitForURL(/\/tiket/, { timeout: PATIENT });
  checks.ok(claim("a second tab books nothing twice"), await second.locator("section", { hasText: size.visitor }).count() === 1, `${await second.locator("section", { hasText: size.visitor }).count()}`);
  await look(second, "mine");
  await second.close();
  await page.goBack();
  await page.waitForLoadState();
  checks.ok(claim("back does not book again"), !/\/bukti/.test(page.url()));

  // Changed, then cancelled.
  await open(page, `/tiket${lang}`);
  const mine = page.locator("section", { hasText: size.visitor });
  const move = mine.locator("a[href$='/ubah']");
  if (await move.count() > 0) {
    await move.first().click();
    await page.waitForURL(/\/antrean\/hari/);
    await page.locator(".days a.free").nth(1).click();
    await page.locator(".hours button").first().click();
    await page.waitForURL(/\/antrean\/periksa/);
    await look(page, "check move");
    await page.locator("main form button").last().click();
    await checks.within(claim("the visit is moved"), page.waitForURL(/\/t\//, { timeout: PATIENT }));
    await open(page, `/tiket${lang}`);
  }
  await mine.locator("a[href$='/batal']").first().click();
  await look(page, "cancel");
  await page.locator("main form button").click();
  checks.ok(claim("the visit is cancelled"), await page.locator(".facts[role=status]").count() === 1);
  await look(page, "cancelled");
  await page.goBack();
  await page.goForward();
  await open(page, `/tiket${lang}`);
  checks.ok(claim("and gone from the list"), await page.locator("section", { hasText: size.visitor }).count() === 0);
  await look(page, "mine empty");

  // A draw with the NIK in its form.
  await open(page, `/antrean${lang}`);
  await page.click("button[value=simpatik]");
  await page.fill("#nama0", size.visitor);
  await page.fill("#lahir0", "01-02-1990");
  await page.click("main form > p button");
  await page.waitForURL(/\/antrean\/hari/);
  await look(page, "days special");
  await page.locator(".days a.draw").first().click();
  await page.waitForURL(/\/antrean\/jam/);
  await look(page, "draw");
  await page.locator("main form button").click();
  await page.waitForURL(/\/antrean\/periksa/);
  await look(page, "check draw");
  await page.locator("main form button").click();
  await checks.within(claim("the form for the NIK opens"), page.waitForURL(/\/n\//, { timeout: PATIENT }));

  // Something is brought forward.
  await open(page, `/masukan${size.english ? "?lang=en&jenis=complaint" : "?jenis=complaint"}`);
  checks.ok(claim("a link chooses the kind"), await page.locator("input[value=complaint]").isChecked());
  await look(page, "feedback");
  await page.click("main form button");
  await page.locator(".errors a").waitFor({ timeout: PATIENT });
  checks.ok(claim("too few words are told"), await page.locator(".errors a").count() === 1 && await page.locator("input[value=complaint]").isChecked());
  await look(page, "feedback wrong");
  await page.fill("#teks", "Loket 3 tutup sebelum jam dua belas.");
  await page.locator("main form button").dblclick();
  await page.waitForURL(/\/kasus\//, { timeout: PATIENT });
  checks.ok(claim("a complaint has a number and a day"), /S-\d{4}-\d{4}/.test(await page.locator(".code").innerText()));
  await look(page, "case");
  const address = page.url();
  checks.ok(claim("another secret opens nothing"), (await page.goto(`${address.slice(0, -3)}AAA`)).status() === 404);

  // The chat.
  await open(page, `/obrolan${lang}`);
  await look(page, "chat empty");
  await page.locator(".starts button").first().click();
  await page.waitForLoadState();
  await page.locator(".bubble.ours").first().waitFor({ timeout: PATIENT });
  await page.fill("#teks", "menu");
  await page.locator("#akhir button").dblclick();
  await page.waitForLoadState();
  await page.locator(".bubble.ours").nth(1).waitFor({ timeout: PATIENT });
  checks.ok(claim("a double tap says it once"), await page.locator(".bubble:not(.ours)").count() === 2, `${await page.locator(".bubble:not(.ours)").count()}`);
  await page.locator(".bubble.ours button").nth(2).click();
  await page.waitForLoadState();
  await look(page, "chat");

  // What is kept is shown, taken away and, after a yes, erased.
  await open(page, `/data${lang}`);
  checks.ok(claim("what is kept is shown"), (await page.locator("main").textContent()).includes(size.visitor));
  await look(page, "data");
  const file = await page.request.get(`${base}${OFFICE}/data/unduh`);
  checks.ok(claim("and can be taken away"), (await file.text()).includes(size.visitor) && /attachment/.test(file.headers()["content-disposition"]));
  await page.goto(`${base}${OFFICE}/data/hapus${lang}`);
  await look(page, "erase");
  if (size.name === "desk") {
    await page.locator("main form button").click();
    await page.locator(".facts[role=status]").waitFor({ timeout: PATIENT });
    await look(page, "erased");
    checks.ok(claim("the complaint's page is gone with its words"), (await page.goto(address)).status() === 404);
    await open(page, `/data${lang}`);
    checks.ok(claim("nothing is left"), !(await page.locator("main").textContent()).includes(size.visitor));
    await context.close();
    return;
  }

  // The browser is left.
  await open(page, `/tiket${lang}`);
  await page.locator("form[action$='/keluar'] button").click();
  await page.waitForLoadState();
  await open(page, `/tiket${lang}`);
  checks.ok(claim("after leaving, the browser is nobody's"), await page.locator("a.button[href*='/bukti']").count() === 1);
  await look(page, "mine unproven");
  await context.close();
}

/** The whole way to the proof with scripts switched off, and by the keyboard alone. */
async function withoutScripts({ browser, base, checks }) {
  const size = { name: "plain", width: 320, height: 640, english: false };
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false, locale: "id-ID" });
  const { claim, open } = tools({ context, base, checks, size, name: "citizen" });
  const page = await context.newPage();
  await open(page, "/antrean");
  await page.locator("button[value=pickup]").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/antrean\/orang/);
  await page.locator("#nama0").fill("Budi Santoso");
  await page.locator("#lahir0").fill("15081985");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/antrean\/hari/);
  await page.locator(".days a.free").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/antrean\/jam/);
  await page.locator(".hours button").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/antrean\/periksa/);
  await page.locator("main a.button").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/bukti/);
  checks.ok(claim("without scripts the way leads to the code"), /WEB-/.test(await page.locator("#kode").innerText()));
  await open(page, "/obrolan");
  await page.locator("#teks").fill("biaya");
  await page.locator("#akhir button").focus();
  await page.keyboard.press("Enter");
  await checks.within(claim("without scripts the chat answers"), page.locator(".bubble.ours").first().waitFor({ timeout: PATIENT }));
  await context.close();
}
