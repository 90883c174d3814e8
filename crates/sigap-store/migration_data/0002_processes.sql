-- Two processes, and what each of them has under way.

INSERT INTO process (process_id, beats)
VALUES
    (1, 120),
    (2, 3);

INSERT INTO outbox (office_id, outbox_id, person_id, number, created_at, expires_at, content)
VALUES
    (1, 20, 101, '100000000000001', 1790000000000120, 1790086400000120, '\x010000007800ff004a2a010af8'),
    (1, 21, 102, '100000000000001', 1790000000000121, 1790086400000121, '\x010000007900ff004ac83884a9'),
    (2, 20, 101, '100000000000002', 1790000000000122, 1790086400000122, '\x010000007a00ff004b666ffe5a');

-- Under way by one process, waiting, and under way by another.
INSERT INTO due (office_id, outbox_id, person_id, state, due_at, attempts, resends, process_id)
VALUES
    (1, 20, 101, 'sending', 1790000000000120, 1, 0, 1),
    (1, 21, 102, 'queued', 1790000000000121, 0, 0, NULL),
    (2, 20, 101, 'sending', 1790000000000122, 1, 1, 2);
