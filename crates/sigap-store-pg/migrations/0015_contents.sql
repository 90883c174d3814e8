-- What an office changes of its content, whole in each version, and the conversations it tries them with. All of it is meant for citizens:
-- nothing is sealed. The highest edition is what they read.

CREATE TABLE content_version (
    office_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'submitted', 'published', 'withdrawn')),
    edition BIGINT,
    revision BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    approver_id BIGINT,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    published_at BIGINT,
    base TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, version_id),
    UNIQUE (office_id, edition)
);

CREATE INDEX content_version_state ON content_version (office_id, state, version_id);

CREATE TABLE content_script (
    office_id BIGINT NOT NULL,
    script_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, script_id)
);
