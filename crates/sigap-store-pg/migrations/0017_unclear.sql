-- Messages that were not understood, by the day and without their writer. `content` holds the words without numbers and names, sealed under a
-- key of the office.

CREATE TABLE unclear_message (
    office_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, message_id)
);

CREATE INDEX unclear_message_day ON unclear_message (office_id, day);
