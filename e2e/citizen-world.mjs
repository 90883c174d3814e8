// What must have happened before a page with a secret in its address exists: somebody booked in the chat, or took a number in the hall. Each
// address is made when it is first asked for, and kept.
import { dial, talk } from "./talk.mjs";

const PATIENT = 15_000;
const SERVICES = { simpatik: "1", pickup: "2" };
/** The draw stands first among the special days. */
const DRAW = "1";
/** At this office a waiting room stands open for the first minutes of the demo: its day is the second, after that of the draw. */
const ROOM = { office: "Makassar", day: "2" };

export class World {
  #kept = new Map();

  constructor({ browser, base }) {
    this.browser = browser;
    this.base = base;
  }

  ticket() {
    return this.#once("ticket", () => this.#chat("sari", async ({ say, link }) => {
      await book(say, SERVICES.pickup);
      await say("2");
      await say("1");
      await say("ya");
      return link();
    }));
  }

  nikForm() {
    return this.#once("nik", () => this.#chat("bayu", async ({ say, link }) => {
      await book(say, SERVICES.simpatik);
      await say(DRAW);
      await say("ya");
      return link();
    }));
  }

  room() {
    return this.#once("room", () => this.#chat("dewi", async ({ say, link }) => {
      await book(say, SERVICES.simpatik);
      await say(ROOM.day);
      return link();
    }, ROOM.office));
  }

  async place() {
    return (await this.#hall()).waiting;
  }

  async served() {
    return (await this.#hall()).served;
  }

  #once(name, make) {
    if (!this.#kept.has(name)) this.#kept.set(name, make());
    return this.#kept.get(name);
  }

  /** A talk on the phone page, of which the address of a page is given. */
  async #chat(person, tale, office = "Sukabumi") {
    const context = await this.browser.newContext({ viewport: { width: 360, height: 740 }, locale: "id-ID" });
    const page = await context.newPage();
    await dial(page, this.base, person, office);
    const { office: answers, say } = talk(page, PATIENT);
    /** The address in the last answer: behind a button, or written out. */
    const link = async () => {
      const button = answers.last().locator("a.choice");
      if (await button.count() > 0) return new URL(await button.getAttribute("href")).pathname;
      const text = await answers.last().innerText();
      const written = /https?:\/\/\S+/.exec(text);
      if (!written) throw new Error(`no address for ${person} in: ${text}`);
      return new URL(written[0]).pathname;
    };
    try {
      return await tale({ say, link });
    } finally {
      await context.close();
    }
  }

  /** Two numbers of one line: the first is called and served, the second waits. */
  #hall() {
    return this.#once("hall", async () => {
      const machine = await this.#signedIn(1);
      const desk = await this.#signedIn(0);
      try {
        await machine.page.click("summary");
        await machine.page.click("form[action$='/kios/mulai'] button");
        await machine.page.waitForURL("**/kios");
        const first = await this.#number(machine.page);
        const second = await this.#number(machine.page);
        await desk.page.goto(`${this.base}/staff/sukabumi/loket/4`);
        let seen = "";
        for (let call = 0; call < 20 && seen !== first.number; call += 1) {
          await desk.page.keyboard.press("Space");
          await desk.page.waitForFunction((before) => document.querySelector("#now .number")?.textContent.trim() !== before, seen, { timeout: PATIENT });
          seen = (await desk.page.locator("#now .number").textContent()).trim();
        }
        await desk.page.keyboard.press("s");
        await desk.page.locator("#now .number").waitFor({ state: "detached", timeout: PATIENT });
        return { served: first.path, waiting: second.path };
      } finally {
        await machine.context.close();
        await desk.context.close();
      }
    });
  }

  async #signedIn(who) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "id-ID" });
    const page = await context.newPage();
    await page.goto(`${this.base}/demo`);
    await page.click(`button[value="${who}"]`);
    await page.waitForURL("**/staff/sukabumi");
    return { context, page };
  }

  async #number(page) {
    await page.goto(`${this.base}/staff/sukabumi/kios`);
    await page.locator("form", { has: page.locator("input[name=line][value=pickup]") }).locator("button").click();
    const number = page.locator(".number");
    await number.waitFor({ timeout: PATIENT });
    const address = await page.locator(".also a").last().getAttribute("href");
    return { number: (await number.textContent()).trim(), path: new URL(address, this.base).pathname };
  }
}

async function book(say, service) {
  await say("mau daftar antrean");
  await say(service);
  await say("Siti Aminah 01-02-1990");
}
