-- Bookings: counted places, who they are for, how scarce ones are released. Days are the office's, as text; `*_key`
-- columns are 16-byte keyed hashes; `content` is sealed under the key of the contact, `secret` under the office's own.

-- Places of an hour or a day. The CHECK is what makes overselling impossible.
CREATE TABLE quota (
    office_id INTEGER NOT NULL,
    quota TEXT NOT NULL,
    cap INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    stopped TEXT,
    CHECK (taken BETWEEN 0 AND cap),
    PRIMARY KEY (office_id, quota)
) WITHOUT ROWID;

-- A booking from its first hold or entry on. A row without `starts_at` holds no place.
CREATE TABLE booking (
    office_id INTEGER NOT NULL,
    booking_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    starts_at INTEGER,
    places INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'held', 'entered', 'waiting', 'offered', 'booked', 'attended', 'missed', 'cancelled', 'lapsed'
    )),
    moves INTEGER NOT NULL,
    until_at INTEGER,
    created_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, booking_id),
    UNIQUE (office_id, code)
);

CREATE INDEX booking_person ON booking (office_id, person_id, booking_id);

CREATE INDEX booking_day ON booking (office_id, service, day, booking_id);

-- Who a booking is for, as keyed hashes only.
CREATE TABLE booking_identity (
    office_id INTEGER NOT NULL,
    booking_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    identity_key BLOB NOT NULL,
    alike_key BLOB NOT NULL,
    is_nik INTEGER NOT NULL,
    PRIMARY KEY (office_id, booking_id, position)
) WITHOUT ROWID;

CREATE INDEX booking_identity_alike ON booking_identity (office_id, alike_key, person_id);

CREATE INDEX booking_identity_person ON booking_identity (office_id, person_id, alike_key);

-- One live booking for a person and a service in the whole nation: the key forbids a second one.
CREATE TABLE person_claim (
    identity_key BLOB NOT NULL,
    service TEXT NOT NULL,
    office_id INTEGER NOT NULL,
    booking_id INTEGER NOT NULL,
    PRIMARY KEY (identity_key, service)
) WITHOUT ROWID;

-- Draws lost and visits missed, by person and service, over all offices.
CREATE TABLE standing (
    identity_key BLOB NOT NULL,
    service TEXT NOT NULL,
    lost INTEGER NOT NULL,
    missed_at INTEGER,
    PRIMARY KEY (identity_key, service)
) WITHOUT ROWID;

-- Places given back that nobody may see yet; they still count as taken.
CREATE TABLE returned (
    office_id INTEGER NOT NULL,
    returned_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    places INTEGER NOT NULL,
    PRIMARY KEY (office_id, returned_id)
) WITHOUT ROWID;

-- What happened to a special opening, and the integers of its waiting room.
CREATE TABLE opening (
    office_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('committed', 'closed', 'released')),
    secret BLOB NOT NULL,
    published TEXT NOT NULL,
    room_before INTEGER NOT NULL DEFAULT 0,
    room_after INTEGER NOT NULL DEFAULT 0,
    room_serving INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, service, day)
) WITHOUT ROWID;

-- Who took which ticket of a waiting room on WhatsApp, to be written to.
CREATE TABLE guest (
    office_id INTEGER NOT NULL,
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    is_before INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (office_id, service, day, is_before, ticket),
    UNIQUE (office_id, service, day, person_id)
);

-- What is to be done, and not before when.
CREATE TABLE job (
    office_id INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (office_id, due_at, kind, subject)
) WITHOUT ROWID;

-- Addresses that were sent, by the blind index of their secret part.
CREATE TABLE link (
    office_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    booking_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (office_id, token_key)
) WITHOUT ROWID;

-- What a broker does and a family hardly ever, for people to look at.
CREATE TABLE signal (
    office_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    signal_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (office_id, kind, person_id, day)
) WITHOUT ROWID;

CREATE INDEX signal_day ON signal (office_id, day, signal_id);
