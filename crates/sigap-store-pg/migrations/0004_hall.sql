-- The hall: who waits today, who was called where, how long services took. `content` is sealed under the key of the person who
-- holds the booking, or of the office itself.

-- One ticket on one day.
CREATE TABLE visit (
    office_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    letter TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'held', 'called', 'done', 'missed', 'left')),
    since_at BIGINT NOT NULL,
    free_at BIGINT,
    percent BIGINT NOT NULL,
    priority_group TEXT COLLATE "C",
    counter BIGINT,
    calls BIGINT NOT NULL,
    called_at BIGINT,
    person_id BIGINT NOT NULL,
    booking_id BIGINT,
    is_near_told BIGINT NOT NULL,
    told_ahead BIGINT,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, visit_id),
    UNIQUE (office_id, day, letter, number)
);

CREATE INDEX visit_line ON visit (office_id, day, state, line, visit_id);

CREATE INDEX visit_person ON visit (office_id, person_id, visit_id);

CREATE INDEX visit_booking ON visit (office_id, day, booking_id, visit_id);

-- The address of a ticket, by the blind index of its secret part.
CREATE TABLE visit_token (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    visit_id BIGINT NOT NULL,
    PRIMARY KEY (office_id, token_key)
);

-- What happened to a visit, in order: statistics, waiting times, replay and the trail read it.
CREATE TABLE visit_event (
    office_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    letter TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    counter BIGINT,
    staff_id BIGINT,
    PRIMARY KEY (office_id, event_id)
);

CREATE INDEX visit_event_visit ON visit_event (office_id, visit_id, event_id);

-- How long a service took, by the hour of the day at which it began.
CREATE TABLE service_time (
    office_id BIGINT NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    hour BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (office_id, line, hour, event_id)
);

-- Counters at which somebody works now.
CREATE TABLE desk (
    office_id BIGINT NOT NULL,
    counter BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    staff_id BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    PRIMARY KEY (office_id, counter)
);

-- Taps of officers that were carried out: the same one again changes nothing.
CREATE TABLE tap (
    office_id BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    tap TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, day, tap)
);
