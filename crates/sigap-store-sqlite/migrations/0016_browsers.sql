-- Citizens' browsers at an office, what was begun in them, and what was said in the chat on a page. A browser is a person of its own, under
-- whose key its rows are sealed; `proven_id` is the contact that showed by a message that the browser is theirs.

CREATE TABLE browser (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    code_key BLOB,
    proven_id INTEGER,
    proven_at INTEGER,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, person_id),
    UNIQUE (office_id, token_key),
    UNIQUE (office_id, code_key)
) WITHOUT ROWID;

CREATE INDEX browser_proven ON browser (office_id, proven_id, person_id);

CREATE TABLE browser_line (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    line_id INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    is_ours INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, person_id, line_id)
) WITHOUT ROWID;
