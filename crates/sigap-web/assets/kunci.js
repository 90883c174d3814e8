// Passkeys: shows its buttons only where the browser can, and says what went wrong in the words of the page.
"use strict";

{
  const can = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.isSecureContext && /[a-z]/i.test(location.hostname);
  const failed = document.querySelector("[data-passkey-failed]");
  const post = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  const attempt = async (button, act) => {
    failed.hidden = true;
    button.setAttribute("aria-busy", "true");
    try { await act(); } catch { failed.hidden = false; }
    button.removeAttribute("aria-busy");
  };

  const add = document.querySelector("[data-passkey-add]");
  if (add && can) {
    add.hidden = false;
    add.addEventListener("click", () => attempt(add, async () => {
      const { token, options } = await (await post(add.dataset.passkeyAdd + "/mulai", {})).json();
      const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) });
      const kept = await post(add.dataset.passkeyAdd, { token, answer: made.toJSON() });
      if (!kept.ok) throw new Error("refused");
      location.reload();
    }));
  }

  const enter = document.querySelector("[data-passkey-enter]");
  if (enter && can) {
    enter.hidden = false;
    enter.addEventListener("click", () => attempt(enter, async () => {
      const email = document.querySelector("#email");
      if (!email.reportValidity()) return;
      const { token, options } = await (await post(enter.dataset.passkeyEnter + "/mulai", { email: email.value })).json();
      const proof = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
      const entered = await post(enter.dataset.passkeyEnter, { token, answer: proof.toJSON() });
      if (!entered.ok) throw new Error("refused");
      location.assign(enter.dataset.to);
    }));
  }
}
