-- Generations as this program knows them. Times are unix seconds (UTC), costs US dollars; rows are never deleted.

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL DEFAULT 0,        -- set by the triggers: of two changes the later one has the higher
    instance TEXT,                              -- the running program that sends it or fetches its result
    batch INTEGER NOT NULL,
    place_in_batch INTEGER NOT NULL,
    model TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    origin TEXT NOT NULL,
    sync INTEGER NOT NULL,
    generation_id TEXT UNIQUE,
    status_word TEXT NOT NULL,
    sent_at REAL,
    started_at REAL,
    ended_at REAL,
    seen_at REAL,
    took REAL,                                  -- seconds
    estimate REAL,
    cost REAL,                                  -- NULL is unknown, never free
    billed INTEGER,
    trouble TEXT NOT NULL,
    retryable INTEGER,
    namespace TEXT NOT NULL,
    result_url TEXT,
    file TEXT,                                  -- JSON object of `ResultFile`
    parents TEXT,                               -- JSON list of ids, NULL for none
    message_id INTEGER,                         -- no reference: a picture outlives the conversation it was made in
    hidden INTEGER NOT NULL DEFAULT 0,
    favourite INTEGER NOT NULL DEFAULT 0,
    deleted_at REAL,
    prompt TEXT NOT NULL,
    body TEXT NOT NULL                          -- JSON object
);

CREATE INDEX jobs_by_revision ON jobs (revision);
CREATE INDEX jobs_by_model ON jobs (model, kind, ended_at) WHERE took IS NOT NULL;
CREATE INDEX jobs_held ON jobs (state) WHERE state IN ('sending', 'saving');
CREATE INDEX jobs_with_results ON jobs (ended_at DESC, id DESC) WHERE file IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX jobs_in_trash ON jobs (deleted_at) WHERE deleted_at IS NOT NULL;

-- One row: what several running programs that share the store agree on.
CREATE TABLE job_watch (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL,                  -- given last
    instance TEXT,                              -- the one that asks the server for all of them
    checked_at REAL,
    trouble TEXT NOT NULL                       -- why it cannot
);

INSERT INTO job_watch VALUES (1, 0, NULL, NULL, '');

CREATE TRIGGER job_added AFTER INSERT ON jobs BEGIN
    UPDATE job_watch SET revision = revision + 1;
    UPDATE jobs SET revision = (SELECT revision FROM job_watch) WHERE id = new.id;
END;

CREATE TRIGGER job_changed AFTER UPDATE ON jobs WHEN new.revision = old.revision BEGIN
    UPDATE job_watch SET revision = revision + 1;
    UPDATE jobs SET revision = (SELECT revision FROM job_watch) WHERE id = new.id;
END;
