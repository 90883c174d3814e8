-- Finished passports of two offices: one on the shelf, one handed over.

INSERT INTO passport (office_id, number_key, person_id, state, ready_on, shelf, collected_by, changed_at, content)
VALUES
    (1, '\x00000000000000000000000000000061', 90, 'ready', '2026-12-01', 'B-12', NULL, 1790000000000800,
        '\x010000005a00ff00a002'),
    (1, '\x00000000000000000000000000000062', 91, 'collected', '2026-11-20', '', 'pemohon', 1790000000000801,
        '\x010000005b00ff00bef1'),
    (2, '\x00000000000000000000000000000061', 90, 'cancelled', '2026-10-01', '', NULL, 1790000000000802,
        '\x010000005c00ff00dde0');

UPDATE binding SET line = '100000000000001' WHERE office_id = 1;
