-- Templates, decisions and counts of two offices, and a notice that waits for the morning at each.

INSERT INTO notice_template (office_id, account, name, language, revision, facts)
VALUES
    (1, '100000000000000', 'notice_ready', 'id', 1, '{"state":"approved","category":"UTILITY"}'),
    (2, '100000000000000', 'notice_ready', 'id', 3, '{"state":"rejected","reason":"INCORRECT_CATEGORY"}');

INSERT INTO notice_plan (office_id, revision, plan)
VALUES
    (1, 1, '{"budget_rupiah":500000}'),
    (2, 4, '{}');

INSERT INTO notice_count (office_id, month, notice, outcome, notices)
VALUES
    (1, '2026-11', 'ready', 'paid', 12),
    (2, '2026-11', 'ready', 'no_template', 1);

INSERT INTO held_notice (office_id, due_at, held_id, person_id, content)
VALUES
    (1, 1790000000000900, 900, 101, '\x010000006900ff00f00f'),
    (2, 1790000000000901, 901, 101, '\x010000006a00ff00f10f');
