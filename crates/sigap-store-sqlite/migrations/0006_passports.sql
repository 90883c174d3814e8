-- Finished passports: on the shelf, handed over, or cancelled because nobody came. `content` is sealed under a key of the row's own.

CREATE TABLE passport (
    office_id INTEGER NOT NULL,
    number_key BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'collected', 'cancelled')),
    ready_on TEXT NOT NULL,
    shelf TEXT NOT NULL,
    collected_by TEXT,
    changed_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, number_key)
) WITHOUT ROWID;

CREATE INDEX passport_state ON passport (office_id, state, ready_on, number_key);

-- Under which of our numbers a phone was bound: reminders go out from there. Unknown for what was bound before.
ALTER TABLE binding ADD COLUMN line TEXT;

CREATE INDEX binding_number ON binding (office_id, number_key, person_id);
