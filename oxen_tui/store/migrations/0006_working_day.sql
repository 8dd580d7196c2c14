-- What a question carries beside its text, results of tools, and what holds for a whole conversation.

-- JSON list (attachment.py), NULL for none.
ALTER TABLE messages ADD COLUMN attachments TEXT;
-- Of a tool's result: the call it answers.
ALTER TABLE messages ADD COLUMN tool_call_id TEXT;

-- JSON object (conversation_settings.py), NULL for none.
ALTER TABLE conversations ADD COLUMN settings TEXT;
ALTER TABLE conversations ADD COLUMN pinned_at REAL;
ALTER TABLE conversations ADD COLUMN archived_at REAL;
-- The message of another conversation that it was copied up to.
ALTER TABLE conversations ADD COLUMN forked_from INTEGER;
