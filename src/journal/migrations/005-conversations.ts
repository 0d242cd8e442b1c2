/** The same person by SMS, WhatsApp and telephone is one conversation. */
const personOf = (address: string): string => `CASE
    WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
    WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
    ELSE coalesce(${address}, '') END`;

const personOfEvent = (event: string): string => personOf(`(${event}data ->> '$.From')`);
const personOfSend = (send: string): string => personOf(`${send}recipient`);

const isEntryOfEvent = (event: string): string =>
  `${event}kind IN ('message', 'incoming_call') AND ${event}type = 'twilio_data_received'`;
/** Of a command that is kept only for its id the content is gone. */
const isEntryOfSend = (send: string): string =>
  `${send}request IS NOT NULL AND (${send}request ->> '$.body' IS NOT NULL OR ${send}request ->> '$.instructions' IS NOT NULL)`;

const conversationOf = (person: string): string => `(SELECT id FROM conversations WHERE address = ${person})`;

const isEntryOfOldEvent = `conversation = ${conversationOf(personOfEvent("OLD."))}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq`;

const LATER =
  "ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at";

const keepEvent = `
    INSERT INTO conversations (address, last_at) VALUES (${personOfEvent("NEW.")}, NEW.received_at) ${LATER};
    INSERT INTO conversation_entries
      VALUES (${conversationOf(personOfEvent("NEW."))}, NEW.received_at, 0, NEW.seq, 0);`;

/** Fills in a range of rows from before there were conversations; all that is there already stays as it is. */
export const FILL_CONVERSATIONS = {
  events: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOfEvent("")} AS person, max(received_at) FROM events
       WHERE seq BETWEEN ? AND ? AND ${isEntryOfEvent("")} GROUP BY person ${LATER}`,
    `INSERT OR IGNORE INTO conversation_entries
       SELECT ${conversationOf(personOfEvent("events."))}, received_at, 0, seq, 0 FROM events
       WHERE seq BETWEEN ? AND ? AND ${isEntryOfEvent("")}`,
  ],
  commands: [
    `INSERT INTO conversations (address, last_at)
       SELECT ${personOfSend("sends.")} AS person, max(received_at) FROM commands JOIN sends ON command_seq = seq
       WHERE seq BETWEEN ? AND ? AND ${isEntryOfSend("sends.")} GROUP BY person ${LATER}`,
    `INSERT OR IGNORE INTO conversation_entries
       SELECT ${conversationOf(personOfSend("sends."))}, received_at, 1, seq, position
       FROM commands JOIN sends ON command_seq = seq WHERE seq BETWEEN ? AND ? AND ${isEntryOfSend("sends.")}`,
  ],
} as const;

/**
 * Who talked with whom and when, so that the list of conversations and each of them are read a page at a time. An entry
 * points to what it is about: `source` 0 an event, 1 a send. Triggers keep it within the transaction of that, and let it
 * go when its content goes; a webhook waits for them, so that they write numbers only. What is older than this is filled
 * in afterwards: the facts say from which row downwards. `key` stands for the person in an address of a page.
 */
export const CONVERSATIONS = `
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

  INSERT INTO facts (name, value) SELECT 'conversations_to_fill', json_object(
    'events', coalesce((SELECT max(seq) FROM events), 0), 'commands', coalesce((SELECT max(seq) FROM commands), 0))
    WHERE EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM commands);

  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  CREATE INDEX talk_steps_by_call ON talk_steps (call_sid);

  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isEntryOfEvent("NEW.")}
  BEGIN ${keepEvent}
  END;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events
    WHEN NEW.received_at <> OLD.received_at AND ${isEntryOfEvent("NEW.")}
  BEGIN ${keepEvent}
    DELETE FROM conversation_entries WHERE ${isEntryOfOldEvent};
  END;
  CREATE TRIGGER entry_of_gone_event AFTER DELETE ON events WHEN ${isEntryOfEvent("OLD.")}
  BEGIN
    DELETE FROM conversation_entries WHERE ${isEntryOfOldEvent};
  END;

  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversations (address, last_at)
      SELECT ${personOfSend("NEW.")}, received_at FROM commands WHERE seq = NEW.command_seq ${LATER};
    INSERT INTO conversation_entries
      SELECT ${conversationOf(personOfSend("NEW."))}, received_at, 1, NEW.command_seq, NEW.position
      FROM commands WHERE seq = NEW.command_seq;
  END;
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends WHEN OLD.request IS NOT NULL
  BEGIN
    DELETE FROM conversation_entries WHERE conversation = ${conversationOf(personOfSend("OLD."))} AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;
  CREATE TRIGGER entries_of_gone_command BEFORE DELETE ON commands
  BEGIN
    DELETE FROM conversation_entries WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf(personOfSend("sends."))}, OLD.received_at, 1, command_seq, position
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
