// A ticket is held before the camera at the door: a browser of its own whose camera shows the picture of a real ticket, read from a film of
// still pictures.
import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { dial, talk } from "./talk.mjs";

const PATIENT = 20_000;

export async function journey({ browser, base, checks }) {
  const claim = (text) => `camera: ${text}`;
  const folder = await mkdtemp(path.join(tmpdir(), "sigap-camera-"));
  try {
    const film = path.join(folder, "ticket.mjpeg");
    await writeFile(film, await filmOfTicket(browser, base));
    const filming = await chromium.launch({
      executablePath: process.env.SIGAP_CHROMIUM ?? "/usr/bin/chromium",
      chromiumSandbox: false,
      args: ["--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
    });
    try {
      const context = await filming.newContext({ viewport: { width: 1280, height: 800 }, permissions: ["camera"], locale: "id-ID" });
      const page = await context.newPage();
      page.on("pageerror", (error) => checks.fail(claim("no script breaks"), error.message));
      await page.goto(`${base}/demo`);
      await page.click('button[value="0"]');
      await page.waitForURL("**/staff/sukabumi");
      await page.goto(`${base}/staff/sukabumi/datang`);
      await page.click("[data-camera]");
      await checks.within(claim("a ticket is read and answered"), page.waitForSelector(".told", { timeout: PATIENT }));
      const told = await page.textContent(".told").catch(() => "");
      // The visit is on a later day: the door knows the booking and says when.
      checks.ok(claim("the door knows the booking and its day"), /Kunjungan ini untuk/.test(told), told.trim());
      await checks.axe(claim("door after the camera"), page);
      await page.screenshot({ path: `${checks.pictures}/camera-door.png` });
    } finally {
      await filming.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Books a place in the chat and films the QR code of its ticket: pictures one after the other are a film. */
async function filmOfTicket(browser, base) {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 }, locale: "id-ID" });
  const page = await context.newPage();
  await dial(page, base, "kartini");
  const { office, answered, say } = talk(page, PATIENT);
  for (const words of ["mau daftar antrean", "2", "Kartini Soemardjo 01-02-1955", "2", "1"]) await say(words);
  await answered(() => office.last().locator(".choice").first().click());
  const ticket = await context.newPage();
  await ticket.goto(await office.last().locator("a.choice").getAttribute("href"));
  const drawing = await ticket.locator(".picture svg").first().evaluate((node) => node.outerHTML);
  const still = await context.newPage();
  await still.setContent(`<body style="margin:0;background:#fff;display:grid;place-items:center;height:480px"><div style="width:400px">${drawing}</div></body>`);
  await still.addStyleTag({ content: "svg { width: 400px; height: 400px; }" });
  const frame = await still.screenshot({ type: "jpeg", quality: 90 });
  await context.close();
  return Buffer.concat(Array(10).fill(frame));
}
