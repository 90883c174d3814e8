-- The line: what came in, what is owed, who it is with. Times are microseconds since 1970 UTC; `*_key` columns are
-- 16-byte blind indexes; `content`, `contact` and `state` of conversations are sealed under the person's key.

CREATE TABLE person (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    contact BYTEA NOT NULL,
    is_opted_out BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (office_id, person_id)
);

CREATE TABLE identity (
    office_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('bsuid', 'parent', 'phone')),
    value_key BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    PRIMARY KEY (office_id, kind, value_key)
);

CREATE TABLE inbox (
    office_id BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    message_key BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('answered', 'owed', 'silent', 'handed_over')),
    attempts BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    content BYTEA,
    PRIMARY KEY (office_id, sent_at, message_key)
);

-- Messages whose reply is owed: a row only while it is, like `due` for the outbox.
CREATE TABLE owed (
    office_id BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    message_key BYTEA NOT NULL,
    PRIMARY KEY (office_id, sent_at, message_key)
);

CREATE TABLE conversation (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    state BYTEA NOT NULL,
    last_inbound_at BIGINT NOT NULL,
    PRIMARY KEY (office_id, person_id)
) WITH (fillfactor = 70);

-- What was said: written once, never changed. What becomes of it stands in `due` and `delivery`, in small rows.
CREATE TABLE outbox (
    office_id BIGINT NOT NULL,
    outbox_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, outbox_id)
);

-- A row only while a message waits or is under way, so that the hot part stays a few pages.
CREATE TABLE due (
    office_id BIGINT NOT NULL,
    outbox_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sending', 'unknown')),
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    resends BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, outbox_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- How it ended, from acceptance to the last status. A message stands in `due` or here, never in both.
CREATE TABLE delivery (
    office_id BIGINT NOT NULL,
    outbox_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN (
        'accepted', 'sent', 'delivered', 'read', 'failed', 'merged', 'expired'
    )),
    attempts BIGINT NOT NULL,
    changed_at BIGINT,
    merged_into BIGINT,
    message_key BYTEA,
    error_code BIGINT,
    is_billed BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, outbox_id)
);

CREATE INDEX due_person ON due (office_id, person_id, outbox_id);

CREATE TABLE application (
    office_id BIGINT NOT NULL,
    number_key BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    updated_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, number_key)
);

-- Which office has a number, for the whole nation; keyed by the number alone, in no transaction with office tables.
CREATE TABLE application_place (
    number_key BYTEA NOT NULL,
    office_id BIGINT NOT NULL,
    PRIMARY KEY (number_key)
);

CREATE TABLE import_run (
    office_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    report TEXT COLLATE "C" NOT NULL,
    imported_at BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_moved BIGINT NOT NULL,
    rows_unchanged BIGINT NOT NULL,
    rows_refused BIGINT NOT NULL,
    PRIMARY KEY (office_id, import_id)
);

CREATE TABLE slip_code (
    office_id BIGINT NOT NULL,
    code_key BYTEA NOT NULL,
    number_content BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by BIGINT,
    PRIMARY KEY (office_id, code_key)
);

CREATE TABLE binding (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    number_key BYTEA NOT NULL,
    bound_at BIGINT NOT NULL,
    number_content BYTEA NOT NULL,
    PRIMARY KEY (office_id, person_id, number_key)
);

CREATE TABLE guess (
    office_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    subject_key BYTEA NOT NULL,
    day BIGINT NOT NULL,
    detail_key BYTEA NOT NULL,
    tries BIGINT NOT NULL,
    PRIMARY KEY (office_id, kind, subject_key, day, detail_key)
);

CREATE TABLE office_counter (
    office_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (office_id, name)
);

CREATE TABLE office_case (
    office_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    person_id BIGINT NOT NULL,
    rating BIGINT,
    opened_at BIGINT NOT NULL,
    due_on TEXT COLLATE "C",
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, case_id),
    UNIQUE (office_id, number)
);

CREATE INDEX office_case_person ON office_case (office_id, person_id, case_id);

CREATE TABLE audit (
    office_id BIGINT NOT NULL,
    audit_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    act TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, audit_id)
);

CREATE TABLE delivered_count (
    office_id BIGINT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C" NOT NULL,
    messages BIGINT NOT NULL,
    PRIMARY KEY (office_id, number, month, category)
);

CREATE TABLE kept_webhook (
    office_id BIGINT NOT NULL,
    kept_id BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    kept_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, kept_id)
);
