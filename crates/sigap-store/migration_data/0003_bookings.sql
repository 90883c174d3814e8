-- Bookings of two offices: one booked, one that waits, one entered; what was given back, drawn, sent and seen.

INSERT INTO quota (office_id, quota, cap, taken, stopped)
VALUES
    (1, 'simpatik 2026-12-05T08:00', 20, 5, NULL),
    (1, 'simpatik 2026-12-05T09:00', 20, 20, 'loket sakit'),
    (2, 'simpatik 2026-12-05T08:00', 10, 0, NULL);

INSERT INTO booking (
    office_id, booking_id, code, person_id, service, day, starts_at, places, state, moves, until_at, created_at, content
)
VALUES
    (1, 30, '23456789', 101, 'simpatik', '2026-12-05', 1790000000000800, 2, 'booked', 1, NULL, 1790000000000130,
        '\x010000001e00ff00a002'),
    (1, 31, '2345678A', 102, 'simpatik', '2026-12-05', NULL, 1, 'waiting', 0, NULL, 1790000000000131,
        '\x010000001f00ff00bef1'),
    (1, 32, '2345678B', 102, 'simpatik', '2026-12-05', 1790000000000800, 3, 'offered', 0, 1790000000000900,
        1790000000000132, '\x010000002000ff00dde0'),
    (2, 30, '23456789', 101, 'pickup', '2026-12-07', NULL, 1, 'entered', 0, NULL, 1790000000000133,
        '\x010000002100ff00fccf');

INSERT INTO booking_identity (office_id, booking_id, position, person_id, identity_key, alike_key, is_nik)
VALUES
    (1, 30, 0, 101, '\x00000000000000000000000000000001', '\x0000000000000000000000000000000b', 1),
    (1, 30, 1, 101, '\x00000000000000000000000000000002', '\x0000000000000000000000000000000c', 0),
    (2, 30, 0, 101, '\x00000000000000000000000000000003', '\x0000000000000000000000000000000d', 0);

INSERT INTO person_claim (identity_key, service, office_id, booking_id)
VALUES
    ('\x00000000000000000000000000000001', 'simpatik', 1, 30),
    ('\x00000000000000000000000000000003', 'pickup', 2, 30);

INSERT INTO standing (identity_key, service, lost, missed_at)
VALUES
    ('\x00000000000000000000000000000001', 'simpatik', 3, 1790000000000140),
    ('\x00000000000000000000000000000003', 'pickup', 0, NULL);

INSERT INTO returned (office_id, returned_id, service, day, starts_at, places)
VALUES
    (1, 40, 'simpatik', '2026-12-05', 1790000000000800, 1),
    (2, 40, 'pickup', '2026-12-07', 1790000000000800, 2);

INSERT INTO opening (office_id, service, day, phase, secret, published, room_before, room_after, room_serving)
VALUES
    (1, 'simpatik', '2026-12-05', 'closed', '\x010000002900ff00f447', '{}', 2, 1, 20),
    (2, 'simpatik', '2026-12-05', 'committed', '\x010000002a00ff001336', '', 0, 0, 0);

INSERT INTO guest (office_id, service, day, is_before, ticket, person_id, number)
VALUES
    (1, 'simpatik', '2026-12-05', 1, 0, 101, '100000000000001'),
    (2, 'simpatik', '2026-12-05', 0, 0, 101, '100000000000002');

INSERT INTO job (office_id, due_at, kind, subject)
VALUES
    (1, 1790000000000900, 'lapse', '32'),
    (2, 1790000000000150, 'open', 'simpatik 2026-12-05');

INSERT INTO link (office_id, token_key, person_id, booking_id, kind, expires_at, used_at)
VALUES
    (1, '\x00000000000000000000000000000033', 101, 30, 'identity', 1790000000000900, 1790000000000160),
    (2, '\x00000000000000000000000000000033', 101, 30, 'ticket', 1790000000000900, NULL);

INSERT INTO signal (office_id, kind, person_id, day, signal_id, at, count)
VALUES
    (1, 'many_people', 101, 20782, 60, 1790000000000170, 12),
    (2, 'machine_timing', 101, 20782, 60, 1790000000000171, 1);
