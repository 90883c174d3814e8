// The office's pages: parts that stay live, taps that are neither lost nor doubled, keys. Without it all of it works by loading pages.
"use strict";

const parts = (state) => {
  for (const [id, html] of Object.entries(state)) {
    const place = document.getElementById(id);
    if (!place || place.dataset.shown === html) continue;
    // Whoever writes into a part keeps what was written.
    if (place.contains(document.activeElement) && document.activeElement.matches("input:not([type=hidden]), textarea, select") && document.activeElement.value) continue;
    const key = document.activeElement && place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    place.innerHTML = html;
    place.dataset.shown = html;
    if (key) place.querySelector(`[data-key="${key}"]`)?.focus();
  }
};

const banner = document.querySelector(".offline");
let heard = Date.now();
const told = () => { heard = Date.now(); if (banner) banner.hidden = true; };

const live = document.querySelector("[data-stream]");
if (live && "EventSource" in window) {
  let source;
  const open = () => {
    source = new EventSource(live.dataset.stream);
    source.onmessage = (event) => {
      told();
      const state = JSON.parse(event.data);
      if (state.away) { location.assign(state.away); return; }
      parts(state);
      document.dispatchEvent(new CustomEvent("state", { detail: state }));
    };
    source.addEventListener("ping", told);
  };
  open();
  // A phone may sleep; a desk and a board never do.
  if (live.dataset.sleeps !== undefined) {
    document.addEventListener("visibilitychange", () => { source.close(); if (!document.hidden) open(); });
  }
  // A proxy may hold a dead line open for minutes.
  setInterval(() => {
    if (Date.now() - heard < 45000) return;
    if (banner) banner.hidden = false;
    source.close();
    open();
    heard = Date.now() - 30000;
  }, 5000);
}

// A page that comes again by itself: only what changed is put in its place, so that whoever reads or listens is not thrown back to the top.
if (document.querySelector("[data-again]")) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const next = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main [role=status]");
      const now = document.querySelector("[data-again]");
      if (next && now && next.innerHTML !== now.innerHTML) now.innerHTML = next.innerHTML;
      told();
    } catch { /* The line is down: the next try is soon. */ }
  }, 30000);
}

// Sending a file takes a while: the button says so, and a second press does nothing more.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") { event.preventDefault(); return; }
    form.ariaBusy = "true";
    form.querySelector("button").textContent = form.dataset.busy;
  });
}
// Back from the next page the form is itself again.
addEventListener("pageshow", (event) => { if (event.persisted && document.querySelector("form[data-busy]")) location.reload(); });

// A tap stands in the browser until it was answered. It has a number of its own: sent twice, it is carried out once.
const KEEP = "sigap-tap " + location.pathname;
const send = async (body) => {
  localStorage.setItem(KEEP, body);
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", "x-parts": "1" } });
      if (answer.status < 500) {
        localStorage.removeItem(KEEP);
        if (!answer.ok || answer.redirected) { location.reload(); return; }
        told();
        parts(await answer.json());
        return;
      }
    } catch { /* The line is down: the tap waits for it. */ }
    if (banner) banner.hidden = false;
    await new Promise((done) => setTimeout(done, wait));
  }
};
let sending = false;
const once = async (body, button) => {
  if (sending) return;
  sending = true;
  button?.setAttribute("aria-busy", "true");
  try { await send(body); } finally { sending = false; document.querySelectorAll("[aria-busy]").forEach((busy) => busy.removeAttribute("aria-busy")); }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-tap]")) {
    // A form that loads a page is sent once.
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    form.querySelector("button")?.setAttribute("aria-busy", "true");
    return;
  }
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set("tap", crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now());
  if (document.activeElement instanceof HTMLElement && document.activeElement.matches("input, textarea, select")) document.activeElement.blur();
  once(body.toString(), event.submitter);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
const left = document.querySelector("form[data-tap]") && localStorage.getItem(KEEP);
if (left) once(left);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, textarea, select")) { if (event.key === "Escape") event.target.blur(); return; }
  const key = event.key === " " ? "Space" : event.key.toUpperCase();
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  event.preventDefault();
  if (button.matches("input, textarea, select")) button.focus(); else button.click();
});

// What was begun is not lost with the network or the page: it stands until it is in the story.
const draft = document.querySelector("[data-draft]");
if (draft) {
  const key = "sigap-draft " + draft.dataset.draft;
  const kept = localStorage.getItem(key);
  if (kept && document.querySelector("#story").textContent.includes(kept.trim())) localStorage.removeItem(key);
  else if (kept && !draft.value) draft.value = kept;
  draft.addEventListener("input", () => localStorage.setItem(key, draft.value));
  // WhatsApp shows "typing" for 25 seconds.
  let typed = 0;
  draft.addEventListener("input", () => {
    if (!draft.dataset.typing || Date.now() - typed < 20000) return;
    typed = Date.now();
    fetch(draft.dataset.typing, { method: "POST" }).catch(() => {});
  });
}

// A result makes room for the next person.
const back = document.querySelector("[data-back]");
if (back) setTimeout(() => location.assign(back.dataset.back), Number(back.dataset.after) * 1000);
if (document.querySelector("[data-print]")) addEventListener("load", () => print());
document.querySelectorAll("[data-prints]").forEach((button) => button.addEventListener("click", () => print()));

// What is typed in the editor is shown as citizens would see it, a moment after the last key.
const typing = document.querySelector("form[data-preview]");
if (typing) {
  let wait, round = 0;
  const show = async () => {
    const mine = ++round;
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(new FormData(typing)), headers: { "x-parts": "1" } });
      if (answer.ok && mine === round) parts(await answer.json());
    } catch { /* The line is down: the button asks again. */ }
  };
  typing.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 400); });
}
