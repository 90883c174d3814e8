-- Cases are worked on: who has one, what is owed until when, what was said. The words are sealed under the person's key.

ALTER TABLE office_case ADD COLUMN line TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE office_case ADD COLUMN end_on TEXT COLLATE "C";
-- The greatest value when nothing is owed: it sorts last.
ALTER TABLE office_case ADD COLUMN owed_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE office_case ADD COLUMN state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'taken', 'closed')) DEFAULT 'open';
ALTER TABLE office_case ADD COLUMN staff_id BIGINT;
ALTER TABLE office_case ADD COLUMN heard_at BIGINT;
ALTER TABLE office_case ADD COLUMN answered_at BIGINT;
ALTER TABLE office_case ADD COLUMN closed_at BIGINT;
ALTER TABLE office_case ADD COLUMN satisfaction BIGINT;
ALTER TABLE office_case ADD COLUMN escalated_at BIGINT;
ALTER TABLE office_case ADD COLUMN is_closed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE office_case ADD COLUMN is_talk BIGINT NOT NULL DEFAULT 0;
ALTER TABLE office_case ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- What came before this was worked on waits since it came.
UPDATE office_case SET heard_at = opened_at;

CREATE INDEX office_case_owed ON office_case (office_id, is_closed, owed_at, case_id);
CREATE INDEX office_case_end ON office_case (office_id, is_closed, closed_at, case_id);
-- Asked with every message that comes in.
CREATE INDEX office_case_talk ON office_case (office_id, person_id, is_talk, case_id);
-- A server without statistics would look a number up by any index that begins with the office.
CREATE INDEX office_case_number ON office_case (office_id, number, case_id);

CREATE TABLE case_event (
    office_id BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    staff_id BIGINT,
    outbox_id BIGINT,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, event_id)
);

CREATE INDEX case_event_case ON case_event (office_id, case_id, event_id);
