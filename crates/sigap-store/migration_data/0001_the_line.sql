-- Rows as a database may hold them after this migration, on every engine: no later migration may lose or change one.
-- Two offices, made-up persons. Bytes are written as PostgreSQL reads them; nothing here is sealed with any key.

-- The same number at two offices is two persons.
INSERT INTO person (office_id, person_id, contact, is_opted_out, created_at)
VALUES
    (1, 101, '\x010000000b00ff0006cc623a9b', 0, 1790000000000000),
    (1, 102, '\x010000000c00ff00076a99b44c', 1, 1790000000000001),
    (2, 101, '\x010000000d00ff000808d12dfd', 0, 1790000000000002);

INSERT INTO identity (office_id, kind, value_key, person_id, since_at)
VALUES
    (1, 'bsuid', '\x00000000000000000000000000000001', 101, 1790000000000000),
    (1, 'phone', '\x00000000000000000000000000000001', 101, 1790000000000000),
    (1, 'parent', '\x00000000000000000000000000000002', 102, 1790000000000001),
    (2, 'bsuid', '\x00000000000000000000000000000001', 101, 1790000000000002);

-- Two messages of one instant; one without its content.
INSERT INTO inbox (office_id, sent_at, message_key, person_id, number, state, attempts, received_at, content)
VALUES
    (1, 1790000000000010, '\x00000000000000000000000000000021', 101, '100000000000001', 'answered', 0,
        1790000000000011, '\x010000001500ff000cfa8cfb85'),
    (1, 1790000000000020, '\x00000000000000000000000000000022', 101, '100000000000001', 'owed', 2,
        1790000000000021, '\x010000001600ff000d98c47536'),
    (1, 1790000000000020, '\x00000000000000000000000000000023', 102, '100000000000001', 'silent', 0,
        1790000000000022, NULL),
    (2, 1790000000000010, '\x00000000000000000000000000000021', 101, '100000000000002', 'handed_over', 9,
        1790000000000012, '\x010000001800ff000ed5336898'),
    (2, 1790000000000030, '\x00000000000000000000000000000025', 101, '100000000000002', 'owed', 0,
        1790000000000031, '\x010000001900ff000f736ae249');

INSERT INTO owed (office_id, sent_at, message_key)
VALUES
    (1, 1790000000000020, '\x00000000000000000000000000000022'),
    (2, 1790000000000030, '\x00000000000000000000000000000025');

INSERT INTO conversation (office_id, person_id, state, last_inbound_at)
VALUES
    (1, 101, '\x010000001f00ff001328b7bc6f', 1790000000000020),
    (1, 102, '\x010000002000ff0013c6ef3620', 1790000000000020),
    (2, 101, '\x010000002100ff00146526afd1', 1790000000000030);

INSERT INTO outbox (office_id, outbox_id, person_id, number, created_at, expires_at, content)
VALUES
    (1, 1, 101, '100000000000001', 1790000000000001, 1790086400000001, '\x010000002900ff001956e27d59'),
    (1, 2, 101, '100000000000001', 1790000000000002, 1790086400000002, '\x010000002a00ff0019f519f70a'),
    (1, 3, 101, '100000000000001', 1790000000000003, 1790086400000003, '\x010000002b00ff001a935170bb'),
    (1, 4, 101, '100000000000001', 1790000000000004, 1790086400000004, '\x010000002c00ff001b3188ea6c'),
    (1, 5, 101, '100000000000001', 1790000000000005, 1790086400000005, '\x010000002d00ff001bcfc0641d'),
    (1, 6, 101, '100000000000001', 1790000000000006, 1790086400000006, '\x010000002e00ff001c6df7ddce'),
    (1, 7, 102, '100000000000001', 1790000000000007, 1790086400000007, '\x010000002f00ff001d0c2f577f'),
    (1, 8, 102, '100000000000001', 1790000000000008, 1790086400000008, '\x010000003000ff001daa66d130'),
    (1, 9, 102, '100000000000001', 1790000000000009, 1790086400000009, '\x010000003100ff001e489e4ae1'),
    (2, 1, 101, '100000000000002', 1790000000000001, 1790086400000001, '\x010000003300ff001f850d3e43'),
    (2, 2, 101, '100000000000002', 1790000000000002, 1790086400000002, '\x010000003400ff00202344b7f4');

INSERT INTO due (office_id, outbox_id, person_id, state, due_at, attempts, resends)
VALUES
    (1, 1, 101, 'queued', 1790000000000001, 0, 0),
    (1, 2, 101, 'unknown', 1790000000000002, 2, 1),
    (2, 1, 101, 'sending', 1790000000000003, 1, 0);

-- Every end a message can have.
INSERT INTO delivery (
    office_id, outbox_id, state, attempts, changed_at, merged_into, message_key, error_code, is_billed
)
VALUES
    (1, 3, 'accepted', 1, NULL, NULL, '\x00000000000000000000000000000031', NULL, 0),
    (1, 4, 'sent', 1, 1790000000000050, NULL, '\x00000000000000000000000000000032', NULL, 0),
    (1, 5, 'delivered', 1, 1790000000000051, NULL, '\x00000000000000000000000000000033', NULL, 1),
    (1, 6, 'read', 2, 1790000000000052, NULL, '\x00000000000000000000000000000034', NULL, 1),
    (1, 7, 'failed', 3, 1790000000000053, NULL, NULL, 131026, 0),
    (1, 8, 'merged', 0, 1790000000000054, 9, NULL, NULL, 0),
    (1, 9, 'expired', 0, 1790000000000055, NULL, NULL, NULL, 0),
    (2, 2, 'delivered', 1, 1790000000000056, NULL, '\x00000000000000000000000000000031', NULL, 1);

INSERT INTO application (office_id, number_key, person_id, stage, updated_at, content)
VALUES
    (1, '\x00000000000000000000000000000041', 201, 'submitted', 1790000000000000, '\x010000003d00ff0025b337ff2d'),
    (1, '\x00000000000000000000000000000042', 202, 'collected', 1790000000000001, '\x010000003e00ff0026516f78de'),
    (2, '\x00000000000000000000000000000043', 201, 'submitted', 1790000000000002, '\x010000003f00ff0026efa6f28f');

INSERT INTO application_place (number_key, office_id)
VALUES
    ('\x00000000000000000000000000000041', 1),
    ('\x00000000000000000000000000000042', 1),
    ('\x00000000000000000000000000000043', 2);

INSERT INTO import_run (office_id, import_id, report, imported_at, rows_new, rows_moved, rows_unchanged, rows_refused)
VALUES
    (1, 1, 'applications', 1790000000000000, 2, 0, 0, 1),
    (1, 2, 'applications', 1790000000000001, 0, 1, 1, 0),
    (2, 1, 'applications', 1790000000000002, 1, 0, 0, 0);

INSERT INTO slip_code (office_id, code_key, number_content, person_id, expires_at, used_at, used_by)
VALUES
    (1, '\x00000000000000000000000000000051', '\x010000004700ff002be162c017', 201, 1790003600000000, NULL, NULL),
    (2, '\x00000000000000000000000000000052', '\x010000004800ff002c7f9a39c8', 201, 1790003600000000,
        1790000000000060, 101);

INSERT INTO binding (office_id, person_id, number_key, bound_at, number_content)
VALUES
    (1, 101, '\x00000000000000000000000000000041', 1790000000000040, '\x010000005100ff00320f8d8101'),
    (1, 101, '\x00000000000000000000000000000042', 1790000000000041, '\x010000005200ff0032adc4fab2'),
    (2, 101, '\x00000000000000000000000000000043', 1790000000000060, '\x010000005300ff00334bfc7463');

-- The detail may be empty bytes.
INSERT INTO guess (office_id, kind, subject_key, day, detail_key, tries)
VALUES
    (1, 'look_up', '\x00000000000000000000000000000061', 20717, '\x', 3),
    (1, 'birth_date', '\x00000000000000000000000000000061', 20717, '\x00000000000000000000000000000062', 1),
    (2, 'slip_code', '\x00000000000000000000000000000063', 20718, '\x', 5);

INSERT INTO office_counter (office_id, name, value)
VALUES
    (1, 'turns', 41),
    (1, 'case 2611', 2),
    (2, 'turns', 7);

-- One number at two offices is two cases.
INSERT INTO office_case (office_id, case_id, number, kind, person_id, rating, opened_at, due_on, content)
VALUES
    (1, 1, 'JP-2611-0001', 'complaint', 101, NULL, 1790000000000070, '2026-11-28', '\x010000005b00ff00383db841eb'),
    (1, 2, 'JP-2611-0002', 'appreciation', 102, 5, 1790000000000071, NULL, '\x010000005c00ff0038dbefbb9c'),
    (2, 1, 'JP-2611-0001', 'comment', 101, NULL, 1790000000000072, NULL, '\x010000005d00ff00397a27354d');

INSERT INTO audit (office_id, audit_id, at, actor, act, subject)
VALUES
    (1, 1, 1790000000000040, 'citizen', 'phone_bound', '101'),
    (1, 2, 1790000000000070, 'citizen', 'case_opened', '1'),
    (2, 1, 1790000000000080, 'command', 'import_finished', '1');

INSERT INTO delivered_count (office_id, number, month, category, messages)
VALUES
    (1, '100000000000001', '2026-09', 'service', 2),
    (1, '100000000000001', '2026-10', 'service', 1),
    (2, '100000000000002', '2026-09', 'utility', 1);

INSERT INTO kept_webhook (office_id, kept_id, reason, kept_at, content)
VALUES
    (1, 1, 'unknown_field', 1790000000000090, '\x010000006500ff003e6be302d5'),
    (2, 1, 'unreadable', 1790000000000091, '\x010000006600ff003f0a1a7c86');
