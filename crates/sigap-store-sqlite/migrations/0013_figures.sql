-- Totals of days that are over: counts by name, of the whole office. Nothing here is about one person.

CREATE TABLE day_figure (
    office_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (office_id, day, name)
) WITHOUT ROWID;
