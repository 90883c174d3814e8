-- Staff of two offices: one who works, one who left; a link, a session each, and a trail whose hashes are made up.

INSERT INTO staff (office_id, staff_id, email_key, roles, is_active, failed, locked_until, created_at, content)
VALUES
    (1, 70, '\x00000000000000000000000000000070', 'counter head', 1, 5, 1790000000003000, 1790000000000000,
        '\x010000004600ff00a002'),
    (1, 71, '\x00000000000000000000000000000071', 'auditor', 0, 0, NULL, 1790000000000001, '\x010000004700ff00bef1'),
    (2, 70, '\x00000000000000000000000000000070', 'it', 1, 0, NULL, 1790000000000002, '\x010000004800ff00dde0');

INSERT INTO enrolment (office_id, token_key, staff_id, expires_at, used_at)
VALUES
    (1, '\x00000000000000000000000000000080', 70, 1790000000009000, 1790000000000010),
    (2, '\x00000000000000000000000000000080', 70, 1790000000009000, NULL);

INSERT INTO session (
    office_id, token_key, session_id, staff_id, scope, counter, created_at, seen_at, ends_at, content
)
VALUES
    (1, '\x00000000000000000000000000000090', 80, 70, 'person', 1, 1790000000000100, 1790000000000200, 1790000000009000,
        '\x010000005000ff00a002'),
    (2, '\x00000000000000000000000000000090', 80, 70, 'kiosk', NULL, 1790000000000100, 1790000000000200, 1790000000009000,
        '\x010000005100ff00bef1');

INSERT INTO act (office_id, place, at, staff_id, act, subject, hash)
VALUES
    (1, 1, 1790000000000100, 70, 'signed_in', '',
        '\x0000000000000000000000000000000000000000000000000000000000000001'),
    (2, 1, 1790000000000100, 70, 'signed_in', '',
        '\x0000000000000000000000000000000000000000000000000000000000000002');

INSERT INTO office_counter (office_id, name, value)
VALUES
    (1, 'acts', 1),
    (2, 'acts', 1);
