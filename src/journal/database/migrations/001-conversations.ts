/**
 * Writes the SQL that removes `whatsapp:` or `rcs:` from a number or channel address. One person has one conversation
 * by SMS, WhatsApp, RCS and telephone.
 */
const personOf = (address: string): string => `CASE
      WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
      WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
      ELSE coalesce(${address}, '') END`;
const conversationOf = (address: string): string =>
  `(SELECT id FROM conversations WHERE address = ${personOf(address)})`;

/**
 * Writes the SQL condition for events that are entries of a conversation: messages and incoming calls, but not their
 * statuses and recordings.
 */
const isTalk = (event: "NEW" | "OLD"): string =>
  `${event}.kind IN ('message', 'incoming_call') AND ${event}.type = 'twilio_data_received'`;

const LATER =
  "ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at";

const ADD_EVENT = `
    INSERT INTO conversations (address, last_at) VALUES (${personOf("(NEW.data ->> '$.From')")}, NEW.received_at) ${LATER};
    INSERT INTO conversation_entries
      VALUES (${conversationOf("(NEW.data ->> '$.From')")}, NEW.received_at, 0, NEW.seq, 0);`;

const REMOVE_EVENT = `
    DELETE FROM conversation_entries WHERE conversation = ${conversationOf("(OLD.data ->> '$.From')")}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq;`;

/** The SQL of the tables and triggers of conversations in the first released version. */
export const CONVERSATION_TABLES = `
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(12)))),
    address TEXT NOT NULL UNIQUE,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_time ON conversations (last_at);

  CREATE TABLE conversation_entries (
    conversation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    source INTEGER NOT NULL,
    ref INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (conversation, at, source, ref, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isTalk("NEW")}
  BEGIN ${ADD_EVENT}
  END;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events
    WHEN NEW.received_at <> OLD.received_at AND ${isTalk("NEW")}
  BEGIN ${ADD_EVENT} ${REMOVE_EVENT}
  END;
  CREATE TRIGGER entry_of_gone_event AFTER DELETE ON events WHEN ${isTalk("OLD")}
  BEGIN ${REMOVE_EVENT}
  END;

  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversations (address, last_at)
      SELECT ${personOf("NEW.recipient")}, received_at FROM commands WHERE seq = NEW.command_seq ${LATER};
    INSERT INTO conversation_entries
      SELECT ${conversationOf("NEW.recipient")}, received_at, 1, NEW.command_seq, NEW.position
      FROM commands WHERE seq = NEW.command_seq;
  END;
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends WHEN OLD.request IS NOT NULL
  BEGIN
    DELETE FROM conversation_entries WHERE conversation = ${conversationOf("OLD.recipient")} AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;
  CREATE TRIGGER entries_of_gone_command BEFORE DELETE ON commands
  BEGIN
    DELETE FROM conversation_entries WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf("sends.recipient")}, OLD.received_at, 1, command_seq, position
      FROM sends WHERE command_seq = OLD.seq AND request IS NOT NULL);
  END;

  CREATE TRIGGER conversation_of_gone_entry AFTER DELETE ON conversation_entries
    WHEN OLD.at = (SELECT last_at FROM conversations WHERE id = OLD.conversation)
  BEGIN
    DELETE FROM conversations WHERE id = OLD.conversation
      AND NOT EXISTS (SELECT 1 FROM conversation_entries WHERE conversation = OLD.conversation);
    UPDATE conversations SET last_at = (SELECT max(at) FROM conversation_entries WHERE conversation = OLD.conversation)
      WHERE id = OLD.conversation;
  END;
`;
