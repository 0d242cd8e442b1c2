/**
 * SQL for the person who has a number or channel address. The channel (SMS, WhatsApp, RCS or telephone) makes no
 * difference.
 */
export const personOf = (address: string): string => `CASE
    WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
    WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
    ELSE coalesce(${address}, '') END`;

/**
 * SQL for the id of the conversation with the person who has this number or channel address; NULL if there is none.
 */
export const conversationOf = (address: string): string =>
  `(SELECT id FROM conversations WHERE address = ${personOf(address)})`;

/** Ends an INSERT of `(address, last_at)` into `conversations`: an existing conversation gets the later time. */
export const OR_LATER_TIME =
  "ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at";

/** Messages and incoming calls belong to a conversation; their statuses and recordings do not. */
const isTalk = (event: "NEW" | "OLD"): string =>
  `${event}.kind IN ('message', 'incoming_call') AND ${event}.type = 'twilio_data_received'`;

const ADD_EVENT = `INSERT INTO conversations (address, last_at)
      VALUES (${personOf("(NEW.data ->> '$.From')")}, NEW.received_at) ${OR_LATER_TIME};
    INSERT INTO conversation_entries
      VALUES (${conversationOf("(NEW.data ->> '$.From')")}, NEW.received_at, 0, NEW.seq, 0);`;

const REMOVE_EVENT = `DELETE FROM conversation_entries WHERE conversation = ${conversationOf("(OLD.data ->> '$.From')")}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq;`;

/** The tables of the page "Conversations". `schema.ts` describes the conventions. */
export const CONVERSATION_SCHEMA = `
  -- ====== The page "Conversations": an index over events and deliveries ======

  -- Triggers update it in the transaction of each change. A webhook waits for them, so they write numbers only.

  -- One person.
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(12)))), -- Identifies the person in the address of a page.
    address TEXT NOT NULL UNIQUE,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_time ON conversations (last_at);

  -- One message or call with a person. source 0: ref is events.seq. source 1: ref and position are those of sends.
  CREATE TABLE conversation_entries (
    conversation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    source INTEGER NOT NULL,
    ref INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (conversation, at, source, ref, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isTalk("NEW")}
  BEGIN
    ${ADD_EVENT}
  END;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events -- When its age has been verified.
    WHEN NEW.received_at <> OLD.received_at AND ${isTalk("NEW")}
  BEGIN
    ${ADD_EVENT}
    ${REMOVE_EVENT}
  END;
  CREATE TRIGGER entry_of_gone_event AFTER DELETE ON events WHEN ${isTalk("OLD")}
  BEGIN
    ${REMOVE_EVENT}
  END;

  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversations (address, last_at)
      SELECT ${personOf("NEW.recipient")}, received_at FROM commands WHERE seq = NEW.command_seq ${OR_LATER_TIME};
    INSERT INTO conversation_entries
      SELECT ${conversationOf("NEW.recipient")}, received_at, 1, NEW.command_seq, NEW.position
      FROM commands WHERE seq = NEW.command_seq;
  END;
  -- The content of an old delivery has been pruned.
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends
    WHEN json_type(OLD.request, '$.content') IS NOT NULL AND json_type(NEW.request, '$.content') IS NULL
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

  -- A conversation is removed with its last entry.
  CREATE TRIGGER conversation_of_gone_entry AFTER DELETE ON conversation_entries
    WHEN OLD.at = (SELECT last_at FROM conversations WHERE id = OLD.conversation)
  BEGIN
    DELETE FROM conversations WHERE id = OLD.conversation
      AND NOT EXISTS (SELECT 1 FROM conversation_entries WHERE conversation = OLD.conversation);
    UPDATE conversations SET last_at = (SELECT max(at) FROM conversation_entries WHERE conversation = OLD.conversation)
      WHERE id = OLD.conversation;
  END;
`;
