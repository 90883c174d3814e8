// Waits for something without being asked: the proof from a phone, the next lines of the chat. Rests while the page is not looked at, and asks
// less often when nothing comes.
(() => {
  const every = (ask) => {
    let pause = 3000;
    const round = async () => {
      if (!document.hidden) {
        try {
          pause = (await ask()) ? 3000 : Math.min(pause * 1.25, 20000);
        } catch {
          pause = 20000;
        }
      }
      setTimeout(round, pause);
    };
    setTimeout(round, pause);
  };
  const proof = document.querySelector("[data-tanya]");
  if (proof) {
    every(async () => {
      const answer = await fetch(proof.dataset.tanya, { cache: "no-store" });
      if (answer.ok && (await answer.text()) === "1") {
        proof.textContent = proof.dataset.siap;
        location.assign(proof.dataset.lanjut);
      }
      return false;
    });
  }
  const lines = document.querySelector("[data-baris]");
  if (lines) {
    document.querySelector("#akhir").scrollIntoView({ block: "end" });
    every(async () => {
      const answer = await fetch(`${lines.dataset.baris}?sesudah=${lines.dataset.terakhir}`, { cache: "no-store" });
      if (answer.status !== 200) return false;
      const html = await answer.text();
      lines.dataset.terakhir = answer.headers.get("x-baris");
      lines.insertAdjacentHTML("beforeend", html);
      return true;
    });
  }
})();
