-- A partner that hears, and one that was given up; a call that waits.

UPDATE api_key SET scopes = 'bookings places', per_hour = 600 WHERE api_key_id = 801;

INSERT INTO hook (office_id, hook_id, events, made_at, heard_at, failed_at, failure, stopped_at, content)
VALUES
    (1, 810, 'booking.booked case.opened', 1790000000001100, 1790000000001101, NULL, '', NULL, '\x010000006800ff00f0'),
    (2, 810, 'number.called', 1790000000001102, NULL, 1790000000001103, '503', 1790000000001104, '\x010000006800ff00f0');

INSERT INTO hook_call (office_id, call_id, hook_id, event, made_at, due_at, attempts, body)
VALUES
    (1, 811, 810, 'case.opened', 1790000000001105, 1790000000001106, 2, '{"type":"case.opened"}'),
    (2, 812, 810, 'number.called', 1790000000001107, 1790000000001108, 0, '{"type":"number.called"}');
