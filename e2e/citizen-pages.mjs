// Every page that a citizen can open, a line each: what `cargo xtask web-audit` looks at. How to add a page: a line here.
//
//   name        for the table, and for `cargo xtask web-audit NAME`
//   path        its address; one behind a secret is asked of the world (citizen-world.mjs), which makes it on first use
//   status      what the server answers, 200 unless told
//   isPersonal  behind a secret or about one person: must stay out of search engines, everything else must be let in
//   cookies     { name: value } that the browser brings along
//   act         what is done on the page before it is looked at, a form to send for instance. It is done again for every way of
//               looking, so it must end the same way each time. Such a line is not weighed: its first visit is that of its page.
//
// A page has a line for each of its states: normal, error, empty, and one in the other language where the words are long.

const lastMonth = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};

const send = (values) => async (page) => {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
  await Promise.all([page.waitForNavigation(), page.click("main form button:not([type=button])")]);
};

/** A form that waits for a network is sent by its script, which puts the answer in the place of the page. */
const sendLater = async (page) => {
  await page.click("main form button:not([type=button])");
  await page.locator("main .problem").first().waitFor();
};

export const PAGES = [
  // First: the demo's room is open for some minutes only.
  { name: "room", path: (world) => world.room(), isPersonal: true },
  { name: "draws", path: "/o/sukabumi/undian" },
  { name: "draws-english", path: "/o/sukabumi/undian?lang=en" },
  { name: "draws-empty", path: "/o/jakarta-pusat/undian" },
  { name: "figures", path: "/o/sukabumi/angka" },
  { name: "figures-month", path: () => `/o/sukabumi/angka/${lastMonth()}` },
  { name: "figures-english", path: () => `/o/sukabumi/angka/${lastMonth()}?lang=en` },
  { name: "figures-empty", path: "/o/sukabumi/angka/2001-02" },
  { name: "ticket", path: (world) => world.ticket(), isPersonal: true },
  { name: "ticket-english", path: async (world) => `${await world.ticket()}?lang=en`, isPersonal: true },
  { name: "nik", path: (world) => world.nikForm(), isPersonal: true },
  { name: "nik-error", path: (world) => world.nikForm(), isPersonal: true, act: send({ nik0: "3272014102900" }) },
  { name: "place", path: (world) => world.place(), isPersonal: true },
  { name: "place-served", path: (world) => world.served(), isPersonal: true },
  { name: "survey", path: async (world) => (await world.served()).replace("/q/", "/s/"), isPersonal: true },
  { name: "survey-error", path: async (world) => (await world.served()).replace("/q/", "/s/"), isPersonal: true, act: sendLater },
  { name: "survey-early", path: async (world) => (await world.place()).replace("/q/", "/s/"), isPersonal: true },
  { name: "offices", path: "/" },
  { name: "offices-search", path: "/?cari=sukabmi" },
  { name: "start", path: "/o/jakarta-pusat" },
  { name: "start-english", path: "/o/sukabumi?lang=en" },
  { name: "office", path: "/o/jakarta-pusat/kantor" },
  { name: "fees", path: "/o/sukabumi/info/fees" },
  { name: "payment", path: "/o/sukabumi/info/payment" },
  { name: "pickup", path: "/o/sukabumi/info/pickup" },
  { name: "priority", path: "/o/sukabumi/info/priority" },
  { name: "papers", path: "/o/sukabumi/syarat" },
  { name: "papers-list", path: "/o/sukabumi/syarat/lost_ordinary" },
  { name: "check-number", path: "/cek-nomor" },
  { name: "privacy", path: "/o/sukabumi/privasi" },
  { name: "settings", path: "/o/sukabumi/setelan", isPersonal: true },
  { name: "offline", path: "/luring", isPersonal: true },
  { name: "status", path: "/o/sukabumi/status", isPersonal: true },
  { name: "status-error", path: "/o/sukabumi/status", isPersonal: true, act: send({ nomor: "1179 0000" }) },
  { name: "booking", path: "/o/sukabumi/antrean", isPersonal: true },
  { name: "mine", path: "/o/sukabumi/tiket", isPersonal: true },
  { name: "proof", path: "/o/sukabumi/bukti", isPersonal: true },
  { name: "feedback", path: "/o/sukabumi/masukan", isPersonal: true },
  { name: "feedback-english", path: "/o/sukabumi/masukan?lang=en", isPersonal: true },
  { name: "chat", path: "/o/sukabumi/obrolan", isPersonal: true },
  { name: "data", path: "/o/sukabumi/data", isPersonal: true },
  { name: "nowhere", path: "/o/nowhere/undian", status: 404 },
  { name: "ticket-unknown", path: "/o/sukabumi/t/unknown", status: 404, isPersonal: true },
];
