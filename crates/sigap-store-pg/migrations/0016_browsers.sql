-- Citizens' browsers at an office, what was begun in them, and what was said in the chat on a page. A browser is a person of its own, under
-- whose key its rows are sealed; `proven_id` is the contact that showed by a message that the browser is theirs.

CREATE TABLE browser (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    code_key BYTEA,
    proven_id BIGINT,
    proven_at BIGINT,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, person_id),
    UNIQUE (office_id, token_key),
    UNIQUE (office_id, code_key)
);

CREATE INDEX browser_proven ON browser (office_id, proven_id, person_id);

CREATE TABLE browser_line (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    line_id BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    is_ours BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, person_id, line_id)
);
