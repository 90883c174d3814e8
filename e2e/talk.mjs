// The phone page as journeys use it: a person writes to an office, something is said or tapped, and an answer comes.

/** Opens the phone of a person, with an office at the other end. */
export async function dial(page, base, person, office = "Sukabumi") {
  await page.goto(`${base}/phone?person=${person}`, { waitUntil: "load" });
  await page.evaluate((name) => {
    const box = document.querySelector("#number");
    box.value = [...box.options].find((option) => option.textContent.includes(name)).value;
    box.dispatchEvent(new Event("change"));
  }, office);
}

/** The office's bubbles, and ways to get one more; the last one is given. */
export function talk(page, patience) {
  const office = page.locator("#log .row.theirs:not([data-id=typing])");
  const answered = async (act) => {
    const before = await office.count();
    await act();
    await office.nth(before).waitFor({ timeout: patience });
    return office.last();
  };
  const say = (text) => answered(async () => {
    await page.fill("#words", text);
    await page.press("#words", "Enter");
  });
  return { office, answered, say };
}

/** Books the scarce day whose places are simply taken, for which a NIK is typed on a page; what the chat said before it. */
export async function bookWithNik(page, { office, answered, say }, who, nik) {
  await say("mau daftar antrean");
  await say("1");
  await say(who);
  // The days follow from today: that one says how many places there are.
  await office.last().locator(".choice").first().click();
  await answered(() => page.locator("#sheet .option", { hasText: /\d+ tempat/ }).first().click());
  const told = await (await say("1")).innerText();
  const form = await page.context().newPage();
  await form.goto(await office.last().locator("a.choice").getAttribute("href"));
  await form.fill("input", nik);
  await form.press("input", "Enter");
  await form.locator("main form").waitFor({ state: "detached" });
  await form.close();
  await page.locator("#log .row.theirs", { hasText: "permohonan" }).last().waitFor();
  return told;
}
