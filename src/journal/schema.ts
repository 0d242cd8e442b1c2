/** SQL for the person behind an address: the same by SMS, WhatsApp, RCS and telephone. */
export const personOf = (address: string): string => `CASE
    WHEN ${address} LIKE 'whatsapp:%' THEN substr(${address}, 10)
    WHEN ${address} LIKE 'rcs:%' THEN substr(${address}, 5)
    ELSE coalesce(${address}, '') END`;

/** SQL for the id of the conversation with that person; NULL if there is none. */
export const conversationOf = (address: string): string =>
  `(SELECT id FROM conversations WHERE address = ${personOf(address)})`;

/** Ends an INSERT of `(address, last_at)` into `conversations`: a conversation that exists gets the later time. */
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

/**
 * All tables of the journal as they are today. The migrations create them; a test holds both equal, so change them
 * together. Times are milliseconds since 1970. JSON is stored as text, and each has a codec in a file beside the code
 * that writes its table. Texts, media and what was entered are either all of a JSON, and pruning removes it, or lie in
 * its sub-object `content`, and pruning removes that.
 */
export const SCHEMA = `
  -- ====== From Twilio to Home Assistant ======

  -- The event log: everything that Home Assistant must be told, in this order.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL, -- The event's name in Home Assistant, such as twilio_data_received.
    kind TEXT, -- What its webhook is about, such as message or call_status; NULL if there was no webhook (twilio_result).
    data TEXT NOT NULL, -- JSON: the event's data. Content as a whole, so pruning removes the row.
    received_at INTEGER NOT NULL,
    -- pending: waits. firing: sent to Home Assistant, not confirmed. delivered: confirmed.
    -- refused: Home Assistant will never take it. kept: stored only, never fired.
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'firing', 'delivered', 'refused', 'kept')),
    unsure INTEGER NOT NULL DEFAULT 0, -- 1: may have been delivered already.
    reason TEXT, -- Why it was refused.
    sid TEXT, -- The message or call that it is about.
    late INTEGER NOT NULL DEFAULT 0, -- 1: too old to be acted on, whatever received_at says.
    unproven INTEGER NOT NULL DEFAULT 0, -- 1: held back until Twilio has told how old its SID is (after a lost journal).
    missed INTEGER NOT NULL DEFAULT 0 -- 1: was delivered as twilio_data_missed.
  ) STRICT;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  -- Finds refused and missed events without reading those that were delivered in time.
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL OR missed = 1;

  -- The dedupe keys and signatures of all webhooks. They outlive the events, so that no captured webhook fires again.
  CREATE TABLE webhook_keys (
    key TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- After a lost journal: when Twilio created a message or call.
  CREATE TABLE proven_sids (
    sid TEXT PRIMARY KEY,
    created_at INTEGER -- NULL if Twilio does not know it.
  ) STRICT, WITHOUT ROWID;

  -- The latest status of each message and call, sent by the app or not.
  CREATE TABLE latest_statuses (
    sid TEXT PRIMARY KEY,
    status TEXT NOT NULL, -- JSON: the latest status, and the latest that a callback told. No content.
    heard_step INTEGER NOT NULL, -- The furthest step that a callback told; -1 if only a look-up told anything.
    told_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latest_statuses_by_age ON latest_statuses (told_at);

  -- The account's numbers that a signed webhook has reached, as message or call.
  CREATE TABLE heard_numbers (
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (kind, address)
  ) STRICT, WITHOUT ROWID;

  -- ====== From Home Assistant to Twilio ======

  -- Requests that arrived before Home Assistant was running. Each becomes a command then.
  CREATE TABLE heard_requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL, -- JSON: the request. Content as a whole, so pruning removes the row.
    heard_at INTEGER NOT NULL
  ) STRICT;

  -- What automations asked for: messages, calls and steps on calls.
  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL, -- send_message, make_call or talk.
    origin TEXT NOT NULL, -- Who asked, for people.
    received_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL, -- Nothing is sent after it.
    finished_at INTEGER, -- NULL while it is open.
    fingerprint TEXT, -- Equal for equal payloads: the same request_id with a different one is refused.
    result TEXT, -- JSON: the data of its twilio_result, for a repeated request_id. Its content is pruned.
    wait_for TEXT NOT NULL DEFAULT 'accepted' -- The status that its result waits for.
  ) STRICT;
  CREATE INDEX commands_open ON commands (seq) WHERE finished_at IS NULL;

  -- One message or call to one recipient of a command.
  CREATE TABLE sends (
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    request TEXT, -- JSON: what to send, its content is pruned; NULL if it was refused before Twilio could be asked.
    -- waiting: Twilio has not been asked. posting: it is being asked, or has answered and a status is waited for.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'posting', 'done')),
    result TEXT, -- JSON: how it ended for this recipient, its content is pruned; NULL until then.
    kind TEXT, -- send_message or make_call, for the day's limits.
    recipient TEXT,
    reference TEXT, -- Stands in the address of the status callback; it proves which send a callback is about.
    counted_at INTEGER, -- When it was counted in the day's limit; NULL if it does not count.
    posted_at INTEGER, -- When Twilio was last asked.
    sid TEXT,
    accepted TEXT, -- JSON: Twilio's answer, if a later status is waited for. No content.
    opened INTEGER NOT NULL DEFAULT 0, -- 1: Twilio has fetched the first step of this call.
    entry TEXT, -- JSON: what was entered at the first step of this call. Content as a whole.
    PRIMARY KEY (command_seq, position)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sends_by_reference ON sends (reference) WHERE reference IS NOT NULL;
  CREATE INDEX sends_by_sid ON sends (sid) WHERE sid IS NOT NULL;
  CREATE INDEX sends_counted ON sends (kind, counted_at) WHERE counted_at IS NOT NULL;
  CREATE INDEX sends_by_recipient ON sends (kind, recipient, posted_at) WHERE posted_at IS NOT NULL;

  -- ====== Calls that automations hold ======

  -- The step of a talk command.
  CREATE TABLE talk_steps (
    step_id TEXT PRIMARY KEY, -- Unguessable; stands in the address to which Twilio brings what was entered.
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    call_sid TEXT NOT NULL,
    step TEXT NOT NULL, -- JSON: what is said and asked for. Content as a whole, so pruning removes the row.
    terms TEXT NOT NULL, -- JSON: how the call is held while no step is open.
    given INTEGER NOT NULL DEFAULT 0, -- 1: Twilio has fetched it.
    from_address TEXT,
    to_address TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX talk_steps_by_command ON talk_steps (command_seq);
  CREATE INDEX talk_steps_by_call ON talk_steps (call_sid);

  -- Which calls are over, and whether the caller, the app or an error ended them.
  CREATE TABLE ended_calls (
    call_sid TEXT PRIMARY KEY,
    ended_by TEXT NOT NULL,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ended_calls_by_age ON ended_calls (ended_at);

  -- ====== The app itself ======

  -- Single values, by name: see SettingName in settings-table.ts.
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- ====== The page "Conversations": an index over events and sends ======

  -- Triggers keep it in the transaction of each change. A webhook waits for them, so they write numbers only.

  -- One person.
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(12)))), -- Stands for the person in the address of a page.
    address TEXT NOT NULL UNIQUE,
    last_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_time ON conversations (last_at);

  -- One message or call with a person. source 0: ref is events.seq. source 1: ref and position are a send's.
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
  CREATE TRIGGER entry_of_moved_event AFTER UPDATE OF received_at ON events -- The proof of its age.
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
  -- The content of an old send has been pruned.
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

  -- A conversation without entries is removed with its last one.
  CREATE TRIGGER conversation_of_gone_entry AFTER DELETE ON conversation_entries
    WHEN OLD.at = (SELECT last_at FROM conversations WHERE id = OLD.conversation)
  BEGIN
    DELETE FROM conversations WHERE id = OLD.conversation
      AND NOT EXISTS (SELECT 1 FROM conversation_entries WHERE conversation = OLD.conversation);
    UPDATE conversations SET last_at = (SELECT max(at) FROM conversation_entries WHERE conversation = OLD.conversation)
      WHERE id = OLD.conversation;
  END;
`;
