-- What programs of partners may do, and whom they want to be called by: a call is owed until it was heard or given up.

ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT 'reports';
ALTER TABLE api_key ADD COLUMN per_hour INTEGER NOT NULL DEFAULT 60;

CREATE TABLE hook (
    office_id INTEGER NOT NULL,
    hook_id INTEGER NOT NULL,
    events TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    heard_at INTEGER,
    failed_at INTEGER,
    failure TEXT NOT NULL,
    stopped_at INTEGER,
    content BLOB NOT NULL,
    PRIMARY KEY (office_id, hook_id)
);

-- Nothing personal stands in a call.
CREATE TABLE hook_call (
    office_id INTEGER NOT NULL,
    call_id INTEGER NOT NULL,
    hook_id INTEGER NOT NULL,
    event TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (office_id, call_id)
);

CREATE INDEX hook_call_due ON hook_call (office_id, due_at, call_id);
