-- People who work at an office, how they sign in, and what they did. `content` is sealed under a key of their own.

CREATE TABLE staff (
    office_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    email_key BLOB NOT NULL,
    roles TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    locked_until INTEGER,
    created_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, staff_id),
    UNIQUE (office_id, email_key)
);

-- Links that were handed over to set up a sign-in, by the blind index of their secret part.
CREATE TABLE enrolment (
    office_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    staff_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (office_id, token_key)
) WITHOUT ROWID;

CREATE TABLE session (
    office_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    session_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('person', 'kiosk')),
    counter INTEGER,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, token_key)
);

CREATE INDEX session_staff ON session (office_id, staff_id, session_id);

-- What staff did. Each row's `hash` covers the one before: whoever changes or removes a row breaks all that follow.
CREATE TABLE act (
    office_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (office_id, place)
) WITHOUT ROWID;
