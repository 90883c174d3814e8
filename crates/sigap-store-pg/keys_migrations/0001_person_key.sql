-- Person keys, wrapped under the office key. A database of its own: erasing a row here erases the person everywhere else.
CREATE TABLE person_key (
    office_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (office_id, person_id)
);
