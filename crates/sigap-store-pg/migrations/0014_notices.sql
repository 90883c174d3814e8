-- Notices of an office: the templates they need at Meta, what the office decided, how many there were, and those that wait for the morning.
-- `content` is sealed; nothing else here is about a person.

CREATE TABLE notice_template (
    office_id BIGINT NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    facts TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, account, name, language)
);

CREATE TABLE notice_plan (
    office_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    plan TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id)
);

CREATE TABLE notice_count (
    office_id BIGINT NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    notice TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    notices BIGINT NOT NULL,
    PRIMARY KEY (office_id, month, notice, outcome)
);

CREATE TABLE held_notice (
    office_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    held_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, due_at, held_id)
);
