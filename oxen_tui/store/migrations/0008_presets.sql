-- What conversations are begun with again and again.

CREATE TABLE presets (
    name TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    settings TEXT                               -- as conversations.settings; NULL for nothing
) WITHOUT ROWID;
