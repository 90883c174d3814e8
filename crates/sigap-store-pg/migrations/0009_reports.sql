-- Reports that came over the network wait here until somebody has looked at what they would change. `content` of both is sealed under
-- the key of the office itself.

CREATE TABLE upload (
    office_id BIGINT NOT NULL,
    upload_id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('arriving', 'waiting', 'applying', 'applied')),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    done BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, upload_id)
);

CREATE TABLE upload_part (
    office_id BIGINT NOT NULL,
    upload_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, upload_id, place)
);

-- Who imported, how fresh the report was, and by which file, so that no file is taken twice. Unknown for earlier ones.
ALTER TABLE import_run ADD COLUMN actor TEXT COLLATE "C";

ALTER TABLE import_run ADD COLUMN newest_on TEXT COLLATE "C";

ALTER TABLE import_run ADD COLUMN file_key BYTEA;

CREATE INDEX import_file ON import_run (office_id, file_key);

-- Who wants to be told when an application moves on, and what they know. `number_content` is sealed under their own key.
CREATE TABLE follow (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    number_key BYTEA NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    told TEXT COLLATE "C" NOT NULL,
    moved_at BIGINT,
    number_content BYTEA NOT NULL,
    PRIMARY KEY (office_id, person_id, number_key)
);

CREATE INDEX follow_number ON follow (office_id, number_key);

CREATE INDEX follow_moved ON follow (office_id, moved_at, person_id, number_key);

-- Keys with which programs of an office reach us, by their blind index.
CREATE TABLE api_key (
    office_id BIGINT NOT NULL,
    api_key_id BIGINT NOT NULL,
    key_hash BYTEA NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (office_id, api_key_id),
    UNIQUE (office_id, key_hash)
);
