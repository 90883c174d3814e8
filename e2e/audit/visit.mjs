// Opens a page as somebody who was never here, and tells what it cost: bytes over the wire, requests, shifts, the time until the answer was
// there. Nothing is judged here.
import { LOAD_MS_MAX, QUIET_MS, SLOW_LINE, SLOW_PHONE } from "./limits.mjs";

const SMALL_PHONE = { width: 360, height: 740 };

/** A browser without memory, workers or yesterday's files, with the cookies of the page. */
export async function fresh(browser, base, page, more = {}) {
  const context = await browser.newContext({
    viewport: SMALL_PHONE, locale: "id-ID", colorScheme: "light", serviceWorkers: "block", isMobile: true, hasTouch: true, ...more,
  });
  const cookies = Object.entries({ ...page.cookies, ...more.cookies }).map(([name, value]) => ({ name, value, url: base }));
  if (cookies.length > 0) await context.addCookies(cookies);
  return context;
}

/** Goes there, and does what is to be done there. */
export async function arrive(tab, url, page) {
  let response = await tab.goto(url, { waitUntil: "load", timeout: LOAD_MS_MAX });
  if (page.act) {
    tab.on("response", (next) => { if (next.request().isNavigationRequest() && next.frame() === tab.mainFrame()) response = next; });
    await page.act(tab);
    await tab.waitForLoadState("load", { timeout: LOAD_MS_MAX });
  }
  return response;
}

/** One first visit; with `isSlow` over a slow line, to a slow phone. */
export async function visit(browser, base, url, page, { isSlow = false } = {}) {
  const context = await fresh(browser, base, page);
  try {
    const tab = await context.newPage();
    await tab.addInitScript(watch);
    const line = await context.newCDPSession(tab);
    const wire = new Wire(line);
    await line.send("Network.enable");
    await line.send("Network.setCacheDisabled", { cacheDisabled: false });
    if (isSlow) {
      await line.send("Network.emulateNetworkConditions", SLOW_LINE);
      await line.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PHONE });
    }
    const complaints = [];
    tab.on("pageerror", (error) => complaints.push(error.message));
    tab.on("console", (message) => { if (/Content Security Policy/.test(message.text())) complaints.push(message.text()); });
    tab.on("response", (part) => { if (part.status() >= 400 && !part.request().isNavigationRequest()) complaints.push(`${part.status()} ${part.url()}`); });
    const response = await tab.goto(url, { waitUntil: "load", timeout: LOAD_MS_MAX });
    await wire.quiet();
    const seen = await tab.evaluate(() => window.seen);
    return {
      status: response.status(),
      headers: response.headers(),
      html: await response.text(),
      bytes: wire.bytes(),
      requests: wire.requests(),
      shift: seen.shift,
      largest: seen.largest,
      complaints,
    };
  } finally {
    await context.close();
  }
}

/** Runs in the page before anything of it. */
function watch() {
  window.seen = { shift: 0, largest: 0 };
  const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) window.seen.shift += entry.value; });
  observe("largest-contentful-paint", (entry) => { window.seen.largest = entry.startTime; });
}

/** Counts what comes over the wire, by the browser's own account: headers and bodies as they were sent. */
class Wire {
  #sizes = new Map();
  #open = new Set();
  #changed = Date.now();

  constructor(line) {
    const isOurs = (request) => !request.url.startsWith("data:") && !request.url.startsWith("blob:");
    line.on("Network.requestWillBeSent", ({ requestId, request, redirectResponse, type }) => {
      if (!isOurs(request)) return;
      // A redirect goes on under the same number: it was a request of its own.
      if (redirectResponse) this.#sizes.set(`${requestId} ${redirectResponse.url}`, redirectResponse.encodedDataLength);
      this.#sizes.set(requestId, 0);
      if (type !== "EventSource") this.#open.add(requestId);
      this.#changed = Date.now();
    });
    line.on("Network.responseReceived", ({ requestId, response }) => this.#grow(requestId, response.encodedDataLength));
    line.on("Network.dataReceived", ({ requestId, encodedDataLength }) => this.#grow(requestId, encodedDataLength));
    line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (this.#sizes.has(requestId)) this.#sizes.set(requestId, encodedDataLength);
      this.#end(requestId);
    });
    line.on("Network.loadingFailed", ({ requestId }) => this.#end(requestId));
  }

  #grow(requestId, bytes) {
    if (this.#sizes.has(requestId)) this.#sizes.set(requestId, this.#sizes.get(requestId) + bytes);
    this.#changed = Date.now();
  }

  #end(requestId) {
    this.#open.delete(requestId);
    this.#changed = Date.now();
  }

  /** Settles when nothing is under way and nothing new was asked for. */
  async quiet() {
    const since = Date.now();
    while (this.#open.size > 0 || Date.now() - this.#changed < QUIET_MS) {
      if (Date.now() - since > LOAD_MS_MAX) throw new Error("the page goes on loading");
      await new Promise((done) => setTimeout(done, QUIET_MS / 5));
    }
  }

  bytes() {
    return [...this.#sizes.values()].reduce((all, size) => all + size, 0);
  }

  requests() {
    return this.#sizes.size;
  }
}
