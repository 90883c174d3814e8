-- Which process has a message under way, and which processes are there: what one of them leaves behind is taken over.
ALTER TABLE due ADD COLUMN process_id BIGINT;

CREATE TABLE process (
    process_id BIGINT NOT NULL,
    beats BIGINT NOT NULL,
    PRIMARY KEY (process_id)
);

-- The last transaction that a session committed in an office. When a connection breaks between COMMIT and its answer, the
-- session finds here whether it happened. SQLite needs none: its commit answers on the spot.
CREATE TABLE commit_mark (
    office_id BIGINT NOT NULL,
    session_id BIGINT NOT NULL,
    mark BIGINT NOT NULL,
    asked BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, session_id)
) WITH (fillfactor = 50);
