-- Halls of two offices: one who waits, one who is held, one who was served; what happened to them.

INSERT INTO visit (
    office_id, visit_id, day, letter, number, line, state, since_at, free_at, percent, priority_group, counter, calls,
    called_at, person_id, booking_id, is_near_told, told_ahead, content
)
VALUES
    (1, 50, '2026-12-05', 'A', 1, 'passport', 'done', 1790000000000800, NULL, 100, NULL, 1, 1, 1790000000000900, 101, 30,
        1, 0, '\x010000003200ff00a002'),
    (1, 51, '2026-12-05', 'A', 2, 'passport', 'waiting', 1790000000000801, NULL, 200, 'lansia', NULL, 0, NULL, 0, NULL,
        0, NULL, '\x010000003300ff00bef1'),
    (1, 52, '2026-12-05', 'B', 1, 'bap', 'held', 1790000000000802, 1790000000002000, 100, NULL, 2, 1, 1790000000001000, 0,
        NULL, 0, 4, '\x010000003400ff00dde0'),
    (2, 50, '2026-12-05', 'A', 1, 'passport', 'left', 1790000000000803, NULL, 100, NULL, NULL, 0, NULL, 0, NULL, 0, NULL,
        '\x010000003500ff00fccf');

INSERT INTO visit_event (office_id, event_id, visit_id, letter, number, at, kind, line, counter, staff_id)
VALUES
    (1, 60, 50, 'A', 1, 1790000000000800, 'arrived', 'passport', NULL, NULL),
    (1, 61, 50, 'A', 1, 1790000000000900, 'call', 'passport', 1, 70),
    (2, 60, 50, 'A', 1, 1790000000000803, 'arrived', 'passport', NULL, NULL);

INSERT INTO service_time (office_id, line, hour, event_id, seconds)
VALUES
    (1, 'passport', 9, 62, 540),
    (2, 'passport', 9, 62, 300);

INSERT INTO desk (office_id, counter, day, staff_id, is_open, since_at)
VALUES
    (1, 1, '2026-12-05', 70, 1, 1790000000000700),
    (2, 1, '2026-12-05', 70, 0, 1790000000000700);

INSERT INTO tap (office_id, day, tap)
VALUES
    (1, '2026-12-05', 'tap-1'),
    (2, '2026-12-05', 'tap-1');

INSERT INTO visit_token (office_id, token_key, visit_id)
VALUES
    (1, '\x00000000000000000000000000000051', 50),
    (2, '\x00000000000000000000000000000051', 50);
