-- Person keys, wrapped under the office key. A file of its own: erasing a row here erases the person everywhere else.
CREATE TABLE person_key (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (office_id, person_id)
) WITHOUT ROWID;
