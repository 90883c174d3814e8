//! Every bound of the rules has a name here, with its reason beside it.

/// Questions one turn may ask the store. The longest topic (status with proof) needs three; more is a loop.
pub const QUESTIONS_PER_TURN_MAX: usize = 6;
/// Characters of one inbound text that the engine reads. WhatsApp allows 4,096; longer bodies have been seen.
pub const TEXT_READ_CHARS_MAX: usize = 4_096;
/// Characters of a comment or complaint that are kept.
pub const FEEDBACK_CHARS_MAX: usize = 4_000;
/// Letters of a form's comment or complaint from which on somebody can know what is meant.
pub const FEEDBACK_LETTERS_MIN: usize = 10;
/// After this silence a dialogue that was under way starts again politely, in hours. WhatsApp's window is 24 h.
pub const SILENCE_RESTART_HOURS: i64 = 24;
/// Rows of one list message over all its sections (Meta, interactive list messages).
pub const LIST_ROWS_MAX: usize = 10;
/// Reply buttons of one message (Meta, interactive reply buttons messages).
pub const BUTTONS_MAX: usize = 3;
/// Messages not understood in a row before the officer is offered.
pub const MISSES_BEFORE_OFFICER: u8 = 2;
/// Characters of a body that carries a list or buttons (Meta: 1,024 for buttons; the stricter of two sources for lists).
pub const INTERACTIVE_BODY_CHARS_MAX: usize = 1_024;
/// Characters of a plain text message (Meta).
pub const TEXT_BODY_CHARS_MAX: usize = 4_096;
/// Days the calendar looks ahead for the next opening. The longest closure by decree is under two weeks; repairs last longer.
pub const OPENING_SEARCH_DAYS_MAX: usize = 90;
/// Days the calendar walks to count working days. The longest legal deadline is 60 working days, about 90 days with Idulfitri.
pub const WORKING_DAY_SEARCH_DAYS_MAX: usize = 400;
/// Different application numbers one person may look up in a day (docs/privacy.md: 115,000 phone-days per chance hit).
pub const LOOK_UPS_PER_DAY_MAX: u32 = 20;
/// Wrong birth dates for one number in a day, from whomever (docs/privacy.md).
pub const WRONG_PROOFS_PER_DAY_MAX: u32 = 5;
/// Wrong birth dates for one number in all; then only the bound phone or the counter (docs/privacy.md).
pub const WRONG_PROOFS_MAX: u32 = 15;
/// Different numbers tried with one birth date at one office in a day (docs/privacy.md: a leaked date).
pub const BIRTH_DATE_NUMBERS_PER_DAY_MAX: u32 = 10;
/// Wrong slip codes by one person in a day: 32^8 codes stand against five tries.
pub const WRONG_SLIP_CODES_PER_DAY_MAX: u32 = 5;
/// How long a slip code can be used, in days: an application takes weeks, a slip in a bag is found late.
pub const SLIP_CODE_DAYS: i64 = 90;
/// Tries of a turn that failed by our fault before a person takes over.
pub const OWED_ATTEMPTS_MAX: u32 = 5;
/// First wait before an owed turn is tried again, in seconds; doubles with every try.
pub const OWED_RETRY_SECONDS: i64 = 5;
/// How far back a taken-back or changed message is looked for, in hours. WhatsApp lets people take a message back for
/// about two and a half days (unverified); late webhooks add up to seven days, which is longer than content matters.
pub const REVOKE_HOURS_MAX: i64 = 24 * 10;
/// Waiting answers to one person that are merged into one.
pub const MERGE_MAX: usize = 8;
/// Times a message of unknown outcome is sent again: a second copy of an answer harms nobody, a third annoys.
pub const RESEND_UNKNOWN_MAX: u32 = 1;
/// People in one booking: a family (queueing rules since 2019: an account and four others).
pub const PARTY_MAX: usize = 5;
/// Slots of one day: every ten minutes from midnight to midnight.
pub const SLOTS_PER_DAY_MAX: usize = 144;
/// Minutes before the hour at which the waiting room of a shuffled opening opens.
pub const ROOM_MINUTES: u16 = 30;
/// How long a chosen place is held for a yes, in minutes: long enough to read, look for a paper and find the form.
pub const HOLD_MINUTES: i64 = 15;
/// How long a place that was drawn waits for a yes, in hours.
pub const DRAWN_HOURS: i64 = 24;
/// How long a place from the waiting list waits for a yes, in hours.
pub const OFFER_HOURS: i64 = 2;
/// Days that are looked at when free places are listed: the longest horizon that makes sense is a quarter.
pub const FREE_DAYS_MAX: usize = 92;
/// Free hours named when the wished one is full.
pub const NEAREST_MAX: usize = 3;
/// Live bookings of one contact that are shown.
pub const BOOKINGS_PER_CONTACT_MAX: usize = 20;
/// Characters of a visitor's name.
pub const NAME_CHARS_MAX: usize = 100;
/// How long an entry or a place in a queue waits for the form with the NIK, in minutes: people have to find their papers.
pub const FORM_MINUTES: i64 = 60;
/// Minutes in which somebody who was let in from the waiting room chooses; coming back later is allowed while places last.
pub const INSIDE_MINUTES: i64 = 10;
/// Holds and entries of one contact in a day: a family that changes its mind needs five or six.
pub const HOLDS_PER_DAY_MAX: u32 = 15;
/// Forms of one contact in a day whose NIK had a booking already: each tells whether somebody is booked.
pub const WRONG_NIKS_PER_DAY_MAX: u32 = 5;
/// People of one waiting list that are looked at when places come back.
pub const WAITING_LIST_MAX: usize = 2_000;
/// Different people under one contact from which on it is worth a look: two families.
pub const PEOPLE_PER_CONTACT_SIGNAL: u64 = 10;
/// Contacts that booked for one person from which on it is worth a look: own phone and the family's.
pub const CONTACTS_PER_PERSON_SIGNAL: u64 = 2;
/// Hours within which a place cancelled and another one booked for somebody else belong together.
pub const REBOOK_HOURS_SIGNAL: i64 = 48;
/// Seconds from the summary to the yes below which a person cannot have read it.
pub const HUMAN_SECONDS_MIN: i64 = 2;
/// Jobs of one office done in one round.
pub const JOBS_PER_ROUND_MAX: usize = 200;
/// Entries whose result is carried out in one transaction: others must not wait for a whole draw.
pub const ENTRIES_PER_STEP_MAX: usize = 200;
/// Entries of one draw. A Saturday of 80 places with 1 chance in 1,000 is 80,000.
pub const ENTRIES_MAX: usize = 200_000;
/// Visits of one service on one day that are listed: the largest office served 490 people a day (2024).
pub const VISITS_PER_DAY_MAX: usize = 5_000;
/// Signals shown at once.
pub const SIGNALS_MAX: usize = 500;
/// Characters of a public value: an index, a lottery number, a hash.
pub const PUBLIC_VALUE_CHARS_MAX: usize = 200;
/// Tickets of one waiting room: more than there are people, so that no room is ever refused.
pub const TICKETS_MAX: u64 = 1 << 40;
/// People of one hall that are looked at: the largest office served 490 a day (2024), a full Saturday three times as many.
pub const WAITING_MAX: usize = 2_500;
/// Measured service times of a line and hour: the newest half year of a busy counter.
pub const SERVICE_TIMES_MAX: usize = 200;
/// Visits that a desk lists as held or missed.
pub const DESK_LIST_MAX: usize = 20;
/// Last calls on a display.
pub const CALLS_SHOWN: usize = 6;
/// What was said before an officer was asked for, as far as the officer is shown it: the state is written with every message.
pub const EXCHANGES_MAX: usize = 5;
/// Characters of each of these.
pub const EXCHANGE_CHARS_MAX: usize = 120;
/// Characters of an officer's answer with buttons under it: with what stands around it, it fits into one such message.
pub const ANSWER_WITH_BUTTONS_CHARS_MAX: usize = 800;
/// Tags of one case.
pub const TAGS_MAX: usize = 6;
/// Characters of a tag.
pub const TAG_CHARS_MAX: usize = 30;
/// Persons who are one and the same.
pub const SAME_PERSONS_MAX: usize = 5;
/// Praise that an officer sees on the first page.
pub const PRAISES_SHOWN_MAX: usize = 5;
/// Characters of an officer's answer: with what stands around it, it fits into one message.
pub const ANSWER_CHARS_MAX: usize = 3_000;
/// Characters of an idea that a visitor leaves with the survey.
pub const SURVEY_COMMENT_CHARS_MAX: usize = 1_000;
/// Ideas of a month that a list shows.
pub const SURVEY_COMMENTS_SHOWN_MAX: usize = 200;
/// Cases of each kind that a list shows.
pub const CASES_SHOWN_MAX: usize = 200;
/// Lines of a case's story that are shown.
pub const CASE_EVENTS_SHOWN_MAX: usize = 200;
/// Characters of a note that officers write for each other.
pub const NOTE_CHARS_MAX: usize = 500;
/// What happened to one visit, as far as it is shown.
pub const VISIT_EVENTS_MAX: usize = 50;
/// Devices of one person that are listed.
pub const SESSIONS_MAX: usize = 50;
/// Questions on the way to a sign-in that stand at one office: each is asked by whoever opens a page, before anybody is known. The oldest
/// make room.
pub const SIGN_IN_QUESTIONS_MAX: usize = 1_000;
/// Bytes of the code with which an institution sends somebody back; services give some dozens to some hundreds.
pub const INSTITUTION_CODE_BYTES_MAX: usize = 4_096;
/// People who work at one office.
pub const STAFF_MAX: usize = 500;
/// Lines of the trail on one page, and read at once by the verifier.
pub const ACTS_PER_PAGE: usize = 50;
/// Characters of what a browser calls itself.
pub const DEVICE_CHARS_MAX: usize = 200;
/// Passports on one shelf that are looked at in a day: the largest office issues 490 a day and keeps them thirty days.
pub const PASSPORTS_MAX: usize = 20_000;
/// Passports that a page lists.
pub const PASSPORTS_SHOWN: usize = 200;
/// Characters of a place on the shelf.
pub const SHELF_CHARS_MAX: usize = 40;
/// Phones bound to one application that are told.
pub const BOUND_PHONES_MAX: usize = 5;
/// Bytes of one report. A year of the largest office (120,000 rows) is about 12 MB.
pub const REPORT_BYTES_MAX: usize = 100 * 1024 * 1024;
/// Rows of one report: just under what a spreadsheet can hold, eight years of the largest office.
pub const REPORT_ROWS_MAX: u32 = 1_000_000;
/// Rows at the top of a report in which the header row is looked for (`catalogue`, `[spri_import]`).
pub const HEADER_ROWS_MAX: u32 = 15;
/// Characters of a name or kind in a report. More means that a quote in a csv file was never closed, or a note stands in the cell.
pub const CELL_CHARS_MAX: usize = 200;
/// Bytes of one report that comes over the network: more than a year of the largest office. Larger ones are for the command.
pub const UPLOAD_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Rows of one report that comes over the network, for they are kept until somebody has looked at them.
pub const UPLOAD_ROWS_MAX: usize = 200_000;
/// Files taken at once: an office has four reports.
pub const UPLOAD_FILES_MAX: usize = 8;
/// Bytes of all files taken at once.
pub const UPLOADS_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Reports of one office that are kept at a time; the oldest one that nobody applies makes room.
pub const UPLOADS_KEPT_MAX: usize = 20;
/// Hours for which an uploaded report, or what became of it, is kept.
pub const UPLOAD_HOURS: i64 = 24;
/// Refused rows that are kept one by one; the others are counted.
pub const REFUSED_ROWS_KEPT_MAX: usize = 500;
/// Rows that one transaction merges: long enough to be quick, short enough that a citizen's turn waits only milliseconds.
pub const ROWS_PER_CHUNK: usize = 250;
/// Chunks that one round applies before it looks at the other jobs of the office.
pub const CHUNKS_PER_ROUND_MAX: usize = 40;
/// Characters of a file's name that are kept.
pub const FILE_NAME_CHARS_MAX: usize = 120;
/// Past imports that a page lists.
pub const IMPORTS_SHOWN: usize = 20;
/// Applications that one person is told about: a large family.
pub const FOLLOWS_PER_PERSON_MAX: usize = 10;
/// People who are told in one transaction that an application moved.
pub const TOLD_PER_STEP_MAX: usize = 100;
/// Keys of one office for programs.
pub const API_KEYS_MAX: usize = 50;
/// What a program may do with one key within an hour, unless the office says otherwise: one request a second, and a few at once.
pub const API_REQUESTS_PER_HOUR: u32 = 3_600;
/// The most that an office may allow one key within an hour.
pub const API_REQUESTS_PER_HOUR_MAX: u32 = 100_000;
/// Characters of the name that a partner gives to a booking.
pub const API_REFERENCE_CHARS_MAX: usize = 80;
/// Addresses of partners that one office calls: each of them is written to with every event.
pub const HOOKS_MAX: usize = 10;
/// Characters of such an address.
pub const HOOK_URL_CHARS_MAX: usize = 500;
/// Calls of one office that are made in a round.
pub const HOOK_CALLS_PER_ROUND_MAX: usize = 50;
/// Characters of what a key is for.
pub const API_LABEL_CHARS_MAX: usize = 60;
/// Visits of one day that are counted: four times the fullest day of the largest office, walk-ins and pick-up included.
pub const VISITS_COUNTED_MAX: usize = 10_000;
/// First answers of one day that are counted: more than a helpdesk can give.
pub const ANSWERS_PER_DAY_MAX: usize = 5_000;
/// Minutes after midnight at which a day is counted: by then its hall is closed.
pub const FIGURES_MINUTES: i64 = 30;
/// Days back from which figures are counted where none are kept yet: the year before last, for comparison.
pub const FIGURES_BACK_DAYS_MAX: i64 = 800;
/// Totals read at once: the names of a day (some 150) for each day of a month, or each month of a year, five times over.
pub const FIGURES_READ_MAX: usize = 25_000;
/// Offices drawn side by side in a picture: what fits on a screen. The table has all of them.
pub const OFFICES_DRAWN_MAX: usize = 20;
/// Offices named as the nearest: a choice, not a list.
pub const NEAREST_OFFICES_MAX: usize = 3;
/// Kilometres by which another office has to be nearer than this one before it is named in its place: towns are points on the map,
/// and what lies closer together cannot be told apart.
pub const NEAREST_MARGIN_KM: f64 = 5.0;
/// Kilometres by which a further office may be farther away than the nearest and still be named.
pub const NEAREST_SPREAD_KM: f64 = 50.0;
/// Kilometres within which no distance is told: the office may be at the other end of its town.
pub const NEAREST_TOWN_KM: f64 = 10.0;
/// Kilometres from every office from which on a place is not in Indonesia. The farthest town has 336 (Tiakur, from Atambua).
pub const NEAREST_KM_MAX: f64 = 400.0;
/// What is remembered of one template: far more than ten edits of a month with their approvals.
pub const TEMPLATE_HISTORY_MAX: usize = 60;
/// Edits of one template in thirty days (Meta, template limits).
pub const TEMPLATE_EDITS_MONTH_MAX: usize = 10;
/// Templates of one office that are looked at: every notice in both languages, in a few accounts.
pub const TEMPLATES_MAX: usize = 400;
/// Notices held over a night that one step sends.
pub const HELD_PER_STEP_MAX: usize = 100;
/// Numbers and categories of an office whose messages are counted in a month.
pub const DELIVERED_KINDS_MAX: usize = 200;
/// The largest budget of a month that a page takes: a mistyped zero should be noticed.
pub const BUDGET_RUPIAH_MAX: i64 = 1_000_000_000;
/// The most paid messages a month to one person that a page takes.
pub const PERSON_NOTICES_MAX: u32 = 100;
/// Characters of what Meta answered that are kept.
pub const META_WORDS_CHARS_MAX: usize = 300;
/// Entries that one office changes: more than there are texts.
pub const CONTENT_PATCHES_MAX: usize = 3_000;
/// Conversations with which one office tries its content: all of them run before each publishing.
pub const CONTENT_SCRIPTS_MAX: usize = 50;
/// Turns of one of them.
pub const SCRIPT_TURNS_MAX: usize = 12;
/// Words and phrases that one answer is looked through for.
pub const SCRIPT_WORDS_MAX: usize = 10;
/// Characters of a line in such a conversation.
pub const SCRIPT_CHARS_MAX: usize = 300;
/// Messages that were not understood which are kept of a day at an office; more of them say the same.
pub const UNCLEAR_PER_DAY_MAX: u64 = 200;
/// Days for which they are kept.
pub const UNCLEAR_DAYS: i64 = 90;
/// Of them, those that a page gathers.
pub const UNCLEAR_SHOWN_MAX: usize = 2_000;
/// Versions of content that a page lists.
pub const CONTENT_VERSIONS_SHOWN: usize = 60;
/// Days after something was last kept in it until a citizen's browser is forgotten: longer than the longest answer to a complaint is waited for between two looks.
pub const BROWSER_DAYS: i64 = 30;
/// Hours a browser may act for a phone that showed it is theirs: a day, for phones and computers are shared.
pub const PROOF_HOURS: i64 = 24;
/// Minutes a browser's code is good for.
pub const BROWSER_CODE_MINUTES: i64 = 15;
/// Lines of the chat on a page that are shown.
pub const LINES_SHOWN_MAX: usize = 60;
/// Characters of a message that is typed on a page.
pub const LINE_CHARS_MAX: usize = 1_000;
/// Browsers of one person that are told of, and ended together.
pub const BROWSERS_MAX: usize = 20;
/// Bookings, cases, visits of one person that are shown to them: more than a broker has.
pub const OWN_ROWS_MAX: usize = 500;
/// Lines of the stories of all their cases, each.
pub const OWN_LINES_MAX: usize = 500;
/// Messages of one person that are shown to them, each way.
pub const OWN_MESSAGES_MAX: usize = 1_000;
/// Days of messages that are shown: all messages of the office in that time are looked through.
pub const OWN_MESSAGE_DAYS: i64 = 30;
/// Erasures of one contact in a day: whoever is erased is a stranger, and limits against guessing begin anew.
pub const ERASURES_PER_DAY_MAX: u32 = 1;
/// Days of the office's messages that one step of an erasure goes through: some ten thousand rows, a few hundredths of a second.
pub const ERASED_DAYS_PER_STEP: i64 = 3;
/// Bytes of a file that is kept: WhatsApp's limit for sounds and films, and more than a photo has (Meta, media). A document may have 100 MB there; nobody
/// reads such a one at a counter.
pub const FILE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes of one part of a file in the database: rows stay small enough for both engines.
pub const FILE_PART_BYTES: usize = 256 * 1024;
/// Hours for which a file is tried: Meta forgets the id of a file after seven days.
pub const FILE_TRIED_HOURS: i64 = 7 * 24 - 1;
/// Minutes until a file is tried again that somebody took and did not bring back: longer than a slow download and a look through it.
pub const FILE_TAKEN_MINUTES: i64 = 5;
/// Minutes between two tries, doubled with each, at most.
pub const FILE_PAUSE_MINUTES_MAX: i64 = 120;
/// Files of one person that are kept at a time: five people with ten papers, each sent twice. More is not fetched.
pub const FILES_PER_PERSON_MAX: usize = 100;
/// Minutes in which people are told to ask for an officer who is to get a file that they sent: long enough to look for one, short enough that
/// nobody is surprised by what they sent in the morning.
pub const FILE_NOTED_MINUTES_TOLD: i64 = 60;
/// Minutes for which such a file is noted: who presses the button in the last minute still writes the question.
pub const FILE_NOTED_MINUTES: i64 = FILE_NOTED_MINUTES_TOLD + 30;
/// Files of one person that are noted at a time; one more takes the place of the oldest. As many as people show of one thing.
pub const FILES_NOTED_MAX: usize = 10;
/// Files of one case or intake that a page lists.
pub const FILES_SHOWN_MAX: usize = 60;
/// Characters of the words of a voice note that are kept.
pub const TRANSCRIPT_CHARS_MAX: usize = 4_000;
/// Characters of an answer of an intake.
pub const INTAKE_ANSWER_CHARS_MAX: usize = 120;
/// Intakes of one day that a page lists: more than an office has places.
pub const INTAKES_SHOWN_MAX: usize = 400;
/// Dots of the longer side below which small print cannot be read: an identity card of 86 mm at 180 dots an inch.
pub const PICTURE_SIDE_MIN: u32 = 600;
/// Dots of the shorter side.
pub const PICTURE_SIDE_SHORT_MIN: u32 = 360;
/// Dots of either side of a picture that is decoded: twice what phones take.
pub const PICTURE_SIDE_MAX: u32 = 20_000;
/// Bytes that decoding one picture may take: 50 million dots in colour.
pub const PICTURE_BYTES_MAX: u64 = 160 * 1024 * 1024;
