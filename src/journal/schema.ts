import { CONVERSATION_SCHEMA } from "./conversation-schema.ts";

/**
 * All tables of the journal as they are today. The migrations create them. A test compares both, so change them
 * together. Times are milliseconds since 1970. JSON is stored as text. Each JSON has a codec in a file beside the code
 * that writes its table.
 *
 * Content is texts, media and gathered input. If a JSON is content as a whole, pruning removes it. In other JSON, content
 * is in the sub-object `content`, and pruning removes only that.
 *
 * The names of tables and columns have been released. Where the code uses a better word, the comment says it.
 */
export const SCHEMA = `
  -- ====== From Twilio to Home Assistant ======

  -- The event log: all events for Home Assistant, in this order.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL, -- The event's name in Home Assistant, such as twilio_data_received.
    kind TEXT, -- The kind of its webhook, such as message or call_status; NULL without a webhook (twilio_result).
    data TEXT NOT NULL, -- JSON: the event's data. Content as a whole, so pruning removes the row.
    received_at INTEGER NOT NULL,
    -- pending: waits. firing: sent to Home Assistant, not confirmed. delivered: confirmed.
    -- refused: Home Assistant will never accept it. kept: stored only, never fired.
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'firing', 'delivered', 'refused', 'kept')),
    unsure INTEGER NOT NULL DEFAULT 0, -- maybeDelivered. 1: Home Assistant may have received it already.
    reason TEXT, -- Why it was refused.
    sid TEXT, -- The SID of its message or call.
    late INTEGER NOT NULL DEFAULT 0, -- stale. 1: too old to act on, whatever received_at says.
    unproven INTEGER NOT NULL DEFAULT 0, -- ageUnverified. 1: waits until Twilio has said how old its SID is.
    missed INTEGER NOT NULL DEFAULT 0, -- 1: fired as twilio_data_missed.
    fetched INTEGER NOT NULL DEFAULT 0 -- 1: read from Twilio's list. Its webhook may still complete it.
  ) STRICT;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  -- Finds refused and missed events without reading those that were delivered in time.
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL OR missed = 1;
  CREATE INDEX events_fetched ON events (sid) WHERE fetched = 1;
  CREATE INDEX events_by_sid ON events (sid) WHERE sid IS NOT NULL;

  -- The dedupe keys and signatures of all webhooks. They outlive the events, so that no captured webhook fires again.
  CREATE TABLE webhook_keys (
    key TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- The ages of SIDs, for the replay check: when Twilio created a message or call.
  CREATE TABLE proven_sids (
    sid TEXT PRIMARY KEY,
    created_at INTEGER -- NULL if Twilio does not know it.
  ) STRICT, WITHOUT ROWID;

  -- The latest status of each message and call, sent by the app or not.
  CREATE TABLE latest_statuses (
    sid TEXT PRIMARY KEY,
    status TEXT NOT NULL, -- JSON: the latest status, and the latest status of a callback. No content.
    heard_step INTEGER NOT NULL, -- The rank of the latest status of a callback; -1 if there was none.
    told_at INTEGER NOT NULL -- When the latest status was stored.
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latest_statuses_by_age ON latest_statuses (told_at);

  -- The account's numbers to which a signed webhook came, for a message or a call.
  CREATE TABLE heard_numbers (
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (kind, address)
  ) STRICT, WITHOUT ROWID;

  -- The bounds of polling. Both tables hold Twilio's times, which are exact to the second.
  CREATE TABLE polled_accounts (
    account_sid TEXT PRIMARY KEY,
    poll_from INTEGER NOT NULL, -- Older messages are not fired, except as repeated after a lost journal.
    newest INTEGER NOT NULL, -- The newest message of the last complete round, to any number.
    lost_at INTEGER -- When the journal was lost, if poll_from is that time, by this machine's clock.
  ) STRICT, WITHOUT ROWID;

  -- Numbers and senders that were polled, or that the user chose on the Set-up page.
  CREATE TABLE polled_numbers (
    account_sid TEXT NOT NULL,
    address TEXT NOT NULL,
    choice TEXT CHECK (choice IN ('on', 'off')), -- NULL: the user has not chosen.
    poll_from INTEGER, -- Older messages to it are not fired. NULL while it is not polled.
    webhooks_arrive INTEGER NOT NULL DEFAULT 0, -- 1: its last message came by a webhook. 0: by polling, or no message came.
    PRIMARY KEY (account_sid, address)
  ) STRICT, WITHOUT ROWID;

  -- ====== From Home Assistant to Twilio ======

  -- The request inbox: requests that arrived before Home Assistant was running. Each becomes a command afterwards.
  CREATE TABLE heard_requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL, -- JSON: the request. Content as a whole, so pruning removes the row.
    heard_at INTEGER NOT NULL
  ) STRICT;

  -- The requests that were accepted: messages, calls and steps on calls.
  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL, -- send_message, make_call, talk or alarm.
    origin TEXT NOT NULL, -- The source of the request, as the panel shows it.
    received_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL, -- The app sends nothing after it.
    finished_at INTEGER, -- NULL while the command is open.
    fingerprint TEXT, -- Equal for equal payloads. A request_id with another fingerprint is refused.
    result TEXT, -- JSON: the data of its twilio_result, for a repeated request_id. Its content is pruned.
    wait_for TEXT NOT NULL DEFAULT 'accepted', -- The result is sent when this status is reached.
    priority TEXT -- alarm: a try of an alarm, with an own lane and limit, and without a twilio_result.
  ) STRICT;
  CREATE INDEX commands_open ON commands (seq) WHERE finished_at IS NULL;

  -- The deliveries: one message or call to one recipient of a command.
  CREATE TABLE sends (
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    request TEXT, -- JSON: what to send, its content is pruned. NULL if the app refused it before.
    -- waiting: no POST to Twilio yet. Posting: the POST has begun, and may have been answered. Done: it has a result.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'posting', 'done')),
    result TEXT, -- JSON: the result for this recipient, its content is pruned. NULL until then.
    kind TEXT, -- send_message or make_call, for the day's limits.
    recipient TEXT,
    reference TEXT, -- Part of the status callback's address, which connects the callback with the delivery.
    counted_at INTEGER, -- When it was counted in the daily limit; NULL if it does not count.
    posted_at INTEGER, -- When the last POST to Twilio began.
    sid TEXT,
    accepted TEXT, -- JSON: Twilio's answer, if the result waits for a later status. No content.
    opened INTEGER NOT NULL DEFAULT 0, -- 1: the app has sent the first step of this call to Twilio.
    entry TEXT, -- JSON: the input that the first step gathered. Content as a whole.
    PRIMARY KEY (command_seq, position)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sends_by_reference ON sends (reference) WHERE reference IS NOT NULL;
  CREATE INDEX sends_by_sid ON sends (sid) WHERE sid IS NOT NULL;
  CREATE INDEX sends_counted ON sends (kind, counted_at) WHERE counted_at IS NOT NULL;
  CREATE INDEX sends_by_recipient ON sends (kind, recipient, posted_at) WHERE posted_at IS NOT NULL;

  -- ====== Call sessions ======

  -- The steps of talk commands.
  CREATE TABLE talk_steps (
    step_id TEXT PRIMARY KEY, -- Unguessable. Part of the address to which Twilio sends the gathered input.
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    call_sid TEXT NOT NULL,
    step TEXT NOT NULL, -- JSON: what to say and to ask for. Content as a whole, so pruning removes the row.
    terms TEXT NOT NULL, -- JSON: how to hold the call while no step is active.
    given INTEGER NOT NULL DEFAULT 0, -- 1: the app has sent it to Twilio.
    from_address TEXT,
    to_address TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX talk_steps_by_command ON talk_steps (command_seq);
  CREATE INDEX talk_steps_by_call ON talk_steps (call_sid);

  -- The call sessions that have ended, and who ended them: the caller, the app or an error.
  CREATE TABLE ended_calls (
    call_sid TEXT PRIMARY KEY,
    ended_by TEXT NOT NULL,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ended_calls_by_age ON ended_calls (ended_at);

  -- ====== Alarms ======

  -- The alarms. Content as a whole, so pruning removes the row.
  CREATE TABLE alarms (
    id TEXT PRIMARY KEY, -- Random.
    name_key TEXT NOT NULL, -- The name in the form for comparison.
    has_ended INTEGER NOT NULL, -- 1: no person can take it any more.
    is_settled INTEGER NOT NULL, -- 1: it has ended, and so have its calls and messages.
    started_at INTEGER NOT NULL,
    data TEXT NOT NULL -- JSON: the alarm, with its people, messages and codes.
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alarms_unsettled ON alarms (started_at) WHERE is_settled = 0;
  CREATE INDEX alarms_by_name ON alarms (name_key, started_at);
  CREATE INDEX alarms_by_age ON alarms (started_at);

  -- The tries of alarms: one call, text or push to one person. Calls and texts are deliveries as well.
  CREATE TABLE alarm_tries (
    alarm_id TEXT NOT NULL REFERENCES alarms (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, -- From 1, in order.
    reference TEXT NOT NULL, -- That of its delivery. Random and secret.
    sid TEXT,
    recipient TEXT, -- The number that was called or written to; NULL for a push.
    is_call INTEGER NOT NULL,
    counted_at INTEGER, -- When it was counted in the daily limit of alarms; NULL if it does not count.
    data TEXT NOT NULL, -- JSON: the try. No content.
    PRIMARY KEY (alarm_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX alarm_tries_by_reference ON alarm_tries (reference);
  CREATE INDEX alarm_tries_by_sid ON alarm_tries (sid) WHERE sid IS NOT NULL;
  CREATE INDEX alarm_tries_counted ON alarm_tries (counted_at) WHERE counted_at IS NOT NULL;

  -- ====== The app itself ======

  -- Single values, by name: see SettingName in settings-table.ts.
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  ${CONVERSATION_SCHEMA}
`;
