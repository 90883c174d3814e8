-- Files that people send, in sealed parts, and what people of a booking give ahead of their visit. `about_id` is the case or the intake to
-- which a file belongs, 0 for none.

CREATE TABLE file (
    office_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    about_id BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'kept', 'refused')),
    came_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, file_id)
);

CREATE INDEX file_about ON file (office_id, about_id, file_id);
CREATE INDEX file_due ON file (office_id, state, due_at, file_id);
CREATE INDEX file_person ON file (office_id, person_id, file_id);

CREATE TABLE file_part (
    office_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, file_id, place)
);

CREATE TABLE intake (
    office_id BIGINT NOT NULL,
    intake_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    booking_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'given', 'accepted')),
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, intake_id),
    UNIQUE (office_id, booking_id, place)
);

CREATE INDEX intake_day ON intake (office_id, day, intake_id);
CREATE INDEX intake_person ON intake (office_id, person_id, intake_id);
