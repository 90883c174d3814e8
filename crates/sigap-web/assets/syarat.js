// The list of papers: what was ticked stays in this browser, and the button prints. Without this file the list is complete all the same.
const place = "sigap-syarat:" + location.pathname;
const boxes = [...document.querySelectorAll(".ticks input")];
let kept = true;
try {
  const ticked = (localStorage.getItem(place) || "").split(" ");
  for (const box of boxes) box.checked = box.checked || ticked.includes(box.name);
} catch { kept = false; }
const note = document.getElementById("kept");
if (note) note.hidden = !kept;
addEventListener("change", () => {
  try {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.name).join(" ");
    if (ticked) localStorage.setItem(place, ticked); else localStorage.removeItem(place);
  } catch { /* a browser that keeps nothing */ }
});
const button = document.getElementById("print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
