-- Requests that were begun and not sent: one for each model.

CREATE TABLE form_drafts (
    model_id TEXT PRIMARY KEY,
    changed_at REAL NOT NULL,
    draft TEXT NOT NULL                         -- JSON, as services/request_form.py gives it
) WITHOUT ROWID;

CREATE INDEX form_drafts_by_time ON form_drafts (changed_at DESC);
