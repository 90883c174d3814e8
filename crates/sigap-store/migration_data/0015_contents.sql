-- Content of two offices: one published, with another that waits, and one withdrawn.

INSERT INTO content_version (office_id, version_id, state, edition, revision, author_id, approver_id, made_at, changed_at, published_at, base, content)
VALUES
    (1, 1101, 'published', 1, 3, 70, 71, 1795651200000000, 1795651200000000, 1795651260000000, '5a', '{"version":1}'),
    (1, 1102, 'submitted', NULL, 2, 70, NULL, 1795651300000000, 1795651300000000, NULL, '5a', '{"version":1}'),
    (2, 1103, 'withdrawn', NULL, 1, 70, NULL, 1795651300000000, 1795651300000000, NULL, '5b', '{"version":1}');

INSERT INTO content_script (office_id, script_id, revision, author_id, changed_at, content)
VALUES
    (1, 1201, 1, 70, 1795651200000000, '{"version":1}'),
    (2, 1202, 2, 70, 1795651200000000, '{"version":1}');
