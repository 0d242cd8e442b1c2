/**
 * Writes the SQL that removes `whatsapp:` or `rcs:` from a number or channel address. One person has the same
 * conversation by SMS, WhatsApp, RCS and telephone.
 */
export const personOf = (address: string): string => `CASE
    WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
    WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
    ELSE coalesce(${address}, '') END`;

/**
 * Writes the SQL for the ID of the conversation with this number or channel address. The result is NULL if no such
 * conversation exists.
 */
export const conversationOf = (address: string): string =>
  `(SELECT id FROM conversations WHERE address = ${personOf(address)})`;

/**
 * Writes the SQL for the other party of a delivery. A call that first rings the user's own phone belongs to the person
 * with whom it then connects the user.
 */
const partnerIn = (request: string, recipient: string): string =>
  `coalesce(${request} ->> '$.content.instructions.connect', ${recipient})`;

/**
 * The end of an INSERT of `(address, last_at)` into `conversations`. If the conversation exists already, the INSERT
 * changes `last_at` only to a later time.
 */
export const OR_LATER_TIME =
  "ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at";

/**
 * Writes the SQL condition for events that are entries of a conversation: messages and incoming calls, but not their
 * statuses and recordings.
 */
const isTalk = (event: "NEW" | "OLD"): string =>
  `${event}.kind IN ('message', 'incoming_call') AND ${event}.type = 'twilio_data_received'`;

const ADD_EVENT = `INSERT INTO conversations (address, last_at)
      VALUES (${personOf("(NEW.data ->> '$.From')")}, NEW.received_at) ${OR_LATER_TIME};
    INSERT INTO conversation_entries (conversation, at, source, ref, position, unread)
      VALUES (${conversationOf("(NEW.data ->> '$.From')")}, NEW.received_at, 0, NEW.seq, 0, NEW.state <> 'kept');`;

const REMOVE_EVENT = `DELETE FROM conversation_entries WHERE conversation = ${conversationOf("(OLD.data ->> '$.From')")}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq;`;

/** Writes the SQL that marks the incoming call with this SID as unread or read. */
export const setUnread = (unread: 0 | 1, callSid: string): string => `
    UPDATE conversation_entries SET unread = ${unread} WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf("(data ->> '$.From')")}, received_at, 0, seq, 0
      FROM events WHERE sid = ${callSid} AND kind = 'incoming_call');`;

const PARTNER = partnerIn("NEW.request", "NEW.recipient");

/**
 * The SQL of the tables and triggers behind the panel's page "Conversations". `schema.ts` describes the conventions.
 */
export const CONVERSATION_SCHEMA = `
  -- ====== The page "Conversations": an index over events and deliveries ======

  -- Triggers update the following tables within each transaction. An entry has only references and no texts, because
  -- each webhook waits for the triggers.

  -- The conversations: each has all messages and calls with one person.
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(12)))), -- Stands for the number in URLs of the panel.
    address TEXT NOT NULL UNIQUE,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_time ON conversations (last_at);

  -- The entries: each is one message or call. Source 0 is a received one, and ref is events.seq.
  -- Source 1 is a sent one, and ref and position are sends.command_seq and sends.position.
  CREATE TABLE conversation_entries (
    conversation INTEGER NOT NULL,
    at INTEGER NOT NULL,
    source INTEGER NOT NULL,
    ref INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 0, -- 1: the user has not seen the entry yet.
    PRIMARY KEY (conversation, at, source, ref, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_unread ON conversation_entries (conversation) WHERE unread = 1;

  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isTalk("NEW")}
  BEGIN
    ${ADD_EVENT}
  END;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events -- Twilio has reported the age.
    WHEN NEW.received_at <> OLD.received_at AND ${isTalk("NEW")}
  BEGIN
    ${ADD_EVENT}
    ${REMOVE_EVENT}
  END;
  CREATE TRIGGER entry_of_gone_event AFTER DELETE ON events WHEN ${isTalk("OLD")}
  BEGIN
    ${REMOVE_EVENT}
  END;
  -- An automation has answered the incoming call, so it does not count as missed. A recording may be a voicemail,
  -- so it makes the call unread again.
  CREATE TRIGGER read_by_step AFTER UPDATE OF given ON talk_steps WHEN NEW.given = 1
  BEGIN ${setUnread(0, "NEW.call_sid")}
  END;
  CREATE TRIGGER unread_recording AFTER INSERT ON events
    WHEN NEW.kind = 'recording' AND NEW.type = 'twilio_recording'
  BEGIN ${setUnread(1, "NEW.sid")}
  END;

  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversations (address, last_at)
      SELECT ${personOf(PARTNER)}, received_at FROM commands WHERE seq = NEW.command_seq ${OR_LATER_TIME};
    INSERT INTO conversation_entries (conversation, at, source, ref, position)
      SELECT ${conversationOf(PARTNER)}, received_at, 1, NEW.command_seq, NEW.position
      FROM commands WHERE seq = NEW.command_seq;
  END;
  -- Pruning or the user has removed the content of the delivery, so its entry goes as well.
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends
    WHEN json_type(OLD.request, '$.content') IS NOT NULL AND json_type(NEW.request, '$.content') IS NULL
  BEGIN
    DELETE FROM conversation_entries
      WHERE conversation = ${conversationOf(partnerIn("OLD.request", "OLD.recipient"))} AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;
  CREATE TRIGGER entries_of_gone_command BEFORE DELETE ON commands
  BEGIN
    DELETE FROM conversation_entries WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf(partnerIn("sends.request", "sends.recipient"))}, OLD.received_at, 1, command_seq, position
      FROM sends WHERE command_seq = OLD.seq AND request IS NOT NULL);
  END;

  -- Deleting the last entry of a conversation also deletes the conversation.
  CREATE TRIGGER conversation_of_gone_entry AFTER DELETE ON conversation_entries
    WHEN OLD.at = (SELECT last_at FROM conversations WHERE id = OLD.conversation)
  BEGIN
    DELETE FROM conversations WHERE id = OLD.conversation
      AND NOT EXISTS (SELECT 1 FROM conversation_entries WHERE conversation = OLD.conversation);
    UPDATE conversations SET last_at = (SELECT max(at) FROM conversation_entries WHERE conversation = OLD.conversation)
      WHERE id = OLD.conversation;
  END;
`;
