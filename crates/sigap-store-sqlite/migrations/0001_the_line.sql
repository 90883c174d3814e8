-- The line: what came in, what is owed, who it is with. Times are microseconds since 1970 UTC; `*_key` columns are
-- 16-byte blind indexes; `content`, `contact` and `state` of conversations are sealed under the person's key.

CREATE TABLE person (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    contact BLOB NOT NULL,
    is_opted_out INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (office_id, person_id)
) WITHOUT ROWID;

CREATE TABLE identity (
    office_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bsuid', 'parent', 'phone')),
    value_key BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    since_at INTEGER NOT NULL,
    PRIMARY KEY (office_id, kind, value_key)
) WITHOUT ROWID;

CREATE TABLE inbox (
    office_id INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    message_key BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('answered', 'owed', 'silent', 'handed_over')),
    attempts INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    content BLOB,
    PRIMARY KEY (office_id, sent_at, message_key)
);

-- Messages whose reply is owed: a row only while it is, like `due` for the outbox.
CREATE TABLE owed (
    office_id INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    message_key BLOB NOT NULL,
    PRIMARY KEY (office_id, sent_at, message_key)
) WITHOUT ROWID;

CREATE TABLE conversation (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    state BLOB NOT NULL,
    last_inbound_at INTEGER NOT NULL,
    PRIMARY KEY (office_id, person_id)
) WITHOUT ROWID;

-- What was said: written once, never changed. What becomes of it stands in `due` and `delivery`, in small rows.
CREATE TABLE outbox (
    office_id INTEGER NOT NULL,
    outbox_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, outbox_id)
);

-- A row only while a message waits or is under way, so that the hot part stays a few pages.
CREATE TABLE due (
    office_id INTEGER NOT NULL,
    outbox_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unknown')),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    resends INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, outbox_id)
) WITHOUT ROWID;

-- How it ended, from acceptance to the last status. A message stands in `due` or here, never in both.
CREATE TABLE delivery (
    office_id INTEGER NOT NULL,
    outbox_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'accepted', 'sent', 'delivered', 'read', 'failed', 'merged', 'expired'
    )),
    attempts INTEGER NOT NULL,
    changed_at INTEGER,
    merged_into INTEGER,
    message_key BLOB,
    error_code INTEGER,
    is_billed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, outbox_id)
) WITHOUT ROWID;

-- SQLite's planner, without statistics, would rather read an office's whole line: statements name this index.
CREATE INDEX due_person ON due (office_id, person_id, outbox_id);

CREATE TABLE application (
    office_id INTEGER NOT NULL,
    number_key BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    stage TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, number_key)
) WITHOUT ROWID;

-- Which office has a number, for the whole nation; keyed by the number alone, in no transaction with office tables.
CREATE TABLE application_place (
    number_key BLOB NOT NULL,
    office_id INTEGER NOT NULL,
    PRIMARY KEY (number_key)
) WITHOUT ROWID;

CREATE TABLE import_run (
    office_id INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    report TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    rows_new INTEGER NOT NULL,
    rows_moved INTEGER NOT NULL,
    rows_unchanged INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    PRIMARY KEY (office_id, import_id)
) WITHOUT ROWID;

CREATE TABLE slip_code (
    office_id INTEGER NOT NULL,
    code_key BLOB NOT NULL,
    number_content BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    used_by INTEGER,
    PRIMARY KEY (office_id, code_key)
) WITHOUT ROWID;

CREATE TABLE binding (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    number_key BLOB NOT NULL,
    bound_at INTEGER NOT NULL,
    number_content BLOB NOT NULL,
    PRIMARY KEY (office_id, person_id, number_key)
) WITHOUT ROWID;

CREATE TABLE guess (
    office_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject_key BLOB NOT NULL,
    day INTEGER NOT NULL,
    detail_key BLOB NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (office_id, kind, subject_key, day, detail_key)
) WITHOUT ROWID;

CREATE TABLE office_counter (
    office_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (office_id, name)
) WITHOUT ROWID;

CREATE TABLE office_case (
    office_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    rating INTEGER,
    opened_at INTEGER NOT NULL,
    due_on TEXT,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, case_id),
    UNIQUE (office_id, number)
);

CREATE INDEX office_case_person ON office_case (office_id, person_id, case_id);

CREATE TABLE audit (
    office_id INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (office_id, audit_id)
) WITHOUT ROWID;

CREATE TABLE delivered_count (
    office_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    month TEXT NOT NULL,
    category TEXT NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (office_id, number, month, category)
) WITHOUT ROWID;

CREATE TABLE kept_webhook (
    office_id INTEGER NOT NULL,
    kept_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, kept_id)
);
