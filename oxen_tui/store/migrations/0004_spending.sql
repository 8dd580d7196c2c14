-- What was asked for and may have cost money, a row for each answer and each job. The triggers write it in the very
-- transaction in which a job is written down or an answer ends, so nothing that may be billed is ever without a row,
-- whichever running program asked. Rows stay when what they are for is deleted: the money is spent all the same.
CREATE TABLE spending (
    source TEXT NOT NULL,                       -- 'answer': a message; 'job'
    reference INTEGER NOT NULL,                 -- its id, never given twice
    session TEXT NOT NULL,                      -- the running program that asked for it
    asked_at REAL NOT NULL,                     -- unix seconds
    model TEXT NOT NULL,
    standing TEXT NOT NULL,                     -- 'open' runs, 'paid', 'nothing' is billed, 'unclear' may be billed
    estimate REAL,                              -- US dollars; NULL is unknown, never free
    actual REAL,                                -- said by the server
    PRIMARY KEY (source, reference)
) WITHOUT ROWID;

CREATE INDEX spending_by_time ON spending (asked_at);
CREATE INDEX spending_by_session ON spending (session);
CREATE INDEX spending_open ON spending (source) WHERE standing = 'open';

-- A failure is taken for free unless the server says otherwise; what was stopped while it ran may have been billed.
CREATE VIEW job_standings AS
SELECT id, CASE
    WHEN billed = 0 THEN 'nothing'
    WHEN state IN ('sending', 'waiting', 'running') THEN 'open'
    WHEN state IN ('saving', 'not saved', 'done') THEN 'paid'
    WHEN state = 'failed' OR (state = 'cancelled' AND started_at IS NULL) THEN 'nothing'
    ELSE 'unclear'
END AS standing
FROM jobs WHERE origin NOT IN ('elsewhere', 'opened');

CREATE TRIGGER job_may_cost AFTER INSERT ON jobs BEGIN
    INSERT INTO spending
    SELECT 'job', id, coalesce(new.instance, ''), new.created_at, new.model, standing, new.estimate, new.cost
    FROM job_standings WHERE id = new.id;
END;

CREATE TRIGGER job_cost_changed AFTER UPDATE OF state, estimate, cost, billed, started_at ON jobs
WHEN new.state IS NOT old.state OR new.estimate IS NOT old.estimate OR new.cost IS NOT old.cost
    OR new.billed IS NOT old.billed OR new.started_at IS NOT old.started_at
BEGIN
    UPDATE spending SET
        estimate = new.estimate,
        actual = coalesce(new.cost, actual),
        standing = (SELECT standing FROM job_standings WHERE id = new.id)
    WHERE source = 'job' AND reference = new.id;
END;

-- A continued answer ends again, with the cost of all its parts.
CREATE TRIGGER answer_paid AFTER UPDATE OF ending ON messages
WHEN new.role = 'assistant' AND old.ending = 'streaming' AND new.ending <> 'streaming'
BEGIN
    INSERT INTO spending VALUES (
        'answer', new.id, coalesce(old.instance, ''), new.created_at, new.model,
        CASE WHEN new.text = '' AND new.reasoning = '' AND new.tool_calls IS NULL THEN 'nothing' ELSE 'paid' END,
        new.cost, new.reported_cost
    )
    ON CONFLICT (source, reference) DO UPDATE SET
        session = excluded.session, standing = excluded.standing, estimate = excluded.estimate,
        actual = excluded.actual;
END;

INSERT INTO spending
SELECT 'answer', id, '', created_at, model, CASE WHEN text = '' AND reasoning = '' THEN 'nothing' ELSE 'paid' END,
    cost, reported_cost
FROM messages WHERE role = 'assistant' AND ending <> 'streaming';

INSERT INTO spending
SELECT 'job', id, '', created_at, model, standing, estimate, cost FROM jobs JOIN job_standings USING (id);
