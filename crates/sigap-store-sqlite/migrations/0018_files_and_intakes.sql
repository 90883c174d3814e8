-- Files that people send, in sealed parts, and what people of a booking give ahead of their visit. `about_id` is the case or the intake to
-- which a file belongs, 0 for none.

CREATE TABLE file (
    office_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    about_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'refused')),
    came_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, file_id)
) WITHOUT ROWID;

CREATE INDEX file_about ON file (office_id, about_id, file_id);
CREATE INDEX file_due ON file (office_id, state, due_at, file_id);
CREATE INDEX file_person ON file (office_id, person_id, file_id);

CREATE TABLE file_part (
    office_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, file_id, place)
) WITHOUT ROWID;

CREATE TABLE intake (
    office_id INTEGER NOT NULL,
    intake_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    booking_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'given', 'accepted')),
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, intake_id),
    UNIQUE (office_id, booking_id, place)
) WITHOUT ROWID;

CREATE INDEX intake_day ON intake (office_id, day, intake_id);
CREATE INDEX intake_person ON intake (office_id, person_id, intake_id);
