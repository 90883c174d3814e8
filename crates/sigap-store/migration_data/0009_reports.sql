-- A report that waits and one that was applied, people who want to hear of applications, and a key that was taken back.

INSERT INTO upload (office_id, upload_id, staff_id, state, made_at, ends_at, parts, done, content)
VALUES
    (1, 700, 70, 'waiting', 1790000000000900, 1790086400000900, 1, 0, '\x010000006400ff00a00a'),
    (2, 700, 71, 'applied', 1790000000000901, 1790086400000901, 3, 3, '\x010000006500ff00b00b');

INSERT INTO upload_part (office_id, upload_id, place, content)
VALUES
    (1, 700, 0, '\x010000006600ff00c00c'),
    (2, 700, 0, '\x010000006600ff00c00d');

UPDATE import_run SET actor = 'command', newest_on = '2026-11-20', file_key = '\x00000000000000000000000000000071' WHERE office_id = 1;

INSERT INTO follow (office_id, person_id, number_key, line, told, moved_at, number_content)
VALUES
    (1, 101, '\x00000000000000000000000000000041', '100000000000001', 'printing', NULL, '\x010000006700ff00d00d'),
    (2, 101, '\x00000000000000000000000000000043', '100000000000001', 'submitted', 1790000000000903,
        '\x010000006800ff00e00e');

INSERT INTO api_key (office_id, api_key_id, key_hash, label, made_at, revoked_at)
VALUES
    (1, 800, '\x00000000000000000000000000000081', 'komputer laporan', 1790000000000904, NULL),
    (1, 801, '\x00000000000000000000000000000082', 'lama', 1790000000000905, 1790000000000906),
    (2, 800, '\x00000000000000000000000000000081', 'komputer laporan', 1790000000000907, NULL);
