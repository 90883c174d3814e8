-- Notices of an office: the templates they need at Meta, what the office decided, how many there were, and those that wait for the morning.
-- `content` is sealed; nothing else here is about a person.

CREATE TABLE notice_template (
    office_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    revision INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (office_id, account, name, language)
);

CREATE TABLE notice_plan (
    office_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    plan TEXT NOT NULL,
    PRIMARY KEY (office_id)
);

CREATE TABLE notice_count (
    office_id INTEGER NOT NULL,
    month TEXT NOT NULL,
    notice TEXT NOT NULL,
    outcome TEXT NOT NULL,
    notices INTEGER NOT NULL,
    PRIMARY KEY (office_id, month, notice, outcome)
);

CREATE TABLE held_notice (
    office_id INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    held_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, due_at, held_id)
);
