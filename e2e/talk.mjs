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

/** A sheet with lines of letters as a phone would photograph it, or nothing but shades. */
export async function photo(page, isSharp) {
  const bytes = await page.evaluate((isSharp) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [1200, 800];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#777";
    pen.fillRect(0, 0, 1200, 800);
    if (isSharp) {
      pen.fillStyle = "#ddd";
      pen.fillRect(70, 70, 1060, 660);
      pen.fillStyle = "#222";
      pen.font = "26px sans-serif";
      for (let y = 120; y < 720; y += 34) pen.fillText("CONTOH CONTOH CONTOH CONTOH CONTOH CONTOH CONTOH", 90, y);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }, isSharp);
  return { name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes, "base64") };
}
