-- What programs of partners may do, and whom they want to be called by: a call is owed until it was heard or given up.

ALTER TABLE api_key ADD COLUMN scopes TEXT COLLATE "C" NOT NULL DEFAULT 'reports';
ALTER TABLE api_key ADD COLUMN per_hour BIGINT NOT NULL DEFAULT 60;

CREATE TABLE hook (
    office_id BIGINT NOT NULL,
    hook_id BIGINT NOT NULL,
    events TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    heard_at BIGINT,
    failed_at BIGINT,
    failure TEXT COLLATE "C" NOT NULL,
    stopped_at BIGINT,
    content BYTEA NOT NULL,
    PRIMARY KEY (office_id, hook_id)
);

-- Nothing personal stands in a call.
CREATE TABLE hook_call (
    office_id BIGINT NOT NULL,
    call_id BIGINT NOT NULL,
    hook_id BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (office_id, call_id)
);

CREATE INDEX hook_call_due ON hook_call (office_id, due_at, call_id);
