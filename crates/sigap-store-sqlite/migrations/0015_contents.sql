-- What an office changes of its content, whole in each version, and the conversations it tries them with. All of it is meant for citizens:
-- nothing is sealed. The highest edition is what they read.

CREATE TABLE content_version (
    office_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'published', 'withdrawn')),
    edition INTEGER,
    revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    approver_id INTEGER,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    published_at INTEGER,
    base TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (office_id, version_id),
    UNIQUE (office_id, edition)
);

CREATE INDEX content_version_state ON content_version (office_id, state, version_id);

CREATE TABLE content_script (
    office_id INTEGER NOT NULL,
    script_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (office_id, script_id)
);
