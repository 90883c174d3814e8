-- A tagged case, one person under two numbers, and praise.

UPDATE office_case SET tags = 'paspor hilang,mendesak' WHERE case_id = 900;

INSERT INTO same_person (office_id, person_id, other_id)
VALUES
    (1, 101, 102),
    (1, 102, 101),
    (2, 101, 103),
    (2, 103, 101);

INSERT INTO praise (office_id, staff_id, case_id, passed_at)
VALUES
    (1, 7, 900, 1790000000001200),
    (2, 7, 900, 1790000000001201);
