-- Answers to the satisfaction survey, one for a visit by the blind index of its ticket. `content` is an idea in words, sealed under a key of the
-- office: nothing here says whose it is.

CREATE TABLE survey_answer (
    office_id INTEGER NOT NULL,
    token_key BLOB NOT NULL,
    answer_id INTEGER NOT NULL,
    month TEXT NOT NULL,
    line TEXT NOT NULL,
    has_comment INTEGER NOT NULL,
    u1 INTEGER,
    u2 INTEGER,
    u3 INTEGER,
    u4 INTEGER,
    u5 INTEGER,
    u6 INTEGER,
    u7 INTEGER,
    u8 INTEGER,
    u9 INTEGER,
    content BLOB,
    PRIMARY KEY (office_id, token_key)
);

CREATE INDEX survey_answer_month ON survey_answer (office_id, month, has_comment, answer_id);
