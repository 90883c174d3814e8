-- Bookings: counted places, who they are for, how scarce ones are released. Days are the office's, as text; `*_key`
-- columns are 16-byte keyed hashes; `content` is sealed under the key of the contact, `secret` under the office's own.

-- Places of an hour or a day. The CHECK is what makes overselling impossible.
CREATE TABLE quota (
    office_id BIGINT NOT NULL,
    quota TEXT COLLATE "C" NOT NULL,
    cap BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    stopped TEXT COLLATE "C",
    CHECK (taken BETWEEN 0 AND cap),
    PRIMARY KEY (office_id, quota)
) WITH (fillfactor = 50);

-- A booking from its first hold or entry on. A row without `starts_at` holds no place.
CREATE TABLE booking (
    office_id BIGINT NOT NULL,
    booking_id BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    person_id BIGINT NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    starts_at BIGINT,
    places BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN (
        'held', 'entered', 'waiting', 'offered', 'booked', 'attended', 'missed', 'cancelled', 'lapsed'
    )),
    moves BIGINT NOT NULL,
    until_at BIGINT,
    created_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, booking_id),
    UNIQUE (office_id, code)
);

CREATE INDEX booking_person ON booking (office_id, person_id, booking_id);

CREATE INDEX booking_day ON booking (office_id, service, day, booking_id);

-- Who a booking is for, as keyed hashes only.
CREATE TABLE booking_identity (
    office_id BIGINT NOT NULL,
    booking_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    identity_key BYTEA NOT NULL,
    alike_key BYTEA NOT NULL,
    is_nik BIGINT NOT NULL,
    PRIMARY KEY (office_id, booking_id, position)
);

CREATE INDEX booking_identity_alike ON booking_identity (office_id, alike_key, person_id);

CREATE INDEX booking_identity_person ON booking_identity (office_id, person_id, alike_key);

-- One live booking for a person and a service in the whole nation: the key forbids a second one.
CREATE TABLE person_claim (
    identity_key BYTEA NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    office_id BIGINT NOT NULL,
    booking_id BIGINT NOT NULL,
    PRIMARY KEY (identity_key, service)
);

-- Draws lost and visits missed, by person and service, over all offices.
CREATE TABLE standing (
    identity_key BYTEA NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    lost BIGINT NOT NULL,
    missed_at BIGINT,
    PRIMARY KEY (identity_key, service)
);

-- Places given back that nobody may see yet; they still count as taken.
CREATE TABLE returned (
    office_id BIGINT NOT NULL,
    returned_id BIGINT NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    starts_at BIGINT NOT NULL,
    places BIGINT NOT NULL,
    PRIMARY KEY (office_id, returned_id)
);

-- What happened to a special opening, and the integers of its waiting room.
CREATE TABLE opening (
    office_id BIGINT NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    phase TEXT COLLATE "C" NOT NULL CHECK (phase IN ('committed', 'closed', 'released')),
    secret BYTEA NOT NULL,
    published TEXT COLLATE "C" NOT NULL,
    room_before BIGINT NOT NULL DEFAULT 0,
    room_after BIGINT NOT NULL DEFAULT 0,
    room_serving BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, service, day)
) WITH (fillfactor = 50);

-- Who took which ticket of a waiting room on WhatsApp, to be written to.
CREATE TABLE guest (
    office_id BIGINT NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    is_before BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, service, day, is_before, ticket),
    UNIQUE (office_id, service, day, person_id)
);

-- What is to be done, and not before when.
CREATE TABLE job (
    office_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, due_at, kind, subject)
);

-- Addresses that were sent, by the blind index of their secret part.
CREATE TABLE link (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    booking_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (office_id, token_key)
);

-- What a broker does and a family hardly ever, for people to look at.
CREATE TABLE signal (
    office_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    person_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    signal_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (office_id, kind, person_id, day)
);

CREATE INDEX signal_day ON signal (office_id, day, signal_id);
