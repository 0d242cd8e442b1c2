import { CONVERSATION_TABLES } from "./001-conversations.ts";

/**
 * All tables of the first released version, which is version 6 of the schema: versions 1 to 5 were never released.
 * Times are milliseconds since 1970. JSON is stored as text.
 */
export const FIRST_VERSION = `
  ------------------------------------------------------------------------------------------------------------------
  -- From Twilio to Home Assistant
  ------------------------------------------------------------------------------------------------------------------

  -- The event log: everything that Home Assistant must be told, in this order.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The event's name in Home Assistant, such as twilio_data_received.
    type TEXT NOT NULL,
    -- What a webhook is about, such as message or call_status; NULL for what is about no webhook (twilio_result).
    kind TEXT,
    data TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- pending: waits. firing: sent to Home Assistant, not confirmed. delivered: confirmed.
    -- refused: Home Assistant will never take it. kept: stored only, never fired.
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'firing', 'delivered', 'refused', 'kept')),
    -- 1: may have been delivered already.
    unsure INTEGER NOT NULL DEFAULT 0,
    -- Why it was refused; "missed" where it was delivered as twilio_data_missed.
    reason TEXT,
    -- The message or call that it is about.
    sid TEXT,
    -- 1: too old to be acted on, whatever received_at says.
    late INTEGER NOT NULL DEFAULT 0,
    -- 1: held back until Twilio has told how old its SID is (after a lost journal).
    unproven INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  -- Finds refused and missed events without reading those that were delivered in time.
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL;

  -- The dedupe keys and signatures of all webhooks. They outlive the events, so that no captured webhook fires again.
  CREATE TABLE webhook_keys (
    key TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- After a lost journal: when Twilio created a message or call. NULL where Twilio does not know it.
  CREATE TABLE proven_sids (
    sid TEXT PRIMARY KEY,
    created_at INTEGER
  ) STRICT, WITHOUT ROWID;

  -- The latest status of each message and call, ours or not.
  CREATE TABLE latest_statuses (
    sid TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    -- The furthest step that a status callback has told; -1 where only a look-up has told anything.
    heard_step INTEGER NOT NULL,
    told_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latest_statuses_by_age ON latest_statuses (told_at);

  -- Our numbers that a signed webhook has reached, as message or call.
  CREATE TABLE heard_numbers (
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (kind, address)
  ) STRICT, WITHOUT ROWID;

  ------------------------------------------------------------------------------------------------------------------
  -- From Home Assistant to Twilio
  ------------------------------------------------------------------------------------------------------------------

  -- Requests that arrived before Home Assistant was running. Each becomes a command then.
  CREATE TABLE heard_requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL,
    heard_at INTEGER NOT NULL
  ) STRICT;

  -- What automations asked for: messages, calls and steps on calls.
  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    -- send_message, make_call or talk.
    command TEXT NOT NULL,
    -- Who asked, for people.
    origin TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- Nothing is sent after it.
    deadline INTEGER NOT NULL,
    -- NULL while it is open.
    finished_at INTEGER,
    -- Equal for equal payloads: the same request_id with another one is refused.
    fingerprint TEXT,
    -- The data of its twilio_result, for a repeated request_id.
    result TEXT,
    -- The status that its result waits for.
    wait_for TEXT NOT NULL DEFAULT 'accepted'
  ) STRICT;
  CREATE INDEX commands_open ON commands (seq) WHERE finished_at IS NULL;

  -- One message or call to one recipient of a command.
  CREATE TABLE sends (
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- NULL where the recipient was refused before Twilio could be asked.
    request TEXT,
    -- waiting: Twilio has not been asked. posting: it is being asked, or has answered and a status is waited for.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'posting', 'done')),
    result TEXT,
    -- send_message or make_call, for the day's limits.
    kind TEXT,
    recipient TEXT,
    -- Stands in the address of the status callback; it proves which send a callback is about.
    reference TEXT,
    -- When it was counted in the day's limit; NULL where it does not count.
    counted_at INTEGER,
    -- When Twilio was last asked.
    posted_at INTEGER,
    sid TEXT,
    -- What Twilio answered, where a later status is waited for.
    accepted TEXT,
    -- 1: Twilio has fetched the first step of this call.
    opened INTEGER NOT NULL DEFAULT 0,
    -- What was entered at the first step of this call.
    entry TEXT,
    PRIMARY KEY (command_seq, position)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sends_by_reference ON sends (reference) WHERE reference IS NOT NULL;
  CREATE INDEX sends_by_sid ON sends (sid) WHERE sid IS NOT NULL;
  CREATE INDEX sends_counted ON sends (kind, counted_at) WHERE counted_at IS NOT NULL;
  CREATE INDEX sends_by_recipient ON sends (kind, recipient, posted_at) WHERE posted_at IS NOT NULL;

  ------------------------------------------------------------------------------------------------------------------
  -- Calls that automations hold
  ------------------------------------------------------------------------------------------------------------------

  -- The step of a talk command.
  CREATE TABLE talk_steps (
    -- Unguessable; stands in the address to which Twilio brings what was entered.
    step_id TEXT PRIMARY KEY,
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    call_sid TEXT NOT NULL,
    step TEXT NOT NULL,
    -- How the call is held while no step is open.
    terms TEXT NOT NULL,
    -- 1: Twilio has fetched it.
    given INTEGER NOT NULL DEFAULT 0,
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

  ------------------------------------------------------------------------------------------------------------------
  -- The app itself
  ------------------------------------------------------------------------------------------------------------------

  -- Single values, by name: see FactName in kept-facts.ts.
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

${CONVERSATION_TABLES}
`;
