-- A file that waits, one that is kept in two parts, one that was refused; an intake with something missing, and one that was accepted.

INSERT INTO file (office_id, file_id, person_id, about_id, state, came_at, due_at, attempts, ends_at, parts, content)
VALUES
    (1, 1401, 101, 31, 'waiting', 1795651200000000, 1795651200000000, 0, 1798243200000000, 0, '\x01'),
    (1, 1402, 101, 1501, 'kept', 1795651200000000, 1795651200000000, 1, 1798243200000000, 2, '\x01'),
    (2, 1403, 102, 0, 'refused', 1795651200000000, 1795651200000000, 3, 1798243200000000, 0, '\x01');

INSERT INTO file_part (office_id, file_id, place, content)
VALUES
    (1, 1402, 0, '\x01'),
    (1, 1402, 1, '\x01'),
    (2, 1403, 0, '\x01');

INSERT INTO intake (office_id, intake_id, person_id, booking_id, place, day, state, changed_at, version, content)
VALUES
    (1, 1501, 101, 41, 0, '2026-12-05', 'open', 1795651200000000, 0, '\x01'),
    (2, 1502, 102, 42, 1, '2026-12-06', 'accepted', 1795651200000000, 3, '\x01');
