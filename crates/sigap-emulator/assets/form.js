// A form that a message opens (Flow): drawn from its screens, whatever they ask, and sent as WhatsApp does. Uses the phone's makers.
"use strict";

/** What is being filled in: the message, the screens, the way here, and what was answered on each screen. */
let form = null;

async function openForm(bubble) {
  const { flow, screen, asks_endpoint } = bubble.content.form;
  try {
    const answer = await fetch(`/phone/flow/${flow}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { screens } = await answer.json();
    form = { bubble, screens, way: asks_endpoint ? [] : [screen || screens[0].id], fields: {}, data: {}, chat: query() };
    if (asks_endpoint) await stepForm({});
    else drawForm();
  } catch {
    notice("Formulir tidak dapat dibuka. Coba lagi.");
  }
}
const screenOf = (id) => form.screens.find((screen) => screen.id === id);
const partsOf = (screen) => screen.layout.children.flatMap((part) => (part.type === "Form" ? part.children : [part]));
/** What stands in place of `${data.x}` on the screen that is open; anything else is itself. */
function given(value) {
  const asked = typeof value === "string" ? /^\$\{data\.(\w+)\}$/.exec(value) : null;
  return asked ? (form.data[form.way.at(-1)] || {})[asked[1]] : value;
}
const isSeen = (part) => part.visible === undefined || given(part.visible) === true;
const isNeeded = (part) => given(part.required) === true;
const fieldsOf = (id) => (form.fields[id] ||= {});

function drawForm(isBack) {
  const id = form.way.at(-1), screen = screenOf(id), node = make("form", "form-body");
  node.noValidate = true;
  const wrong = (form.data[id] || {}).error_message;
  if (wrong) node.append(alertNode(wrong));
  for (const part of partsOf(screen)) {
    const fields = fieldsOf(id), first = given(part["init-value"]);
    if (first && fields[part.name] === undefined) fields[part.name] = first;
    if (isSeen(part)) node.append(partNode(part, fields));
  }
  node.addEventListener("submit", (event) => { event.preventDefault(); leave(node, screen); });
  openSheetOnce(screen.title, node);
  $("sheet").classList.add("form");
  $("sheet-body").scrollTop = 0;
  if (isBack !== undefined) $("sheet-title").focus();
}
/** The sheet stays open from screen to screen: only what is in it changes. */
function openSheetOnce(title, node) {
  $("sheet-title").tabIndex = -1;
  if (!$("sheet").open) { openSheet(title, [node]); return; }
  $("sheet-title").textContent = title;
  $("sheet-body").replaceChildren(node);
}
function partNode(part, fields) {
  switch (part.type) {
    case "TextHeading": return make("h3", "", part.text);
    case "TextSubheading": return make("h3", "sub", part.text);
    case "TextBody": return make("p", "lines", given(part.text));
    case "TextCaption": return make("p", "hint lines", given(part.text));
    case "Dropdown": return dropdownNode(part, fields);
    case "DatePicker": return dateNode(part, fields);
    case "CalendarPicker": return calendarNode(part, fields);
    case "OptIn": return tickNode(part, fields);
    case "RadioButtonsGroup": return radioNode(part, fields);
    case "TextArea": case "TextInput": return writtenNode(part, fields);
    case "Footer": return footNode(part);
    default: return make("p", "hint", "Bagian ini tidak dapat digambar di simulasi.");
  }
}
function radioNode(part, fields) {
  const node = make("fieldset", "", make("legend", "", part.label));
  node.dataset.name = part.name;
  for (const option of given(part["data-source"])) {
    const input = make("input");
    input.type = "radio";
    input.name = part.name;
    input.value = option.id;
    input.checked = fields[part.name] === option.id;
    input.addEventListener("change", () => { fields[part.name] = option.id; });
    node.append(make("label", "radio", input, make("span", "", option.title)));
  }
  return node;
}
function alertNode(words) {
  const node = make("p", "wrong", words);
  node.setAttribute("role", "alert");
  return node;
}
/** A label above a field, and what helps below it. */
function labelled(part, input) {
  const label = make("label", "", part.label), node = make("div", "written", label, input);
  input.id = `form-${part.name}`;
  label.htmlFor = input.id;
  node.dataset.name = part.name;
  if (part["helper-text"]) {
    const help = make("p", "hint", part["helper-text"]);
    help.id = `${input.id}-help`;
    input.setAttribute("aria-describedby", help.id);
    node.append(help);
  }
  return node;
}
function dropdownNode(part, fields) {
  const input = make("select");
  input.append(make("option", "", "Pilih"));
  input.firstChild.value = "";
  for (const option of given(part["data-source"])) {
    const row = make("option", "", option.description ? `${option.title} (${option.description})` : option.title);
    row.value = option.id;
    row.disabled = option.enabled === false;
    input.append(row);
  }
  input.value = fields[part.name] || "";
  input.addEventListener("change", () => { fields[part.name] = input.value; });
  return labelled(part, input);
}
function dateNode(part, fields) {
  const input = make("input");
  input.type = "date";
  input.min = given(part["min-date"]) || "";
  input.max = given(part["max-date"]) || "";
  input.value = fields[part.name] || "";
  const node = labelled(part, input);
  input.addEventListener("change", () => {
    for (const wrong of node.querySelectorAll(".wrong")) wrong.remove();
    const day = input.value, isOpen = (!input.min || day >= input.min) && (!input.max || day <= input.max);
    if (day && isOpen) { fields[part.name] = day; return; }
    fields[part.name] = "";
    if (day) node.append(alertNode("Hari ini tidak bisa dipilih."));
  });
  return node;
}
const WEEK = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"];
const midnightOf = (text) => new Date(`${text}T00:00Z`);
const spelled = (day, how) => day.toLocaleDateString("id-ID", { timeZone: "UTC", ...how });
/** Months from the first day that can be taken to the last; those that cannot are grey, as on a phone. */
function calendarNode(part, fields) {
  const node = make("fieldset", "calendar", make("legend", "", part.label)), closed = new Set(given(part["unavailable-dates"]) || []);
  const earliest = given(part["min-date"]), latest = given(part["max-date"]);
  node.dataset.name = part.name;
  if (part["helper-text"]) node.append(make("p", "hint", part["helper-text"]));
  for (let month = midnightOf(`${earliest.slice(0, 8)}01`); month <= midnightOf(latest); month.setUTCMonth(month.getUTCMonth() + 1)) {
    const days = make("div", "month");
    for (const name of WEEK) days.append(make("span", "hint", name));
    for (let day = new Date(month); day.getUTCMonth() === month.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1)) {
      const text = day.toISOString().slice(0, 10), button = make("button", "", String(day.getUTCDate()));
      button.type = "button";
      button.dataset.day = text;
      button.disabled = text < earliest || text > latest || closed.has(text);
      button.setAttribute("aria-label", spelled(day, { weekday: "long", day: "numeric", month: "long" }));
      button.setAttribute("aria-pressed", String(fields[part.name] === text));
      if (day.getUTCDate() === 1) button.style.gridColumnStart = String((day.getUTCDay() + 6) % 7 + 1);
      button.addEventListener("click", () => {
        fields[part.name] = text;
        for (const wrong of node.querySelectorAll(".wrong")) wrong.remove();
        for (const other of node.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
      });
      days.append(button);
    }
    node.append(make("h3", "sub", spelled(month, { month: "long", year: "numeric" })), days);
  }
  return node;
}
function tickNode(part, fields) {
  const input = make("input"), node = make("label", "radio", input, make("span", "", part.label));
  input.type = "checkbox";
  input.checked = fields[part.name] === true;
  input.addEventListener("change", () => { fields[part.name] = input.checked; });
  node.dataset.name = part.name;
  return node;
}
function writtenNode(part, fields) {
  const input = make(part.type === "TextArea" ? "textarea" : "input");
  input.value = fields[part.name] || "";
  if (part["max-length"]) input.maxLength = part["max-length"];
  input.addEventListener("input", () => { fields[part.name] = input.value; });
  return labelled(part, input);
}
function footNode(part) {
  const next = make("button", "", part.label), node = make("div", "form-foot");
  next.type = "submit";
  if (form.way.length > 1) {
    const back = make("button", "", "Kembali");
    back.type = "button";
    back.addEventListener("click", () => { form.way.pop(); drawForm(true); });
    node.append(back);
  }
  node.append(next);
  return node;
}

/** What a payload says in place of `${form.x}`, `${screen.S.form.x}` and `${data.x}`; what was not answered is left out. */
function filledIn(payload, id) {
  const values = {};
  for (const [name, value] of Object.entries(payload || {})) {
    const asked = typeof value === "string" ? /^\$\{(?:screen\.(\w+)\.)?(form|data)\.(\w+)\}$/.exec(value) : null;
    const found = asked ? (asked[2] === "form" ? form.fields : form.data)[asked[1] || id]?.[asked[3]] : value;
    if (found !== undefined) values[name] = found;
  }
  return values;
}
function leave(node, screen) {
  for (const wrong of node.querySelectorAll(".wrong")) wrong.remove();
  const fields = fieldsOf(screen.id), parts = partsOf(screen);
  const missing = parts.find((part) => part.name && isSeen(part) && isNeeded(part) && !fields[part.name]);
  if (missing) {
    const place = node.querySelector(`[data-name="${CSS.escape(missing.name)}"]`), wrong = make("p", "wrong", "Isi bagian ini.");
    wrong.setAttribute("role", "alert");
    place.append(wrong);
    place.querySelector("input, textarea, select, button:enabled").focus();
    return;
  }
  const action = parts.find((part) => part.type === "Footer")["on-click-action"], values = filledIn(action.payload, screen.id);
  if (action.name === "navigate") {
    form.data[action.next.name] = values;
    form.way.push(action.next.name);
    drawForm(false);
    return;
  }
  if (action.name === "data_exchange") {
    stepForm({ screen: screen.id, data: values });
    return;
  }
  closeSheet();
  send({ type: "form", message_id: form.bubble.id, values }, "Formulir terkirim");
}

/** Asks the office for the next screen, as a phone does: closed with its key, so this page only hands the step on. */
async function stepForm(step) {
  const button = document.querySelector(".form-foot button[type=submit]");
  if (button) button.disabled = true;
  try {
    const body = JSON.stringify({ message_id: form.bubble.id, ...step });
    const answer = await fetch(`/phone/form?${form.chat}`, { method: "POST", headers: { "content-type": "application/json" }, body });
    if (!answer.ok) throw new Error(String(answer.status));
    const next = await answer.json();
    if (next === "done") { closeSheet(); return; }
    if (next === "failed") throw new Error("failed");
    if (next.over !== undefined) { closeSheet(); notice(next.over); return; }
    const { screen, data } = next.screen, known = form.way.indexOf(screen);
    form.data[screen] = data;
    form.way = known < 0 ? [...form.way, screen] : form.way.slice(0, known + 1);
    drawForm(false);
  } catch {
    const words = "Formulir belum dijawab. Coba lagi.", node = document.querySelector("#sheet[open] .form-body");
    if (!node) { notice(words); return; }
    button.disabled = false;
    // In the form itself: what lies behind it is dimmed. The next screen draws anew.
    node.querySelector(":scope > .wrong")?.remove();
    node.prepend(alertNode(words));
    $("sheet-body").scrollTop = 0;
  }
}
