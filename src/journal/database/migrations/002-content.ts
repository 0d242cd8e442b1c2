/**
 * The SQL of schema version 7. The new column `missed` marks events that were fired as `twilio_data_missed`. Removing
 * the `content` of a delivery now removes its entry in the conversation.
 *
 * Only the tables change here. While the app runs, it converts the rows up to the numbers in `rows_to_convert`.
 */
export const CONTENT = `
  ALTER TABLE events ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;
  DROP INDEX events_told;
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL OR missed = 1;

  DROP TRIGGER entry_of_emptied_send;
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends
    WHEN json_type(OLD.request, '$.content') IS NOT NULL AND json_type(NEW.request, '$.content') IS NULL
  BEGIN
    DELETE FROM conversation_entries WHERE conversation = (SELECT id FROM conversations WHERE address = CASE
        WHEN OLD.recipient LIKE 'whatsapp:%' THEN substr(OLD.recipient, 10)
        WHEN OLD.recipient LIKE 'rcs:%' THEN substr(OLD.recipient, 5)
        ELSE coalesce(OLD.recipient, '') END) AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;

  INSERT INTO facts (name, value)
    SELECT 'rows_to_convert', json_object('events', coalesce((SELECT max(seq) FROM events), 0),
      'commands', coalesce((SELECT max(seq) FROM commands), 0))
    WHERE EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM commands);
`;
