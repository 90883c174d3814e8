-- People who work at an office, how they sign in, and what they did. `content` is sealed under a key of their own.

CREATE TABLE staff (
    office_id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    email_key BYTEA NOT NULL,
    roles TEXT COLLATE "C" NOT NULL,
    is_active BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    locked_until BIGINT,
    created_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, staff_id),
    UNIQUE (office_id, email_key)
);

-- Links that were handed over to set up a sign-in, by the blind index of their secret part.
CREATE TABLE enrolment (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    staff_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (office_id, token_key)
);

CREATE TABLE session (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    session_id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('person', 'kiosk')),
    counter BIGINT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, token_key)
);

CREATE INDEX session_staff ON session (office_id, staff_id, session_id);

-- What staff did. Each row's `hash` covers the one before: whoever changes or removes a row breaks all that follow.
CREATE TABLE act (
    office_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    act TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (office_id, place)
);
