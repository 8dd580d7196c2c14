-- Conversations as trees of messages. Times are unix seconds (UTC), costs US dollars.
-- AUTOINCREMENT: an id is never given twice, so nothing that still knows an old id can reach a newer row.

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL DEFAULT '',
    model TEXT NOT NULL DEFAULT '',             -- asked last
    system_prompt TEXT NOT NULL DEFAULT '',
    draft TEXT NOT NULL DEFAULT '',
    leaf_id INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    deleted_at REAL
);

CREATE INDEX conversations_by_time ON conversations (updated_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
    deleted_with INTEGER,                       -- the message whose deletion took this one along, or itself
    role TEXT NOT NULL,
    ending TEXT NOT NULL,
    instance TEXT,                              -- of a streaming answer: the running program that writes it
    created_at REAL NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    parameters TEXT,                            -- JSON object as sent, NULL for none
    tool_calls TEXT,                            -- JSON list of [id, name, arguments], NULL for none
    trouble TEXT NOT NULL DEFAULT '',
    pieces INTEGER NOT NULL DEFAULT 0,          -- deltas counted: stands in for tokens where no usage came
    seconds REAL,
    first_token_seconds REAL,
    reasoning_seconds REAL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    total_tokens INTEGER,
    cached_tokens INTEGER,
    reasoning_tokens INTEGER,
    reported_cost REAL,                         -- said by the server
    cost REAL,                                  -- reported or reckoned; NULL is unknown, never free
    reasoning TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''               -- long columns last: the others are read without walking over them
);

-- Children and siblings, also those of a root (parent_id IS NULL) of one conversation.
CREATE INDEX messages_by_parent ON messages (parent_id, conversation_id, deleted_with);
CREATE INDEX messages_deleted ON messages (deleted_with) WHERE deleted_with IS NOT NULL;
CREATE INDEX messages_streaming ON messages (instance) WHERE ending = 'streaming';

-- What a streaming answer has grown by since it began, a row a second: appending costs the same however long the
-- answer is. Folded into messages when it ends.
CREATE TABLE growth (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    pieces INTEGER NOT NULL
);

CREATE INDEX growth_by_message ON growth (message_id);

-- Unsent text that belongs to nothing that has a row yet, such as the first question of a new conversation.
CREATE TABLE drafts (
    place TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;
