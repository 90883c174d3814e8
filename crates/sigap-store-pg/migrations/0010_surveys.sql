-- Answers to the satisfaction survey, one for a visit by the blind index of its ticket. `content` is an idea in words, sealed under a key of the
-- office: nothing here says whose it is.

CREATE TABLE survey_answer (
    office_id BIGINT NOT NULL,
    token_key BYTEA NOT NULL,
    answer_id BIGINT NOT NULL,
    month TEXT COLLATE "C" NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    has_comment BIGINT NOT NULL,
    u1 BIGINT,
    u2 BIGINT,
    u3 BIGINT,
    u4 BIGINT,
    u5 BIGINT,
    u6 BIGINT,
    u7 BIGINT,
    u8 BIGINT,
    u9 BIGINT,
    content BYTEA,
    PRIMARY KEY (office_id, token_key)
);

CREATE INDEX survey_answer_month ON survey_answer (office_id, month, has_comment, answer_id);
