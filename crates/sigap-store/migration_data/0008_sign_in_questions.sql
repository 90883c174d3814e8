-- A question on the way to a sign-in at each of two offices, under the same token.

INSERT INTO sign_in_question (office_id, token_key, question_id, until_at, content)
VALUES
    (1, '\x000000000000000000000000000000a0', 90, 1790000000009000, '\x010000000000ff00a002'),
    (2, '\x000000000000000000000000000000a0', 91, 1790000000009001, '\x010000000000ff00bef1');
