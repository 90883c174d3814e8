// A citizen books a place to collect a passport and holds the ticket, enters a draw with the NIK on its form, looks at the draws, and
// cancels; on a small phone in Indonesian and on a desk in English.
import { dial, talk } from "./talk.mjs";

const SIZES = [
  { name: "small", width: 360, height: 740, person: "sari", nik: "3272014102900001", other: "English" },
  { name: "desk", width: 1280, height: 800, person: "bayu", nik: "3272014102900002", other: "Bahasa Indonesia" },
];
const PATIENT = 10_000;

export async function journey({ browser, base, checks }) {
  for (const size of SIZES) await book({ browser, base, checks, size });
}

async function book({ browser, base, checks, size }) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, colorScheme: "light", locale: "id-ID" });
  const page = await context.newPage();
  const claim = (text) => `booking ${size.name}: ${text}`;

  const { office, answered, say } = talk(page, PATIENT);
  const tap = (pattern) => answered(() => office.last().locator(".choice", { hasText: pattern }).first().click());
  /** Opens a page of the office as the citizen's browser would, and looks at it. */
  const open = async (address, name) => {
    const opened = await context.newPage();
    const response = await opened.goto(address, { waitUntil: "load" });
    checks.ok(claim(`${name} opens`), response.status() === 200, `${response.status()}`);
    await look(opened, name);
    return opened;
  };
  const look = async (opened, name) => {
    await checks.axe(claim(name), opened);
    await checks.fits(claim(name), opened);
    await checks.targets(claim(name), opened);
    await opened.screenshot({ path: `${checks.pictures}/booking-${size.name}-${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };
  const link = async () => office.last().locator("a.choice").getAttribute("href");

  await dial(page, base, size.person);
  if (size.name === "desk") await say("english");
  await say("mau daftar antrean");
  await say("2");
  await say("Siti Aminah 01-02-1990");
  await checks.picture(page, `booking-${size.name}-days`);
  await say("2");
  await say("1");
  await checks.picture(page, `booking-${size.name}-check`);
  const done = await tap(/./);
  checks.ok(claim("the visit is booked"), /[A-Z0-9]{4}-[A-Z0-9]{4}/.test(await done.innerText()), await done.innerText());
  await checks.picture(page, `booking-${size.name}-done`);

  const ticket = await open(await link(), "ticket");
  checks.ok(claim("the ticket shows its code as a picture"), await ticket.locator(".picture svg").count() === 1);
  const calendar = await ticket.locator("a.button").getAttribute("href");
  const event = await ticket.request.get(new URL(calendar, ticket.url()).href);
  checks.ok(claim("it gives an event for the calendar"), (await event.text()).startsWith("BEGIN:VCALENDAR"));
  await ticket.click(`text=${size.other}`);
  await look(ticket, "ticket in the other language");
  await ticket.emulateMedia({ colorScheme: "dark" });
  await checks.axe(claim("ticket in the dark"), ticket);
  await ticket.close();

  await say("daftar antrean");
  await say("1");
  await say("Siti Aminah 01-02-1990");
  await say("1");
  await checks.picture(page, `booking-${size.name}-draw`);
  await tap(/./);
  await checks.picture(page, `booking-${size.name}-form-link`);
  const form = await open(await link(), "form");
  await form.fill("input", "3272014102900");
  await form.press("input", "Enter");
  await form.locator("[role=alert]").first().waitFor({ timeout: PATIENT });
  checks.ok(claim("a NIK that is too short stays in its field"), await form.inputValue("input") === "3272014102900");
  await look(form, "form with a mistake");
  await form.fill("input", size.nik);
  await form.press("input", "Enter");
  await checks.within(claim("the right NIK is taken"), form.locator("main form").waitFor({ state: "detached", timeout: PATIENT }));
  await look(form, "entered");
  await form.close();

  const draws = await open(`${base}/o/sukabumi/undian`, "draws");
  // Four to come, and one of the demo's past.
  checks.ok(claim("all special days are listed"), await draws.locator("tbody tr").count() === 5);
  await draws.locator(".also a").first().click();
  await draws.waitForLoadState();
  checks.ok(claim("the record of a draw can be read before it is made"), (await draws.content()).includes("commitment"));
  await draws.close();
  const nowhere = await context.newPage();
  await nowhere.goto(`${base}/o/sukabumi/t/gone`);
  await look(nowhere, "nowhere");
  await nowhere.close();

  await checks.within(claim("the entry is told in the chat too"), office.filter({ hasText: /undian|draw/i }).last().waitFor({ timeout: PATIENT }));
  await say(size.name === "desk" ? "my bookings" : "janji saya");
  await checks.picture(page, `booking-${size.name}-mine`);
  await context.close();
}
