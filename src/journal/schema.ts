import { CONVERSATION_SCHEMA } from "./conversation-schema.ts";

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
    missed INTEGER NOT NULL DEFAULT 0, -- 1: was delivered as twilio_data_missed.
    fetched INTEGER NOT NULL DEFAULT 0 -- 1: read from Twilio's list; its webhook may still complete it.
  ) STRICT;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  -- Finds refused and missed events without reading those that were delivered in time.
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL OR missed = 1;
  CREATE INDEX events_fetched ON events (sid) WHERE fetched = 1;

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

  -- From when on messages are polled. Times of both tables are Twilio's, which are exact to the second.
  CREATE TABLE polled_accounts (
    account_sid TEXT PRIMARY KEY,
    poll_from INTEGER NOT NULL, -- Nothing older is told, except as repeated after a lost journal.
    newest INTEGER NOT NULL, -- The newest message that a completed round has seen, whoever it was for.
    lost_at INTEGER -- The loss of a journal that poll_from stands for, by this machine's clock.
  ) STRICT, WITHOUT ROWID;

  -- Numbers and senders that were polled, or about which somebody decided on the Set-up page.
  CREATE TABLE polled_numbers (
    account_sid TEXT NOT NULL,
    address TEXT NOT NULL,
    choice TEXT CHECK (choice IN ('on', 'off')), -- NULL: nobody decided.
    poll_from INTEGER, -- No older message to it is told; NULL while it is not polled.
    webhooks_arrive INTEGER NOT NULL DEFAULT 0, -- 1: its last message came by a webhook. 0: by polling, or none came.
    PRIMARY KEY (account_sid, address)
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

  ${CONVERSATION_SCHEMA}
`;
