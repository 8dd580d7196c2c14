-- The words of all messages. The text stays where it is; answers come in when they end, not while they stream.

CREATE VIRTUAL TABLE message_words USING fts5 (
    text, content = 'messages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TRIGGER message_words_added AFTER INSERT ON messages WHEN new.text <> '' BEGIN
    INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER message_words_changed AFTER UPDATE OF text ON messages WHEN new.text <> old.text BEGIN
    INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', old.id, old.text WHERE old.text <> '';
    INSERT INTO message_words (rowid, text) SELECT new.id, new.text WHERE new.text <> '';
END;

CREATE TRIGGER message_words_removed AFTER DELETE ON messages WHEN old.text <> '' BEGIN
    INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
END;

INSERT INTO message_words (rowid, text) SELECT id, text FROM messages WHERE text <> '';
