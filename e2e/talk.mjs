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
