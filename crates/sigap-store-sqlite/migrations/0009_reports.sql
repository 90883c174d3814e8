-- Reports that came over the network wait here until somebody has looked at what they would change. `content` of both is sealed under
-- the key of the office itself.

CREATE TABLE upload (
    office_id INTEGER NOT NULL,
    upload_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('arriving', 'waiting', 'applying', 'applied')),
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    done INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, upload_id)
) WITHOUT ROWID;

CREATE TABLE upload_part (
    office_id INTEGER NOT NULL,
    upload_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, upload_id, place)
);

-- Who imported, how fresh the report was, and by which file, so that no file is taken twice. Unknown for earlier ones.
ALTER TABLE import_run ADD COLUMN actor TEXT;

ALTER TABLE import_run ADD COLUMN newest_on TEXT;

ALTER TABLE import_run ADD COLUMN file_key BLOB;

CREATE INDEX import_file ON import_run (office_id, file_key);

-- Who wants to be told when an application moves on, and what they know. `number_content` is sealed under their own key.
CREATE TABLE follow (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    number_key BLOB NOT NULL,
    line TEXT NOT NULL,
    told TEXT NOT NULL,
    moved_at INTEGER,
    number_content BLOB NOT NULL,
    PRIMARY KEY (office_id, person_id, number_key)
) WITHOUT ROWID;

CREATE INDEX follow_number ON follow (office_id, number_key);

CREATE INDEX follow_moved ON follow (office_id, moved_at, person_id, number_key);

-- Keys with which programs of an office reach us, by their blind index.
CREATE TABLE api_key (
    office_id INTEGER NOT NULL,
    api_key_id INTEGER NOT NULL,
    key_hash BLOB NOT NULL,
    label TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (office_id, api_key_id),
    UNIQUE (office_id, key_hash)
);
