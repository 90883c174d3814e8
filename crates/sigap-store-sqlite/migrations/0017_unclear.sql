-- Messages that were not understood, by the day and without their writer. `content` holds the words without numbers and names, sealed under a
-- key of the office.

CREATE TABLE unclear_message (
    office_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, message_id)
) WITHOUT ROWID;

CREATE INDEX unclear_message_day ON unclear_message (office_id, day);
