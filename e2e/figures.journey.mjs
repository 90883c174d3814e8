// The head reads the figures of today, a month and a year, takes them away as files and on paper; the directorate compares offices; anybody sees
// what everybody may see. On a desk and on a phone, light and dark, in both languages, and as it is printed.
const SIZES = [
  { name: "desk", width: 1280, height: 800, scheme: "light", language: "id" },
  { name: "small", width: 360, height: 740, scheme: "dark", language: "en" },
];

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) {
    await head({ browser, base, checks, size });
    await nation({ browser, base, checks, size });
    await everybody({ browser, base, checks, size });
  }
  await denied({ browser, base, checks });
}

async function signedIn({ browser, base, who, size, checks, claim }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await context.newPage();
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  page.on("console", (message) => { if (message.type() === "error" && /Content Security Policy/.test(message.text())) checks.fail(claim("nothing is against the policy"), message.text()); });
  await page.goto(`${base}/demo`);
  await page.click(`button[value="${who}"]`);
  await page.waitForURL("**/staff/sukabumi");
  if (size.language === "en") await page.click("header a");
  return { context, page };
}

function looker({ checks, size, claim, of }) {
  return async (page, name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/figures-${of}-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };
}

const lastMonth = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};

async function head({ browser, base, checks, size }) {
  const claim = (text) => `figures ${size.name}: ${text}`;
  const look = looker({ checks, size, claim, of: "office" });
  const { context, page } = await signedIn({ browser, base, who: 2, size, checks, claim });
  await page.click("nav.bar a[href$='/angka']");
  await look(page, "today");
  checks.ok(claim("one heading of the first level"), await page.locator("h1").count() === 1);

  const month = lastMonth();
  await page.fill("#bulan", month);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/angka/${month}`);
  const pictures = page.locator("svg.chart[role=img]");
  checks.ok(claim("two pictures of the month"), await pictures.count() === 2, `${await pictures.count()}`);
  const told = await pictures.evaluateAll((all) => all.map((one) => one.querySelector("title").textContent && one.querySelector("desc").textContent));
  checks.ok(claim("each says what it shows"), told.every((text) => /\d/.test(text)), told.join("; "));
  const visits = await page.locator(".cards dd").first().innerText();
  checks.ok(claim("visits were counted"), Number(visits.replace(/\D/g, "")) > 200, visits);
  await look(page, "month");
  const details = page.locator("details", { has: page.locator("table") }).first();
  await details.locator("summary").focus();
  await page.keyboard.press("Enter");
  const rows = await details.locator("tbody tr").count();
  checks.ok(claim("each day stands behind the picture"), rows >= 28, `${rows}`);
  const sum = await details.locator("tbody tr td:nth-child(2)").evaluateAll((cells) => cells.reduce((all, cell) => all + Number(cell.textContent.replace(/\D/g, "")), 0));
  checks.ok(claim("the days add up to the month"), sum === Number(visits.replace(/\D/g, "")), `${sum} ${visits}`);
  await look(page, "month open");
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.screenshot({ path: `${checks.pictures}/figures-office-${size.name}-print.png`, fullPage: true });
  checks.ok(claim("links are not printed"), await page.locator("nav.bar").isHidden());
  await page.emulateMedia({ media: "screen", colorScheme: size.scheme });

  for (const [ending, kind, start] of [["pdf", "application/pdf", "%PDF-1.7"], ["csv", "text/csv", "\u00ef\u00bb\u00bf"], ["xlsx", "spreadsheetml", "PK"]]) {
    const address = await page.locator(`.files a[href$='.${ending}']`).getAttribute("href");
    const answer = await context.request.get(`${base}${address}`);
    const body = (await answer.body()).toString("latin1");
    checks.ok(claim(`the ${ending} comes`), answer.ok() && answer.headers()["content-type"].includes(kind) && body.startsWith(start), body.slice(0, 20));
    checks.ok(claim(`the ${ending} is named by office and month`), answer.headers()["content-disposition"].includes(`angka-sukabumi-${month}.${ending}`));
  }
  await page.click("nav.periods a[href$='/angka/" + new Date().getUTCFullYear() + "']");
  await look(page, "year");
  await page.click("a[href*='/survei?month=']");
  checks.ok(claim("the survey is one tap away, and leads back"), await page.locator(`a[href*='/angka/']`).count() >= 1);
  await page.goto(`${base}/staff/sukabumi/angka/2001-02`);
  checks.ok(claim("a month without figures says so"), await page.locator(".told").count() === 1);
  await look(page, "empty");
  await context.close();
}

async function nation({ browser, base, checks, size }) {
  const claim = (text) => `figures nation ${size.name}: ${text}`;
  const look = looker({ checks, size, claim, of: "nation" });
  const { context, page } = await signedIn({ browser, base, who: 5, size, checks, claim });
  await page.click("nav.bar a[href$='/angka/nasional']");
  await page.goto(`${base}/staff/sukabumi/angka/nasional/${lastMonth()}`);
  const names = async () => page.locator("tbody th").allInnerTexts();
  checks.ok(claim("offices with figures stand side by side"), (await names()).length === 4, (await names()).join(", "));
  await page.click("th a[href='?urut=visits']");
  const visits = await page.locator("tbody td:nth-child(2)").allInnerTexts();
  const numbers = visits.map((text) => Number(text.replace(/\D/g, "") || -1));
  checks.ok(claim("sorted by visits, the most first"), numbers.every((number, place) => place === 0 || numbers[place - 1] >= number), visits.join(" "));
  checks.ok(claim("the order is told"), await page.locator("th[aria-sort=descending]").count() === 1);
  await look(page, "month");
  await page.goto(`${base}/staff/sukabumi/angka/nasional/2001-02`);
  await look(page, "empty");
  await context.close();
}

async function everybody({ browser, base, checks, size }) {
  const claim = (text) => `figures public ${size.name}: ${text}`;
  const look = looker({ checks, size, claim, of: "public" });
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, javaScriptEnabled: true });
  const page = await context.newPage();
  const sizes = [];
  page.on("requestfinished", (request) => sizes.push(request.sizes()));
  await page.goto(`${base}/o/sukabumi/angka/${lastMonth()}${size.language === "en" ? "?lang=en" : ""}`, { waitUntil: "networkidle" });
  const bytes = (await Promise.all(sizes)).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  checks.ok(claim("at most 15 KB over the wire, with our scripts only"), bytes > 1_000 && bytes < 15_000 && await page.locator("script:not([src^='/aset/'])").count() === 0, `${bytes}`);
  checks.ok(claim("waits and the index are told"), /\d/.test(await page.locator("tbody").first().innerText()));
  const drawn = page.locator("table", { hasText: /Pendaftaran|Entries/ });
  checks.ok(claim("a draw is told with its record"), await drawn.count() >= 1 && await page.locator("a[href*='/undian/']").count() >= 1);
  await look(page, "month");
  await page.goto(`${base}/o/sukabumi/angka/2001-02`);
  await look(page, "empty");
  await context.close();
}

async function denied({ browser, base, checks }) {
  const claim = (text) => `figures denied: ${text}`;
  const size = SIZES[0];
  const { context, page } = await signedIn({ browser, base, who: 0, size, checks, claim });
  checks.ok(claim("a counter officer has no link"), await page.locator("nav a[href*='/angka']").count() === 0);
  for (const part of ["", "/2026-10", "/2026-10.csv", "/nasional"]) {
    const answer = await page.goto(`${base}/staff/sukabumi/angka${part}`);
    checks.ok(claim(`and no page ${part}`), answer.status() === 403, `${answer.status()}`);
  }
  await context.close();
  const { context: lead, page: own } = await signedIn({ browser, base, who: 2, size, checks, claim });
  checks.ok(claim("the head of one office does not see all"), (await own.goto(`${base}/staff/sukabumi/angka/nasional`)).status() === 403);
  checks.ok(claim("nor another office"), (await own.goto(`${base}/staff/makassar/angka`)).url().endsWith("/masuk"));
  await lead.close();
}
