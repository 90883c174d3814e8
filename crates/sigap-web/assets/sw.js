// Keeps tickets, and pages on which nothing is personal, for hours without a network. Everything else is always asked for anew.
"use strict";
importScripts("{kirim}");
const SHELL = "sigap-{version}", MOST = 40, PATIENCE = 4000;

const isTicket = (path) => /^\/o\/[^/]+\/t\/[^/]+$/.test(path);
// The office's own pages need the office's network; the simulator is no page of ours.
const isOurs = (path) => !/^\/(staff|masuk|display|phone|demo|api)\b/.test(path);

addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll({shell}))));
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("sigap-") && name !== SHELL) await caches.delete(name);
  await clients.claim();
})()));
addEventListener("message", (event) => {
  if (event.data === "ganti") skipWaiting();
  // The first page was there before the worker: it asks to be kept as well.
  else event.waitUntil(take(new Request(event.data)));
});
addEventListener("sync", (event) => event.waitUntil(antrean.sendAll()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || !isOurs(url.pathname)) return;
  if (url.pathname.startsWith("/aset/")) event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

const place = async ({ url }) => {
  const { pathname } = new URL(url);
  return isTicket(pathname) ? [await caches.open("tiket"), pathname] : [await caches.open("halaman"), url];
};

const take = async (request) => {
  const answer = await fetch(request);
  if (request.method !== "GET") return answer;
  const [cache, key] = await place(request);
  const lasts = isTicket(key) || !/no-store/.test(answer.headers.get("cache-control") ?? "no-store");
  if (answer.ok && lasts) {
    await cache.put(key, answer.clone());
    const keys = await cache.keys();
    if (keys.length > MOST) await cache.delete(keys[0]);
  } else if (answer.status === 404 || answer.status === 410) await cache.delete(key);
  // The page of no network speaks the language that was just chosen.
  if (request.url.includes("/setelan")) await (await caches.open(SHELL)).add("/luring").catch(() => {});
  return answer;
};

const page = async (event) => {
  const [cache, key] = await place(event.request);
  const kept = event.request.method === "GET" && await cache.match(key);
  const fresh = take(event.request);
  event.waitUntil(fresh.catch(() => {}));
  try {
    return await (kept ? Promise.race([fresh, new Promise((_, late) => setTimeout(late, PATIENCE))]) : fresh);
  } catch {
    return kept ? aged(kept) : caches.match("/luring");
  }
};

// A kept page says when it was true.
const aged = async (kept) => {
  const at = new Date(kept.headers.get("date")).toISOString();
  const headers = ["content-type", "content-security-policy"].map((name) => [name, kept.headers.get(name)]);
  return new Response((await kept.text()).replace("<body", `<body data-kept="${at}"`), { headers });
};
