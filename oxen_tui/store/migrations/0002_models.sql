-- What the user does with models. A model is meant by the id the server gives it; it need not be listed any more.

CREATE TABLE favourite_models (
    model_id TEXT PRIMARY KEY,
    on_server INTEGER NOT NULL,                 -- 1: the server's own star, kept for when it cannot be asked
    starred_at REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE used_models (
    model_id TEXT PRIMARY KEY,
    used_at REAL NOT NULL,
    times INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX used_models_by_time ON used_models (used_at DESC);

-- What the catalogue held when the user left it: by the last visit, and by the one that the last was compared with.
CREATE TABLE catalogue_visits (
    visit TEXT PRIMARY KEY,                     -- 'last' or 'before'
    left_at REAL NOT NULL,
    seen TEXT NOT NULL                          -- JSON: ids, the prices there are, the price of each id as its number
) WITHOUT ROWID;
