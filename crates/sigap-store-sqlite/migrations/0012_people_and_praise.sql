-- Cases with tags, persons who are one and the same, praise that was passed on.

-- Words with a comma between.
ALTER TABLE office_case ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- Each pair stands twice, so that it is found from either side.
CREATE TABLE same_person (
    office_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    PRIMARY KEY (office_id, person_id, other_id)
);

CREATE TABLE praise (
    office_id INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    passed_at INTEGER NOT NULL,
    PRIMARY KEY (office_id, staff_id, case_id)
);
