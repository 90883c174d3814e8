-- Answers of two offices: one with everything, one with little.

INSERT INTO survey_answer (office_id, token_key, answer_id, month, line, has_comment, u1, u2, u3, u4, u5, u6, u7, u8, u9, content)
VALUES
    (1, '\x00000000000000000000000000000071', 1001, '2026-11', 'passport', 1, 4, 3, 4, 4, 3, 4, 4, 2, 3,
        '\x010000000000ff00a0'),
    (2, '\x00000000000000000000000000000071', 1002, '2026-11', 'pickup', 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
