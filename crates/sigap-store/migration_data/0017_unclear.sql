-- A message of each of two offices.

INSERT INTO unclear_message (office_id, message_id, day, content)
VALUES
    (1, 1001, '2026-11-05', '\x010000000000ff00a0'),
    (2, 1002, '2026-11-06', '\x010000000000ff00a0');
