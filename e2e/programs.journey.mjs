// The head of an office makes a key and an address for a partner, sees what is wrong with them, and takes them back; on a desk in Indonesian
// and on a small phone in English.
const SIZES = [
  { name: "desk", width: 1280, height: 800, scheme: "light", language: "id" },
  { name: "small", width: 360, height: 740, scheme: "dark", language: "en" },
];

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await programs({ browser, base, checks, size });
}

async function programs({ browser, base, checks, size }) {
  const claim = (text) => `programs ${size.name}: ${text}`;
  const office = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: size.scheme, locale: "id-ID" });
  const page = await office.newPage();
  const look = async (name) => {
    await checks.axe(claim(name), page);
    await checks.fits(claim(name), page);
    await checks.targets(claim(name), page);
    await page.screenshot({ path: `${checks.pictures}/programs-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };
  page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
  await page.goto(`${base}/demo`);
  await page.click('button[value="2"]');
  await page.waitForURL("**/staff/sukabumi");
  if (size.language === "en") await page.click("header a");
  await page.click('nav a[href$="/program"]');
  await look("empty");
  await page.locator("details:has(#key_label) summary").click();
  await page.fill("#key_label", `Papan kota ${size.name}`);
  await page.click("details:has(#key_label) button");
  checks.ok(claim("a key that allows nothing is not made"), await page.locator(".problem").count() === 1);
  checks.ok(claim("what was typed stays"), await page.inputValue("#key_label") === `Papan kota ${size.name}`);
  await look("nothing ticked");
  await page.check("input[value=queue]");
  await page.click("details:has(#key_label) button");
  const key = (await page.locator(".told code").innerText()).trim();
  checks.ok(claim("the key is shown once"), key.startsWith("sigap_"), key.slice(0, 6));
  await look("key made");
  const asked = await page.request.get(`${base}/api/v1/offices/sukabumi/queue`, { headers: { authorization: `Bearer ${key}` } });
  checks.ok(claim("the key opens the queue"), asked.status() === 200, String(asked.status()));
  await page.locator("details:has(#url) summary").click();
  await page.fill("#hook_label", "Papan kota");
  await page.fill("#url", "https://papan.contoh.invalid/sigap");
  await page.check("input[value='case.opened']");
  await page.click("details:has(#url) button");
  checks.ok(claim("the secret is shown once"), (await page.locator(".told code").innerText()).startsWith("whsec_"));
  await look("address made");
  await page.locator("form[action$='/alamat/hapus'] button").click();
  await page.locator("article", { hasText: `Papan kota ${size.name}` }).locator("button").click();
  await page.waitForLoadState();
  const refused = await page.request.get(`${base}/api/v1/offices/sukabumi/queue`, { headers: { authorization: `Bearer ${key}` } });
  checks.ok(claim("a key that was taken back opens nothing"), refused.status() === 401, String(refused.status()));
  await look("taken back");
  await office.close();
}
