/** The same person by SMS, WhatsApp and telephone is one conversation. */
const personOf = (address: string): string => `CASE
    WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
    WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
    ELSE coalesce(${address}, '') END`;

const isEntry = (event: string): string =>
  `${event}kind IN ('message', 'incoming_call') AND ${event}type = 'twilio_data_received'`;

const entryOfEvent = (event: string): string => `
    ${personOf(`(${event}data ->> '$.From')`)}, ${event}received_at, 0, ${event}seq, 0, coalesce(${event}data ->> '$.Body', '')`;

const entryOfSend = (send: string): string => `
    ${personOf(`${send}recipient`)}, commands.received_at, 1, ${send}command_seq, ${send}position,
    coalesce(${send}request ->> '$.body', ${send}request ->> '$.instructions.say', '')`;

const isEntryOfOldEvent = `address = ${personOf("(OLD.data ->> '$.From')")}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq`;

/**
 * Who talked with whom and when, so that the list of conversations and each of them are read a page at a time. An entry
 * points to what it is about: `source` 0 an event, 1 a send. Triggers keep it within the transaction of that, and let it
 * go when its content goes.
 */
export const CONVERSATIONS = `
  CREATE TABLE conversations (
    address TEXT PRIMARY KEY,
    last_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX conversations_by_time ON conversations (last_at, address);

  CREATE TABLE conversation_entries (
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    source INTEGER NOT NULL,
    ref INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (address, at, source, ref, position)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO conversation_entries SELECT ${entryOfEvent("")} FROM events WHERE ${isEntry("")};
  INSERT INTO conversation_entries SELECT ${entryOfSend("sends.")}
    FROM sends JOIN commands ON commands.seq = command_seq
    WHERE request IS NOT NULL AND (request ->> '$.body' IS NOT NULL OR request ->> '$.instructions' IS NOT NULL);
  INSERT INTO conversations SELECT address, max(at) FROM conversation_entries GROUP BY address;

  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  CREATE INDEX talk_steps_by_call ON talk_steps (call_sid);

  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isEntry("NEW.")}
  BEGIN
    INSERT INTO conversation_entries SELECT ${entryOfEvent("NEW.")};
  END;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events
    WHEN NEW.received_at <> OLD.received_at AND ${isEntry("NEW.")}
  BEGIN
    INSERT INTO conversation_entries SELECT ${entryOfEvent("NEW.")};
    DELETE FROM conversation_entries WHERE ${isEntryOfOldEvent};
  END;
  CREATE TRIGGER entry_of_gone_event AFTER DELETE ON events WHEN ${isEntry("OLD.")}
  BEGIN
    DELETE FROM conversation_entries WHERE ${isEntryOfOldEvent};
  END;

  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversation_entries SELECT ${entryOfSend("NEW.")} FROM commands WHERE commands.seq = NEW.command_seq;
  END;
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends WHEN OLD.request IS NOT NULL
  BEGIN
    DELETE FROM conversation_entries WHERE address = ${personOf("OLD.recipient")} AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;
  CREATE TRIGGER entries_of_gone_command BEFORE DELETE ON commands
  BEGIN
    DELETE FROM conversation_entries WHERE (address, at, source, ref, position) IN (
      SELECT ${personOf("recipient")}, OLD.received_at, 1, command_seq, position
      FROM sends WHERE command_seq = OLD.seq AND request IS NOT NULL);
  END;

  CREATE TRIGGER conversation_of_entry AFTER INSERT ON conversation_entries
  BEGIN
    INSERT INTO conversations VALUES (NEW.address, NEW.at)
      ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at;
  END;
  CREATE TRIGGER conversation_of_gone_entry AFTER DELETE ON conversation_entries
    WHEN OLD.at = (SELECT last_at FROM conversations WHERE address = OLD.address)
  BEGIN
    DELETE FROM conversations WHERE address = OLD.address
      AND NOT EXISTS (SELECT 1 FROM conversation_entries WHERE address = OLD.address);
    UPDATE conversations SET last_at = (SELECT max(at) FROM conversation_entries WHERE address = OLD.address)
      WHERE address = OLD.address;
  END;
`;
