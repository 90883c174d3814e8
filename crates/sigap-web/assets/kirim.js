// What waits to be sent until there is a network. Pages and the worker share it: whoever comes first sends.
"use strict";
const antrean = (() => {
  const rows = (mode, act) => new Promise((done, fail) => {
    const opening = indexedDB.open("sigap", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kirim", { keyPath: "key" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const tx = db.transaction("kirim", mode);
      const asked = act(tx.objectStore("kirim"));
      tx.oncomplete = () => { db.close(); done(asked.result); };
      tx.onabort = () => { db.close(); fail(tx.error); };
    };
  });
  const keep = (row) => rows("readwrite", (store) => store.put(row));
  const list = () => rows("readonly", (store) => store.getAll());
  const forget = (key) => rows("readwrite", (store) => store.delete(key));
  const post = (url, body) => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), 20000);
    return fetch(url, { method: "POST", body, signal: patience.signal, headers: { "content-type": "application/x-www-form-urlencoded" } });
  };
  // The words are gone from the phone as soon as they are at the office; that they arrived is told once.
  const sendAll = async () => {
    for (const row of await list()) {
      if (row.at) continue;
      const answer = await post(row.url, row.body);
      if (answer.status >= 500 || answer.status === 429) throw new Error("later");
      await keep({ key: row.key, at: Date.now(), isGood: answer.ok });
    }
  };
  return { keep, list, forget, post, sendAll };
})();
