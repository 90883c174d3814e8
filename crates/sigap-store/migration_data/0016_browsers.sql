-- A browser that shows a code, one that somebody has proven, and what was said in it.

INSERT INTO browser (office_id, person_id, token_key, code_key, proven_id, proven_at, made_at, expires_at, content)
VALUES
    (1, 1301, '\x5a0000000000000000000000000000a1', '\x5a0000000000000000000000000000b1', NULL, NULL, 1795651200000000, 1798243200000000, '\x01'),
    (2, 1302, '\x5a0000000000000000000000000000a2', NULL, 21, 1795651200000000, 1795651200000000, 1798243200000000, '\x01');

INSERT INTO browser_line (office_id, person_id, line_id, said_at, is_ours, content)
VALUES
    (1, 1301, 1, 1795651200000000, 0, '\x01'),
    (1, 1301, 2, 1795651201000000, 1, '\x01'),
    (2, 1302, 3, 1795651201000000, 1, '\x01');
