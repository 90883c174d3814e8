-- Which process has a message under way, and which processes are there: what one of them leaves behind is taken over.
ALTER TABLE due ADD COLUMN process_id INTEGER;

CREATE TABLE process (
    process_id INTEGER NOT NULL,
    beats INTEGER NOT NULL,
    PRIMARY KEY (process_id)
) WITHOUT ROWID;
