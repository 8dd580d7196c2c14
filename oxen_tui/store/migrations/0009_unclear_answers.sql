-- An answer of which nothing came is free only where that is known (cost 0): the server may have read a long question
-- before it was silent, and before the user stopped it. An answer without a word that the server priced is paid.
DROP TRIGGER answer_paid;

CREATE TRIGGER answer_paid AFTER UPDATE OF ending ON messages
WHEN new.role = 'assistant' AND old.ending = 'streaming' AND new.ending <> 'streaming'
BEGIN
    INSERT INTO spending VALUES (
        'answer', new.id, coalesce(old.instance, ''), new.created_at, new.model,
        CASE
            WHEN new.text <> '' OR new.reasoning <> '' OR new.tool_calls IS NOT NULL OR new.cost > 0 THEN 'paid'
            WHEN new.cost = 0 THEN 'nothing'
            ELSE 'unclear'
        END,
        new.cost, new.reported_cost
    )
    ON CONFLICT (source, reference) DO UPDATE SET
        session = excluded.session, standing = excluded.standing, estimate = excluded.estimate,
        actual = excluded.actual;
END;
