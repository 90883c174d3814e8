// The board speaks: each new call once, one after the other, from clips that the browser keeps.
"use strict";

const place = document.querySelector("[data-clips]");
const address = place.dataset.clips;
const start = document.querySelector(".sound");
const context = new AudioContext();
const known = new Map();
const clip = (name) => {
  if (!known.has(name)) {
    known.set(name, fetch(`${address}/${name}.opus`).then((answer) => answer.arrayBuffer()).then((bytes) => context.decodeAudioData(bytes)));
  }
  return known.get(name);
};
const ready = () => { start.hidden = context.state === "running"; };
context.addEventListener("statechange", ready);
start.addEventListener("click", () => context.resume().then(ready));
context.resume().then(ready, ready);
ready();

const play = (buffer) => new Promise((done) => {
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.onended = done;
  source.start();
});

const queue = [];
let speaking = false;
const speak = async () => {
  if (speaking || context.state !== "running") return;
  speaking = true;
  while (queue.length > 0) {
    const names = queue.shift();
    // Twice when nobody else waits to be called, once when the hall is busy.
    for (let time = queue.length > 4 ? 1 : 0; time < 2; time += 1) {
      try {
        for (const buffer of await Promise.all(names.map(clip))) await play(buffer);
      } catch { break; }
    }
  }
  speaking = false;
};

let last = Number(place.dataset.last);
document.addEventListener("state", (event) => {
  for (const call of [...(event.detail.calls ?? [])].reverse()) {
    if (call.id <= last) continue;
    last = call.id;
    // What was called long ago is shown, not spoken.
    if (call.age < 120) queue.push(call.clips);
  }
  speak();
});
context.addEventListener("statechange", speak);

const clock = document.querySelector(".clock");
const tick = () => {
  clock.textContent = new Intl.DateTimeFormat("id-ID", { timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit" }).format(new Date());
};
tick();
setInterval(tick, 1000);
