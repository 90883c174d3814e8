-- Finished passports: on the shelf, handed over, or cancelled because nobody came. `content` is sealed under a key of the row's own.

CREATE TABLE passport (
    office_id BIGINT NOT NULL,
    number_key BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('ready', 'collected', 'cancelled')),
    ready_on TEXT COLLATE "C" NOT NULL,
    shelf TEXT COLLATE "C" NOT NULL,
    collected_by TEXT COLLATE "C",
    changed_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, number_key)
);

CREATE INDEX passport_state ON passport (office_id, state, ready_on, number_key);

-- Under which of our numbers a phone was bound: reminders go out from there. Unknown for what was bound before.
ALTER TABLE binding ADD COLUMN line TEXT COLLATE "C";

CREATE INDEX binding_number ON binding (office_id, number_key, person_id);
