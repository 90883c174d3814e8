-- Cases that are worked on: one with an officer who talks with the person, and one that ended, with their stories.

INSERT INTO office_case (
    office_id, case_id, number, kind, person_id, rating, opened_at, due_on, content, line, end_on, owed_at, state, staff_id,
    heard_at, answered_at, closed_at, satisfaction, escalated_at, is_closed, is_talk, version
)
VALUES
    (1, 900, 'S-2611-0900', 'officer', 101, NULL, 1790000000000900, '2026-12-07', '\x010000006500ff00a0',
        '100000000000001', NULL, 1790000000009000, 'taken', 7, 1790000000000900, NULL, NULL, NULL, NULL, 0, 1, 3),
    (2, 900, 'B-2611-0900', 'complaint', 101, NULL, 1790000000000900, '2026-12-03', '\x010000006500ff00a0',
        '100000000000002', '2026-12-18', 9223372036854775807, 'closed', 7, NULL, 1790000000001000, 1790000000002000, 4,
        1790000000001500, 1, 0, 5);

INSERT INTO case_event (office_id, event_id, case_id, person_id, at, kind, staff_id, outbox_id, content)
VALUES
    (1, 901, 900, 101, 1790000000000901, 'taken', 7, NULL, '\x010000006500ff00a1'),
    (1, 902, 900, 101, 1790000000000902, 'heard', NULL, NULL, '\x010000006500ff00a2'),
    (2, 903, 900, 101, 1790000000001000, 'answered', 7, 12, '\x010000006500ff00a3');
