-- Totals of days that are over: counts by name, of the whole office. Nothing here is about one person.

CREATE TABLE day_figure (
    office_id BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (office_id, day, name)
);
