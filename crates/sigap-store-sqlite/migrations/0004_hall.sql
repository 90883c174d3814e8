-- The hall: who waits today, who was called where, how long services took. `content` is sealed under the key of the person who
-- holds the booking, or of the office itself.

-- One ticket on one day.
CREATE TABLE visit (
    office_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    line TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'called', 'done', 'missed', 'left')),
    since_at INTEGER NOT NULL,
    free_at INTEGER,
    percent INTEGER NOT NULL,
    priority_group TEXT,
    counter INTEGER,
    calls INTEGER NOT NULL,
    called_at INTEGER,
    person_id INTEGER NOT NULL,
    booking_id INTEGER,
    is_near_told INTEGER NOT NULL,
    told_ahead INTEGER,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, visit_id),
    UNIQUE (office_id, day, letter, number)
);

CREATE INDEX visit_line ON visit (office_id, day, state, line, visit_id);

CREATE INDEX visit_person ON visit (office_id, person_id, visit_id);

CREATE INDEX visit_booking ON visit (office_id, day, booking_id, visit_id);

-- The address of a ticket, by the blind index of its secret part.
CREATE TABLE visit_token (
    office_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    visit_id INTEGER NOT NULL,
    PRIMARY KEY (office_id, token_key)
) WITHOUT ROWID;

-- What happened to a visit, in order: statistics, waiting times, replay and the trail read it.
CREATE TABLE visit_event (
    office_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    counter INTEGER,
    staff_id INTEGER,
    PRIMARY KEY (office_id, event_id)
) WITHOUT ROWID;

CREATE INDEX visit_event_visit ON visit_event (office_id, visit_id, event_id);

-- How long a service took, by the hour of the day at which it began.
CREATE TABLE service_time (
    office_id INTEGER NOT NULL,
    line TEXT NOT NULL,
    hour INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (office_id, line, hour, event_id)
) WITHOUT ROWID;

-- Counters at which somebody works now.
CREATE TABLE desk (
    office_id INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    day TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    since_at INTEGER NOT NULL,
    PRIMARY KEY (office_id, counter)
) WITHOUT ROWID;

-- Taps of officers that were carried out: the same one again changes nothing.
CREATE TABLE tap (
    office_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    tap TEXT NOT NULL,
    PRIMARY KEY (office_id, day, tap)
) WITHOUT ROWID;
