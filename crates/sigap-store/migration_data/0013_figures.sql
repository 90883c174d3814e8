-- A day of two offices.

INSERT INTO day_figure (office_id, day, name, count)
VALUES
    (1, '2026-11-24', 'kept/day', 1),
    (1, '2026-11-24', 'visit/passport/booked/served', 42),
    (2, '2026-11-24', 'kept/day', 1);
