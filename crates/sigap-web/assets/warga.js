// What a browser adds to citizens' pages: it keeps them, sends later what cannot be sent now, reads aloud. Every page works without it.
"use strict";
(() => {
  const words = document.getElementById("warga").dataset;
  const main = document.querySelector("main");
  const { body, documentElement: { lang } } = document;
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const local = lang === "en" ? "en-GB" : "id";
  const clock = { hour: "2-digit", minute: "2-digit" };
  const time = (at) => at.toLocaleTimeString(local, clock);
  const when = (at) => at.toLocaleString(local, { day: "numeric", month: "long", ...clock });
  // A browser may forbid to keep anything.
  let memory = {};
  let remembers = false;
  try { memory = localStorage; remembers = true; } catch { /* Then nothing is remembered. */ }

  const make = (kind, name, text = "") => Object.assign(document.createElement(kind), { className: name, textContent: text });
  const button = (text, act, name = "second") => {
    const made = make("button", name, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const band = make("div", "kabar");
  band.setAttribute("role", "status");
  main.prepend(band);
  const tell = (text, ...buttons) => {
    const line = make("p", "", text);
    line.append(...buttons);
    band.append(line);
    return line;
  };

  // The worker, and its next version.
  const worker = navigator.serviceWorker;
  if (worker) {
    let had = worker.controller;
    let isAsked = false;
    worker.addEventListener("controllerchange", () => {
      // Another page of this phone may hold words half written: only the one that asked is loaded again.
      if (isAsked) location.reload();
      else if (!had) worker.controller.postMessage(location.href);
      had = true;
    });
    worker.register("/sw.js").then((found) => {
      const offer = () => {
        if (!found.waiting || !had || offer.done) return;
        offer.done = true;
        tell(words.update, button(words.reload, () => {
          isAsked = true;
          found.waiting.postMessage("ganti");
        }));
      };
      offer();
      found.addEventListener("updatefound", () => found.installing.addEventListener("statechange", offer));
    }).catch(() => {});
  }

  // What is shown was true at a time.
  const { kept } = body.dataset;
  const loaded = new Date();
  let away = kept && tell(words.kept.replace("{}", when(new Date(kept))));
  addEventListener("offline", () => {
    if (!away && !document.querySelector(".offline")) away = tell(words.disconnected.replace("{}", time(loaded)));
  });

  // What waits is sent, and told once.
  let queued;
  const flush = async () => {
    await antrean.sendAll().catch(() => {});
    for (const row of await antrean.list()) {
      if (!row.at) continue;
      queued?.remove();
      tell(row.isGood ? words.sent.replace("{}", when(new Date(row.at))) : words.failed);
      await antrean.forget(row.key);
    }
  };
  const tryFlush = () => flush().catch(() => {});
  tryFlush();
  addEventListener("online", () => {
    if (kept && !main.querySelector("form")) location.reload();
    away?.remove();
    away = null;
    tryFlush();
  });

  // What was typed stays until it is sent.
  const isOpen = ({ name, type, autocomplete }) => name && !/nik/i.test(name) && !/hidden|password|file|submit|button/.test(type) && autocomplete !== "off";
  const isTicked = ({ type }) => type === "radio" || type === "checkbox";
  const draft = "draf " + location.pathname;
  if (memory.terkirim && !kept && body.dataset.luring === undefined) {
    delete memory[memory.terkirim];
    delete memory.terkirim;
  }
  for (const form of all("form[data-draf]:not([autocomplete=off])")) {
    const fields = () => [...form.elements].filter(isOpen);
    const { at, typed = [] } = JSON.parse(memory[draft] ?? "{}");
    if (at > Date.now() - 864e5) {
      let filled = false;
      for (const [name, value] of typed) {
        const field = fields().find((one) => one.name === name && (isTicked(one) ? one.value === value : !one.value));
        if (!field) continue;
        filled = true;
        if (isTicked(field)) field.checked = true;
        else field.value = value;
      }
      if (filled) tell(words.restored);
    }
    form.addEventListener("input", () => {
      const typed = fields().filter((one) => isTicked(one) ? one.checked : one.value).map(({ name, value }) => [name, value]);
      try { memory[draft] = JSON.stringify({ at: Date.now(), typed }); } catch { /* It is full. */ }
    });
  }

  // One press sends once. Without a network some forms wait, and the others say so.
  const later = async (form, data) => {
    const key = data.get("kunci") || (crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
    if (data.has("kunci")) data.set("kunci", key);
    const row = { key, url: form.action, body: data.toString() };
    try {
      const answer = await antrean.post(row.url, row.body);
      if (answer.status >= 500) throw answer;
      // The toll is a page of its own, and comes back to this one.
      if (answer.status === 429) { form.submit(); return; }
      if (answer.redirected) { location.assign(answer.url); return; }
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      main.replaceChildren(band, ...next.childNodes);
      const first = main.querySelector("[role=alert], h1");
      first.tabIndex = -1;
      first.focus();
    } catch {
      await antrean.keep(row);
      delete memory[draft];
      form.remove();
      band.replaceChildren();
      queued = tell(words.queued);
      (await worker?.getRegistration())?.sync?.register("kirim").catch(() => {});
    }
  };
  const free = (form) => {
    const pressed = form.querySelector("[data-was]");
    delete form.dataset.sent;
    if (pressed) pressed.textContent = pressed.dataset.was;
  };
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post" || form.closest("header")) return;
    const waits = form.dataset.kirimNanti !== undefined;
    if (form.dataset.sent || waits || !navigator.onLine) event.preventDefault();
    if (form.dataset.sent) return;
    if (!waits && !navigator.onLine) { tell(words.needs).scrollIntoView({ block: "center" }); return; }
    const data = new URLSearchParams(new FormData(form));
    if (submitter?.name) data.append(submitter.name, submitter.value);
    form.dataset.sent = "1";
    const pressed = submitter ?? form.querySelector("button");
    if (pressed) {
      pressed.dataset.was ??= pressed.textContent;
      pressed.textContent = words.sending;
    }
    if (waits) later(form, data).catch(() => { free(form); tell(words.needs); });
    else memory.terkirim = draft;
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) all("form[data-sent]").forEach(free); });

  // Ticks on a list of papers, and the list on paper.
  for (const list of all("[data-centang]")) {
    const name = "centang " + location.pathname;
    const boxes = all("[type=checkbox]", list);
    const ticked = JSON.parse(memory[name] ?? "[]");
    boxes.forEach((box) => { box.checked ||= ticked.includes(box.name); });
    list.addEventListener("change", () => { memory[name] = JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.name)); });
    all("[hidden]", list).forEach((note) => { note.hidden = !remembers; });
  }
  for (const printer of all("[data-cetak]")) {
    printer.hidden = false;
    printer.addEventListener("click", () => print());
  }

  // What is kept on this phone, and away with it.
  const isKept = (name) => name === "tiket" || name === "halaman";
  for (const list of all("[data-simpanan]")) (async () => {
    const cache = await caches.open(list.dataset.simpanan);
    const rows = await Promise.all((await cache.keys()).map(async ({ url }) => {
      const page = new DOMParser().parseFromString(await (await cache.match(url)).text(), "text/html");
      const row = make("li", "");
      const link = make("a", "", [page.querySelector("h1"), ...all(".facts p", page)].map((part) => part?.textContent).join(", "));
      link.href = url;
      row.append(link);
      return row;
    }));
    if (!rows.length) return;
    list.replaceChildren(...rows);
    list.parentElement.hidden = false;
  })().catch(() => {});
  for (const forget of all("[data-hapus]")) {
    forget.hidden = !window.caches;
    forget.addEventListener("click", async () => {
      for (const name of await caches.keys()) if (isKept(name)) await caches.delete(name);
      for (const name of Object.keys(memory)) if (/^(draf|centang) /.test(name)) delete memory[name];
      indexedDB.deleteDatabase("sigap");
      all("[data-simpanan] li").forEach((row) => row.remove());
      tell(words.forgotten);
    });
  }

  // Aloud, by a voice of the phone itself: what is read goes nowhere.
  const speech = window.speechSynthesis;
  const offerVoice = () => {
    const voices = speech.getVoices().filter(({ localService }) => localService);
    const voice = [lang, "id"].slice(0, lang === "en" ? 1 : 2).map((code) => voices.find((one) => one.lang.startsWith(code))).find(Boolean);
    if (!voice || main.querySelector(".baca")) return;
    const reader = button(words.read, () => {
      const isReading = speech.speaking;
      speech.cancel();
      reader.textContent = isReading ? words.read : words.stop;
      if (isReading) return;
      const parts = all("[data-baca]").length ? all("[data-baca]") : all("h1, h2, p, li, th, td, legend", main).filter((part) => part.checkVisibility?.() !== false && !part.querySelector("p, li"));
      for (const part of parts) {
        const said = Object.assign(new SpeechSynthesisUtterance(part.textContent), { voice, lang: voice.lang });
        if (part === parts.at(-1)) said.onend = () => { reader.textContent = words.read; };
        speech.speak(said);
      }
    }, "second plain baca");
    main.querySelector("h1")?.after(reader);
  };
  if (speech) {
    speech.addEventListener?.("voiceschanged", offerVoice);
    offerVoice();
  }

  // On the first screen of the phone: offered once.
  const hint = (text, ...buttons) => {
    if (memory.pasang || main.querySelector("form")) return;
    memory.pasang = 1;
    const line = make("p", "kabar", text);
    line.append(...buttons, button(words.later, () => line.remove()));
    main.append(line);
  };
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    hint(words.install, button(words.put, () => event.prompt(), ""));
  });
  if (/iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone) hint(words.apple);
})();
