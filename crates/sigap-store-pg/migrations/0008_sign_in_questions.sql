-- What browsers were asked on the way to a sign-in, by the blind index of a token: whichever process the answer comes to finds it, and
-- takes it away. `content` is sealed under a key of the office itself.

CREATE TABLE sign_in_question (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    question_id BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, token_key)
);

CREATE INDEX sign_in_question_age ON sign_in_question (office_id, question_id);
