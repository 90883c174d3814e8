// The phone: draws what came over the wire, and sends what a thumb does. No framework; text only ever becomes text nodes.
"use strict";

const $ = (id) => document.getElementById(id);
const log = $("log"), words = $("words"), personBox = $("person"), numberBox = $("number");

/** The chat as the server last told it, in order, and what has not reached it yet. */
let bubbles = [], pending = [], typingUntil = 0, typingTimer = 0, online = true, line = null, quoted = null, editing = null;
let failures = 0, nextKey = 1;

// ---------- small makers

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}
const SHAPES = {
  clock: ["M12 7v5l3 2", "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18"],
  sent: ["M5 13l4 4 10-11"],
  delivered: ["M0 13l4 4 9-11", "M10 15.500l1.500 1.500 10-11"],
  failed: ["M12 7v6M12 17h0", "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18"],
  list: ["M8 6h12M8 12h12M8 18h12M4 6h0M4 12h0M4 18h0"],
  reply: ["M9 14l-4-4 4-4M5 10h9a5 5 0 0 1 5 5v3"],
  link: ["M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"],
  paper: ["M7 3h7l4 4v14H7z", "M14 3v4h4M10 12h5M10 16h5"],
  pin: ["M12 21s7-6.500 7-11a7 7 0 0 0-14 0c0 4.500 7 11 7 11z", "M12 10h0"],
  person: ["M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8", "M4 20a8 8 0 0 1 16 0"],
  more: ["M5 12h0M12 12h0M19 12h0"],
};
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of SHAPES[name]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
const clockOf = (at) => at.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const count = (n) => n.toLocaleString("id-ID");

// ---------- the chat's markup: *bold* _italic_ ~strike~ ```mono``` and addresses

const MARKS = { "*": "strong", "_": "em", "~": "s" };
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/;
function marked(text) {
  const out = document.createDocumentFragment();
  let rest = text;
  while (rest) {
    const hit = /```([\s\S]+?)```|(^|[^\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}])/u.exec(rest);
    const address = ADDRESS.exec(rest);
    if (address && (!hit || address.index <= hit.index)) {
      out.append(rest.slice(0, address.index));
      out.append(anchor(address[0], address[0]));
      rest = rest.slice(address.index + address[0].length);
    } else if (hit) {
      out.append(rest.slice(0, hit.index) + (hit[2] || ""));
      if (hit[1] !== undefined) out.append(make("code", "", hit[1]));
      else out.append(make(MARKS[hit[3]], "", marked(hit[4])));
      rest = rest.slice(hit.index + hit[0].length);
    } else {
      out.append(rest);
      rest = "";
    }
  }
  return out;
}
function anchor(label, href) {
  const a = make("a", "", label);
  a.href = href;
  a.target = "_blank";
  a.rel = "noopener noreferrer";
  return a;
}

// ---------- bubbles

const wordsOf = (content) => content.body || content.title || content.caption || content.filename || content.name ||
  { media: "Lampiran", location: "Lokasi", contacts: "Kartu kontak", unsupported: "Pesan lain", revoked: "Pesan dihapus", form_sent: "Formulir terkirim" }[content.type] || "";

function body(content, node) {
  const say = (text) => node.append(make("p", "words", marked(text)));
  if (content.header) node.append(make("p", "head", content.header));
  switch (content.type) {
    case "choice":
      node.append(make("p", "words", content.title));
      if (content.description) node.append(make("p", "small", content.description));
      break;
    case "media": media(content, node); break;
    case "location": {
      const name = content.name || "Lokasi dibagikan";
      const a = anchor(name, `https://maps.google.com/?q=${content.latitude},${content.longitude}`);
      node.append(make("p", "file", icon("pin"), a));
      break;
    }
    case "contacts": node.append(make("p", "file", icon("person"), content.names.join(", "))); break;
    case "unsupported": node.append(make("p", "words gone", "Pesan ini tidak dapat dibawa oleh API.")); break;
    case "form_sent": node.append(make("p", "file", icon("paper"), "Formulir terkirim")); break;
    case "revoked": node.append(make("p", "words gone", "Pesan ini dihapus.")); break;
    default: say(content.body || "");
  }
  if (content.footer) node.append(make("p", "foot", content.footer));
}
function media(content, node) {
  const at = content.media_id ? `/phone/media/${content.media_id}` : content.link;
  if (content.kind === "image" || content.kind === "sticker") {
    const img = make("img");
    img.src = at;
    img.alt = content.kind === "image" ? "Foto" : "Stiker";
    img.addEventListener("load", () => atEnd() && toEnd());
    node.append(img);
    if (content.kind === "sticker") node.classList.add("bare");
  } else if (content.kind === "audio") {
    const audio = make("audio");
    audio.controls = true;
    audio.preload = "metadata";
    audio.src = at;
    audio.setAttribute("aria-label", "Pesan suara");
    node.append(audio);
  } else {
    node.append(make("p", "file", icon("paper"), anchor(content.filename || "Dokumen", at)));
  }
  if (content.caption) node.append(make("p", "words", marked(content.caption)));
}
const TICK_WORDS = { clock: "Belum terkirim", sent: "Terkirim", delivered: "Sampai", read: "Dibaca", failed: "Gagal" };
function ticks(tick) {
  const span = make("span", `ticks ${tick}`, icon(tick === "read" ? "delivered" : tick));
  span.setAttribute("role", "img");
  span.setAttribute("aria-label", TICK_WORDS[tick]);
  return span;
}
function quoteOf(id) {
  const other = bubbles.find((b) => b.id === id);
  if (!other) return null;
  const button = make("button", "quote", make("b", "", other.side === "office" ? officeName() : "Anda"), make("span", "", wordsOf(other.content)));
  button.type = "button";
  button.addEventListener("click", () => {
    const node = rowOf(id);
    if (node) node.scrollIntoView({ block: "center" });
  });
  return button;
}
function choices(bubble) {
  const content = bubble.content, box = make("div", "choices");
  const button = (label, shape, act) => {
    const node = make("button", "choice", icon(shape), label);
    node.type = "button";
    node.addEventListener("click", act);
    box.append(node);
  };
  if (content.type === "buttons" || content.type === "template") for (const item of content.buttons) button(item.title, "reply", () => choose(bubble.id, item));
  if (content.type === "list") button(content.button, "list", () => openList(bubble));
  if (content.type === "location_request") button("Kirim lokasi", "pin", openPlaces);
  if (content.type === "contact_request") button("Bagikan nomor saya", "person", () => send({ type: "own_contact", message_id: bubble.id }, "Nomor saya"));
  if (content.type === "flow") {
    button(content.is_sent ? "Sudah dikirim" : content.label, content.is_sent ? "sent" : "paper", () => openForm(bubble));
    box.lastElementChild.disabled = content.is_sent;
  }
  if (content.type === "link") {
    const a = anchor("", content.url);
    a.className = "choice";
    a.append(icon("link"), content.label);
    box.append(a);
  }
  return box.childElementCount ? box : null;
}
function draw(bubble) {
  const mine = bubble.side === "person";
  const node = make("article", "bubble");
  node.append(make("h2", "hidden", mine ? "Anda" : officeName()));
  if (bubble.quoted && bubble.content.type !== "revoked") {
    const quote = quoteOf(bubble.quoted);
    if (quote) node.append(quote);
  }
  body(bubble.content, node);
  const at = new Date(bubble.at);
  const time = make("time", "", clockOf(at));
  time.dateTime = bubble.at;
  node.append(make("p", "meta", bubble.edited ? "Diubah" : null, time, mine ? ticks(bubble.unsent ? "failed" : bubble.waiting ? "clock" : bubble.tick) : null));
  const stack = make("div", "stack", node);
  if (bubble.reaction) stack.append(make("span", "reaction", bubble.reaction));
  if (!mine) { const extra = choices(bubble); if (extra) stack.append(extra); }
  if (bubble.unsent) {
    const again = make("button", "", "Kirim ulang");
    again.type = "button";
    again.addEventListener("click", () => post(bubble));
    stack.append(make("p", "unsent", "Belum terkirim.", again));
  }
  const row = make("div", `row ${mine ? "mine" : "theirs"}`, stack);
  if (bubble.id && bubble.content.type !== "revoked") {
    const more = make("button", "round more", icon("more"));
    more.type = "button";
    more.setAttribute("aria-label", "Tindakan untuk pesan ini");
    more.addEventListener("click", () => openActs(bubble));
    row.append(more);
  }
  row.dataset.id = bubble.id || bubble.key;
  return row;
}
const rowOf = (id) => [...log.children].find((node) => node.dataset.id === id);
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 90;
function toEnd() { log.scrollTop = log.scrollHeight; $("newer").hidden = true; }

function dayOf(at) {
  const day = new Date(at), today = new Date();
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 864e5);
  if (days === 0) return "Hari ini";
  if (days === 1) return "Kemarin";
  return day.toLocaleDateString("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}
/** Draws the whole chat anew, keeping rows that did not change so that nothing flickers and focus stays. */
function redraw(fresh) {
  const stays = atEnd(), old = new Map([...log.children].map((node) => [node.dataset.id, node]));
  const rows = [];
  let day = "", side = "";
  for (const bubble of [...bubbles, ...pending]) {
    const today = dayOf(bubble.at);
    if (today !== day) {
      const node = old.get(`day ${today}`) || make("p", "day", today);
      node.dataset.id = `day ${today}`;
      rows.push(node);
      day = today;
      side = "";
    }
    const id = bubble.id || bubble.key, look = JSON.stringify(bubble);
    let node = old.get(id);
    if (!node || node.look !== look) {
      const isNew = !node;
      node = draw(bubble);
      node.look = look;
      if (isNew && fresh) node.classList.add("new");
    }
    node.classList.toggle("turn", bubble.side !== side);
    side = bubble.side;
    rows.push(node);
  }
  if (typingUntil > Date.now()) {
    const dots = make("span", "dots", make("i"), make("i"), make("i"));
    const node = old.get("typing") || make("div", "row theirs turn", make("div", "stack", make("div", "bubble", make("span", "hidden", "Sedang mengetik"), dots)));
    node.dataset.id = "typing";
    rows.push(node);
  }
  place(rows);
  $("empty").hidden = rows.length > 0 || !line;
  presence();
  if (stays || !fresh) toEnd(); else if (fresh === "office") $("newer").hidden = false;
  transcript();
}
/** Moves only what moved: a live region reads out what is inserted, so untouched rows must stay where they are. */
function place(rows) {
  const wanted = new Set(rows);
  for (const node of [...log.children]) if (!wanted.has(node)) node.remove();
  rows.forEach((node, at) => { if (log.children[at] !== node) log.insertBefore(node, log.children[at] || null); });
}
const officeName = () => numberBox.selectedOptions[0]?.textContent || "Kantor";
function presence() {
  const typing = typingUntil > Date.now();
  $("presence").textContent = !online ? "Ponsel Anda luring" : typing ? "sedang mengetik…" : "Layanan obrolan";
}
function notice(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

// ---------- sending

const query = () => `person=${encodeURIComponent(personBox.value)}&number=${encodeURIComponent(numberBox.value)}`;
// Town, island, border and abroad: a place near each kind of answer.
const PLACES = [
  ["Monumen Nasional, Jakarta", -6.1754, 106.8272],
  ["Kebun Raya Bogor", -6.5971, 106.7998],
  ["Balai Kota Sukabumi", -6.9181, 106.9267],
  ["Tugu Pahlawan, Surabaya", -7.2458, 112.7378],
  ["Jam Gadang, Bukittinggi", -0.3051, 100.3692],
  ["Tiakur, Maluku Barat Daya", -8.1705, 127.7887],
  ["Kota Sorong", -0.8796, 131.261],
  ["Makkah, Arab Saudi", 21.4225, 39.8262],
];

async function post(bubble) {
  bubble.waiting = true;
  bubble.unsent = false;
  redraw("person");
  toEnd();
  try {
    const answer = await fetch(`/phone/say?${bubble.chat}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(bubble.said) });
    if (!answer.ok) throw new Error(String(answer.status));
    const { id } = await answer.json();
    // The live line may have brought it already; then the waiting copy goes.
    if (bubbles.some((b) => b.id === id)) pending = pending.filter((p) => p !== bubble);
    else bubble.awaits = id;
  } catch {
    bubble.waiting = false;
    bubble.unsent = true;
  }
  redraw("person");
}
function send(said, shown) {
  const content = said.type === "text" ? { type: "text", body: said.body } : { type: "choice", title: shown || "Mengirim lampiran…" };
  const bubble = { key: `p${nextKey++}`, side: "person", at: new Date().toISOString(), content, said, chat: query(), quoted: said.quoted };
  pending.push(bubble);
  post(bubble);
}
/** What makes no bubble of its own: reactions, edits, taking back. */
async function act(said) {
  try {
    const answer = await fetch(`/phone/say?${query()}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    notice("Tindakan belum terkirim. Coba lagi.");
  }
}
function choose(messageId, item) {
  closeSheet();
  send({ type: "choice", message_id: messageId, id: item.id }, item.title);
}
function submit() {
  const text = words.value.trim();
  if (!text) { words.focus(); return; }
  if (editing) act({ type: "edit", message_id: editing, body: text });
  else send(quoted ? { type: "text", body: text, quoted } : { type: "text", body: text });
  words.value = "";
  quote(null);
}
function quote(bubble, change) {
  quoted = bubble && !change ? bubble.id : null;
  editing = bubble && change ? bubble.id : null;
  $("quoting").hidden = !bubble;
  if (!bubble) return;
  $("quoting").firstElementChild.textContent = (change ? "Mengubah: " : "Membalas: ") + wordsOf(bubble.content);
  if (change) words.value = bubble.content.body;
  words.focus();
}
async function sendFile(file) {
  try {
    const answer = await fetch("/phone/file", { method: "POST", headers: { "content-type": file.type }, body: file });
    if (!answer.ok) throw new Error(String(answer.status));
    send({ type: "file", media_id: (await answer.json()).id });
  } catch {
    notice("Foto tidak dapat dikirim. Pilih foto JPEG atau PNG, paling besar 5 MB.");
  }
}

// ---------- the sheet

function openSheet(title, nodes) {
  $("sheet-title").textContent = title;
  $("sheet-body").replaceChildren(...nodes);
  $("sheet").classList.remove("form");
  seat();
  $("sheet").showModal();
}
/** Puts the sheet over the phone, which is the whole window on small screens and stands on the left on large ones. */
function seat() {
  const phone = document.querySelector(".phone"), box = phone.getBoundingClientRect(), style = $("sheet").style;
  style.left = `${box.left + phone.clientLeft}px`;
  style.width = `${phone.clientWidth}px`;
  style.bottom = `${Math.max(0, innerHeight - box.bottom + phone.clientTop)}px`;
}
function closeSheet() { if ($("sheet").open) $("sheet").close(); }
function optionNode(item, act) {
  const node = make("button", "option", make("b", "", item.title), item.description ? make("span", "", item.description) : null);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}
function openList(bubble) {
  const nodes = [];
  for (const section of bubble.content.sections) {
    if (section.title) nodes.push(make("h3", "", section.title));
    for (const row of section.rows) nodes.push(optionNode(row, () => choose(bubble.id, row)));
  }
  openSheet(bubble.content.button, nodes);
}
/** A place to send: one with a name, or any by its degrees. */
function openPlaces() {
  const tell = (name, latitude, longitude) => { closeSheet(); send({ type: "location", latitude, longitude, name }); words.focus(); };
  const nodes = PLACES.map(([name, north, east]) => optionNode({ title: name, description: `${north}, ${east}` }, () => tell(name, north, east)));
  const label = make("label", "", "Lintang, bujur"), input = make("input"), wrong = make("p", "wrong", "Tulis dua angka dengan koma, misalnya -6.9, 106.93."), go = make("button", "plain", "Kirim lokasi ini");
  Object.assign(input, { id: "degrees", inputMode: "text", placeholder: "-6.9, 106.93", autocomplete: "off" });
  label.htmlFor = input.id;
  wrong.hidden = true;
  wrong.setAttribute("role", "alert");
  const form = make("form", "form-body", make("div", "written", label, input), wrong, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const degrees = input.value.split(",").map((part) => (part.trim() ? Number(part) : NaN));
    wrong.hidden = degrees.length === 2 && degrees.every(Number.isFinite);
    if (wrong.hidden) tell(null, ...degrees); else input.focus();
  });
  openSheet("Kirim lokasi", [form, ...nodes]);
}
function openActs(bubble) {
  const nodes = [optionNode({ title: "Balas" }, () => { closeSheet(); quote(bubble); })];
  if (bubble.side === "office") {
    for (const emoji of ["👍", "❤️", "🙏"]) {
      const given = bubble.reaction === emoji;
      nodes.push(optionNode({ title: given ? `${emoji} Tarik reaksi` : `${emoji} Beri reaksi` }, () => {
        closeSheet();
        act({ type: "reaction", message_id: bubble.id, emoji: given ? null : emoji });
      }));
    }
  } else {
    if (bubble.content.type === "text") nodes.push(optionNode({ title: "Ubah pesan" }, () => { closeSheet(); quote(bubble, true); }));
    nodes.push(optionNode({ title: "Hapus pesan" }, () => { closeSheet(); act({ type: "revoke", message_id: bubble.id }); }));
  }
  openSheet("Pesan ini", nodes);
}

// ---------- the live line

function upsert(bubble) {
  const at = bubbles.findIndex((b) => b.id === bubble.id);
  if (at >= 0) bubbles[at] = bubble; else bubbles.push(bubble);
  pending = pending.filter((p) => p.awaits !== bubble.id);
  if (bubble.side === "person" && at < 0) {
    // Ours came over the line before the answer to our POST: hide the copy that waits, without losing it if the POST fails.
    const copy = pending.find((p) => p.waiting && !p.awaits && p.chat === query());
    if (copy) pending = pending.filter((p) => p !== copy);
  }
  return at < 0;
}
function typing(until, now) {
  clearTimeout(typingTimer);
  typingUntil = until ? Date.now() + (new Date(until) - new Date(now)) : 0;
  if (typingUntil > Date.now()) typingTimer = setTimeout(() => { typingUntil = 0; redraw(); }, typingUntil - Date.now() + 50);
}
function connect() {
  if (line) line.close();
  line = new EventSource(`/phone/events?${query()}`);
  line.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    failures = 0;
    bubbles = state.bubbles;
    pending = pending.filter((p) => p.chat === query() && !bubbles.some((b) => b.id === p.awaits));
    online = state.online;
    $("offline").checked = !online;
    $("window").textContent = state.window_open ? "Jendela 24 jam terbuka" : "Jendela 24 jam tertutup";
    notice(online ? "" : "Ponsel ini luring. Pesan belum dapat dikirim atau diterima.");
    typing(state.typing, state.now);
    month(state.month);
    faults(state.faults);
    wire(state.wire);
    log.setAttribute("aria-live", "off");
    redraw();
    setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
  });
  line.addEventListener("bubble", (event) => {
    const { bubble, month: figures } = JSON.parse(event.data);
    const isNew = upsert(bubble);
    if (isNew && bubble.side === "office") typing(null);
    if (isNew && bubble.side === "person") $("window").textContent = "Jendela 24 jam terbuka";
    month(figures);
    redraw(isNew ? bubble.side : "tick");
    lookAtWire();
  });
  line.addEventListener("typing", (event) => {
    const { until, now } = JSON.parse(event.data);
    typing(until, now);
    redraw("tick");
  });
  line.addEventListener("error", () => {
    failures += 1;
    if (failures >= 2) notice("Sambungan terputus. Mencoba lagi…");
  });
}
function month(figures) {
  $("delivered").textContent = count(figures.delivered);
  $("free").textContent = count(figures.free_left);
  $("billed").textContent = count(figures.billed);
  $("meter").value = Math.min(figures.delivered, 1000);
}
function faults(waiting) {
  const kinds = [...$("fault-kind").options];
  const named = (fault) => kinds.find((o) => { const k = JSON.parse(o.value); return Object.keys(k).every((key) => k[key] === fault[key]); })?.textContent || fault.kind;
  $("faults").replaceChildren(...waiting.map((fault) => make("li", "", `${named(fault)}, ${fault.times > 1e9 ? "terus" : `${count(fault.times)} kali`}`)));
  $("clear-faults").hidden = waiting.length === 0;
}
function pretty(exchange) {
  if (!exchange) return "Belum ada.";
  const json = (text) => { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; } };
  return `${json(exchange.request)}\n\n${exchange.status || "tidak dijawab"}\n${json(exchange.response)}`;
}
function wire(exchanges) {
  $("wire-api").textContent = pretty(exchanges.api);
  $("wire-webhook").textContent = pretty(exchanges.webhook);
}
let wireTimer = 0;
function lookAtWire() {
  clearTimeout(wireTimer);
  wireTimer = setTimeout(async () => {
    try {
      const seen = await (await fetch("/phone/wire")).json();
      wire(seen.wire);
      faults(seen.faults);
    } catch { /* The live line tells that the server is gone. */ }
  }, 150);
}
function transcript() {
  $("transcript").lastElementChild.textContent = bubbles.map((b) => `${clockOf(new Date(b.at))} ${b.side === "office" ? officeName() : personBox.selectedOptions[0].textContent}: ${wordsOf(b.content)}`).join("\n");
}

// ---------- choices of the panel, and first steps

function remember(name, value) { try { localStorage.setItem(`phone-${name}`, value); } catch { /* A private window forgets. */ } }
function recall(name) { try { return localStorage.getItem(`phone-${name}`); } catch { return null; } }
function theme(name) {
  if (name) document.documentElement.dataset.theme = name; else delete document.documentElement.dataset.theme;
  $("theme").value = name || "";
}
function dial() {
  $("office").textContent = officeName();
  $("avatar").textContent = officeName().replace(/kantor|imigrasi/gi, "").trim().split(/\s+/).slice(0, 2).map((w) => w[0]).join("").toUpperCase();
  $("about").textContent = personBox.selectedOptions[0]?.dataset.about || "";
  bubbles = [];
  quote(null);
  history.replaceState(null, "", `/phone?${query()}`);
  remember("person", personBox.value);
  remember("number", numberBox.value);
  connect();
}
function openAttach(open) {
  $("attach").hidden = !open;
  $("open-attach").setAttribute("aria-expanded", String(open));
  if (open) $("attach").querySelector("button").focus();
}
function openPanel(open) {
  $("panel").classList.toggle("open", open);
  $("open-panel").setAttribute("aria-expanded", String(open));
  (open ? $("close-panel") : $("open-panel")).focus();
}

theme(recall("theme"));
if (!new URLSearchParams(location.search).has("person")) {
  for (const [name, box] of [["person", personBox], ["number", numberBox]]) {
    const last = recall(name);
    if (last && [...box.options].some((option) => option.value === last)) box.value = last;
  }
}
$("write").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
$("quoting").querySelector("button").addEventListener("click", () => { if (editing) words.value = ""; quote(null); words.focus(); });
$("newer").addEventListener("click", () => { toEnd(); log.focus(); });
log.addEventListener("scroll", () => { if (atEnd()) $("newer").hidden = true; });
$("open-attach").addEventListener("click", () => openAttach($("attach").hidden));
$("attach").addEventListener("click", (event) => {
  const kind = event.target.closest("button")?.dataset.send;
  if (!kind) return;
  openAttach(false);
  if (kind === "pick") { $("file").click(); return; }
  if (kind === "location") { openPlaces(); return; }
  send({ type: kind });
  words.focus();
});
$("file").addEventListener("change", (event) => { if (event.target.files[0]) sendFile(event.target.files[0]); event.target.value = ""; });
for (const button of document.querySelectorAll("[data-start]")) button.addEventListener("click", () => { send({ type: "text", body: button.dataset.start }); words.focus(); });
$("close-sheet").addEventListener("click", closeSheet);
addEventListener("resize", seat);
$("sheet").addEventListener("click", (event) => { if (event.target === $("sheet")) closeSheet(); });
$("open-panel").addEventListener("click", () => openPanel(true));
$("close-panel").addEventListener("click", () => openPanel(false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!$("attach").hidden) { openAttach(false); $("open-attach").focus(); }
  else if ($("panel").classList.contains("open")) openPanel(false);
});
personBox.addEventListener("change", dial);
numberBox.addEventListener("change", dial);
$("theme").addEventListener("change", (event) => { theme(event.target.value); remember("theme", event.target.value); });
$("offline").addEventListener("change", async (event) => {
  try {
    await fetch("/phone/line", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ person: personBox.value, online: !event.target.checked }) });
  } catch { notice("Server tidak menjawab. Coba lagi."); }
});
$("fault").addEventListener("submit", async (event) => {
  event.preventDefault();
  try { faults(await (await fetch("/phone/faults", { method: "POST", body: $("fault-kind").value })).json()); } catch { notice("Server tidak menjawab. Coba lagi."); }
});
$("clear-faults").addEventListener("click", async () => {
  try { faults(await (await fetch("/phone/faults", { method: "DELETE" })).json()); } catch { notice("Server tidak menjawab. Coba lagi."); }
});
// Phones sleep; the line is opened anew with the whole state when they wake.
document.addEventListener("visibilitychange", () => { if (!document.hidden && line?.readyState === EventSource.CLOSED) connect(); });
dial();
