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
 * Writes the SQL for the other party of a delivery. A call that first rings the user's own phone belongs to the person
 * with whom it then connects the user.
 */
const partnerIn = (request: string, recipient: string): string =>
  `coalesce(${request} ->> '$.content.instructions.connect', ${recipient})`;

const isTalk = (event: "NEW" | "OLD"): string =>
  `${event}.kind IN ('message', 'incoming_call') AND ${event}.type = 'twilio_data_received'`;

const LATER =
  "ON CONFLICT (address) DO UPDATE SET last_at = excluded.last_at WHERE excluded.last_at > last_at";

const SENDER = "(NEW.data ->> '$.From')";
const ADD_EVENT = `
    INSERT INTO conversations (address, last_at) VALUES (${personOf(SENDER)}, NEW.received_at) ${LATER};
    INSERT INTO conversation_entries (conversation, at, source, ref, position, unread)
      VALUES (${conversationOf(SENDER)}, NEW.received_at, 0, NEW.seq, 0, NEW.state <> 'kept');`;

const setUnread = (unread: 0 | 1, callSid: string): string => `
    UPDATE conversation_entries SET unread = ${unread} WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf("(data ->> '$.From')")}, received_at, 0, seq, 0
      FROM events WHERE sid = ${callSid} AND kind = 'incoming_call');`;

const PARTNER = partnerIn("NEW.request", "NEW.recipient");

/**
 * The SQL of schema version 9. Received messages, missed calls and voicemails are unread until the user opens the
 * conversation. An index finds all events of a message or call by its SID.
 */
export const UNREAD = `
  ALTER TABLE conversation_entries ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX entries_unread ON conversation_entries (conversation) WHERE unread = 1;
  CREATE INDEX events_by_sid ON events (sid) WHERE sid IS NOT NULL;

  DROP TRIGGER entry_of_event;
  CREATE TRIGGER entry_of_event AFTER INSERT ON events WHEN ${isTalk("NEW")}
  BEGIN ${ADD_EVENT}
  END;
  DROP TRIGGER entry_of_moved_event;
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events
    WHEN NEW.received_at <> OLD.received_at AND ${isTalk("NEW")}
  BEGIN ${ADD_EVENT}
    DELETE FROM conversation_entries WHERE conversation = ${conversationOf("(OLD.data ->> '$.From')")}
      AND at = OLD.received_at AND source = 0 AND ref = OLD.seq;
  END;
  CREATE TRIGGER read_by_step AFTER UPDATE OF given ON talk_steps WHEN NEW.given = 1
  BEGIN ${setUnread(0, "NEW.call_sid")}
  END;
  CREATE TRIGGER unread_recording AFTER INSERT ON events
    WHEN NEW.kind = 'recording' AND NEW.type = 'twilio_recording'
  BEGIN ${setUnread(1, "NEW.sid")}
  END;

  DROP TRIGGER entry_of_send;
  CREATE TRIGGER entry_of_send AFTER INSERT ON sends WHEN NEW.request IS NOT NULL
  BEGIN
    INSERT INTO conversations (address, last_at)
      SELECT ${personOf(PARTNER)}, received_at FROM commands WHERE seq = NEW.command_seq ${LATER};
    INSERT INTO conversation_entries (conversation, at, source, ref, position)
      SELECT ${conversationOf(PARTNER)}, received_at, 1, NEW.command_seq, NEW.position
      FROM commands WHERE seq = NEW.command_seq;
  END;
  DROP TRIGGER entry_of_emptied_send;
  CREATE TRIGGER entry_of_emptied_send AFTER UPDATE OF request ON sends
    WHEN json_type(OLD.request, '$.content') IS NOT NULL AND json_type(NEW.request, '$.content') IS NULL
  BEGIN
    DELETE FROM conversation_entries
      WHERE conversation = ${conversationOf(partnerIn("OLD.request", "OLD.recipient"))} AND source = 1
      AND at = (SELECT received_at FROM commands WHERE seq = OLD.command_seq)
      AND ref = OLD.command_seq AND position = OLD.position;
  END;
  DROP TRIGGER entries_of_gone_command;
  CREATE TRIGGER entries_of_gone_command BEFORE DELETE ON commands
  BEGIN
    DELETE FROM conversation_entries WHERE (conversation, at, source, ref, position) IN (
      SELECT ${conversationOf(partnerIn("sends.request", "sends.recipient"))}, OLD.received_at, 1, command_seq, position
      FROM sends WHERE command_seq = OLD.seq AND request IS NOT NULL);
  END;
`;
