import { CONVERSATION_SCHEMA } from "./conversation-schema.ts";

/**
 * All tables of the journal as the newest migration leaves them. A test compares this text with the migrated database,
 * so change both together.
 *
 * Times are milliseconds since 1970. JSON is stored as text. Each JSON has a codec, in a file beside the code that
 * writes its table.
 *
 * Content means texts, media and gathered input. If a JSON is content as a whole, pruning removes it. In other JSON,
 * content is in the sub-object `content`, and pruning removes only that.
 *
 * Tables and columns keep their released names. Where the code uses another word, a comment names it.
 */
export const SCHEMA = `
  -- ====== From Twilio to Home Assistant ======

  -- All events for Home Assistant, in this order. In the code: the event log.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL, -- The event's name in Home Assistant, such as twilio_data_received.
    kind TEXT, -- What its webhook reported, such as message; NULL if no webhook caused the event.
    data TEXT NOT NULL, -- JSON: the event's data. Content as a whole, so pruning removes the row.
    received_at INTEGER NOT NULL,
    -- Not fired yet (pending), fired but not confirmed by Home Assistant (firing), or confirmed (delivered).
    -- Home Assistant will never accept it (refused), or the app only stores it (kept).
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'firing', 'delivered', 'refused', 'kept')),
    unsure INTEGER NOT NULL DEFAULT 0, -- 1: Home Assistant may have received it before. In the code: maybeDelivered.
    reason TEXT, -- Why Home Assistant refused it.
    sid TEXT, -- The SID of the message or call that the event is about.
    late INTEGER NOT NULL DEFAULT 0, -- 1: not to act on, whatever received_at says. In the code: stale.
    unproven INTEGER NOT NULL DEFAULT 0, -- 1: waits until Twilio has reported its age. In the code: ageUnverified.
    missed INTEGER NOT NULL DEFAULT 0, -- 1: Home Assistant received it as twilio_data_missed.
    fetched INTEGER NOT NULL DEFAULT 0 -- 1: read from Twilio's list. A webhook may still add fields.
  ) STRICT;
  CREATE INDEX events_open ON events (seq) WHERE unproven = 0 AND state IN ('pending', 'firing');
  CREATE INDEX events_unproven ON events (sid) WHERE unproven = 1;
  CREATE INDEX events_recorded ON events (sid) WHERE kind = 'recording';
  -- Finds events that were refused or fired as missed, without reading all other delivered events.
  CREATE INDEX events_told ON events (state, seq) WHERE reason IS NOT NULL OR missed = 1;
  CREATE INDEX events_fetched ON events (sid) WHERE fetched = 1;
  CREATE INDEX events_by_sid ON events (sid) WHERE sid IS NOT NULL;

  -- The dedupe keys and signatures of all webhooks. Pruning keeps them, so that no captured webhook fires again.
  CREATE TABLE webhook_keys (
    key TEXT PRIMARY KEY,
    first_seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- When Twilio created a message or call, for the replay check after a first start or a lost journal.
  CREATE TABLE proven_sids (
    sid TEXT PRIMARY KEY,
    created_at INTEGER -- NULL if Twilio does not know the SID.
  ) STRICT, WITHOUT ROWID;

  -- The latest status of each message and call, also of those that the app has not sent.
  CREATE TABLE latest_statuses (
    sid TEXT PRIMARY KEY,
    status TEXT NOT NULL, -- JSON: the latest status, and the latest one in a callback. No content.
    heard_step INTEGER NOT NULL, -- The rank of the latest status in a callback; -1 without a callback.
    told_at INTEGER NOT NULL -- When the latest status was stored.
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX latest_statuses_by_age ON latest_statuses (told_at);

  -- The account's numbers at which a signed webhook reported a message or a call.
  CREATE TABLE heard_numbers (
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (kind, address)
  ) STRICT, WITHOUT ROWID;

  -- The state of polling: up to which message Twilio's list has been read. Times are by Twilio's clock, in whole
  -- seconds.
  CREATE TABLE polled_accounts (
    account_sid TEXT PRIMARY KEY,
    poll_from INTEGER NOT NULL, -- Older messages fire no event, except after a lost journal.
    newest INTEGER NOT NULL, -- When the newest message of the last complete read was created.
    lost_at INTEGER -- If a lost journal set poll_from: the time of the loss, by this machine's clock.
  ) STRICT, WITHOUT ROWID;

  -- Numbers and senders that the app has polled, or whose polling the user has turned on or off on the page Setup.
  CREATE TABLE polled_numbers (
    account_sid TEXT NOT NULL,
    address TEXT NOT NULL,
    choice TEXT CHECK (choice IN ('on', 'off')), -- NULL: the user has not chosen.
    poll_from INTEGER, -- Older messages to this number fire no event. NULL while it is not polled.
    -- 1: the number's last message came by a webhook. 0: it came by polling, or no message came.
    webhooks_arrive INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_sid, address)
  ) STRICT, WITHOUT ROWID;

  -- ====== From Home Assistant to Twilio ======

  -- Requests of automations that arrived before Home Assistant was running; each becomes a command later. In the
  -- code: the request inbox.
  CREATE TABLE heard_requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    data TEXT NOT NULL, -- JSON: the request. Content as a whole, so pruning removes the row.
    heard_at INTEGER NOT NULL
  ) STRICT;

  -- The accepted requests of automations: for messages, calls and steps on calls.
  CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL, -- send_message, make_call, talk or alarm.
    origin TEXT NOT NULL, -- What made the request, such as notify.twilio_sms.
    received_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL, -- After this time, the app sends nothing for the command.
    finished_at INTEGER, -- NULL until the command has its result.
    fingerprint TEXT, -- A hash of the payload. Another payload with the same request_id is refused.
    result TEXT, -- JSON: the data of its twilio_result, fired again if the request_id comes again. Its content is pruned.
    wait_for TEXT NOT NULL DEFAULT 'accepted', -- The automation gets its result at this status.
    priority TEXT -- alarm: a call or text of an alarm. It has its own limit and fires no twilio_result.
  ) STRICT;
  CREATE INDEX commands_open ON commands (seq) WHERE finished_at IS NULL;

  -- One message or call to one recipient of a command. In the code: a delivery.
  CREATE TABLE sends (
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    request TEXT, -- JSON: what to send. Its content is pruned. NULL if the app refused the recipient.
    -- No POST to Twilio has begun (waiting), or the last POST has begun and was perhaps answered (posting), or the
    -- delivery has a result (done).
    state TEXT NOT NULL CHECK (state IN ('waiting', 'posting', 'done')),
    result TEXT, -- JSON: the result for this recipient. Its content is pruned. NULL before the end.
    kind TEXT, -- send_message or make_call, for the daily limits.
    recipient TEXT,
    reference TEXT, -- A secret ID in the URL of the status callback. By it, a callback finds its delivery.
    counted_at INTEGER, -- When the delivery was counted in the daily limit; NULL if it was not.
    posted_at INTEGER, -- When the last POST to Twilio began.
    sid TEXT,
    accepted TEXT, -- JSON: Twilio's answer, while the result waits for a later status. No content.
    opened INTEGER NOT NULL DEFAULT 0, -- 1: the app has sent the first step of this call to Twilio.
    entry TEXT, -- JSON: the input that the caller gave in the first step. Content as a whole.
    PRIMARY KEY (command_seq, position)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sends_by_reference ON sends (reference) WHERE reference IS NOT NULL;
  CREATE INDEX sends_by_sid ON sends (sid) WHERE sid IS NOT NULL;
  CREATE INDEX sends_counted ON sends (kind, counted_at) WHERE counted_at IS NOT NULL;
  CREATE INDEX sends_by_recipient ON sends (kind, recipient, posted_at) WHERE posted_at IS NOT NULL;

  -- ====== Call sessions ======

  -- The steps of calls: each is one run of script.twilio_talk.
  CREATE TABLE talk_steps (
    step_id TEXT PRIMARY KEY, -- A secret in the URL to which Twilio sends the gathered input.
    command_seq INTEGER NOT NULL REFERENCES commands (seq) ON DELETE CASCADE,
    call_sid TEXT NOT NULL,
    step TEXT NOT NULL, -- JSON: what the call says and asks for. Content as a whole, so pruning removes the row.
    terms TEXT NOT NULL, -- JSON: how the app holds the call until the next step arrives.
    given INTEGER NOT NULL DEFAULT 0, -- 1: the app has sent the step's TwiML to Twilio.
    from_address TEXT,
    to_address TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX talk_steps_by_command ON talk_steps (command_seq);
  CREATE INDEX talk_steps_by_call ON talk_steps (call_sid);

  -- The ended calls that automations controlled. ended_by is the caller, the app, an error or not_reached. The last one
  -- means that the app's answer came too late for the webhook relay.
  CREATE TABLE ended_calls (
    call_sid TEXT PRIMARY KEY,
    ended_by TEXT NOT NULL,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ended_calls_by_age ON ended_calls (ended_at);

  -- ====== Alarms ======

  -- The alarms. Content as a whole, so pruning removes the row.
  CREATE TABLE alarms (
    id TEXT PRIMARY KEY, -- A random ID.
    name_key TEXT NOT NULL, -- The alarm's name in lower case, to find it by its name.
    has_ended INTEGER NOT NULL, -- 1: nobody can take the alarm any more.
    is_settled INTEGER NOT NULL, -- 1: the alarm and all its calls and messages have ended.
    started_at INTEGER NOT NULL,
    data TEXT NOT NULL -- JSON: the alarm, with its people, messages and codes.
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alarms_unsettled ON alarms (started_at) WHERE is_settled = 0;
  CREATE INDEX alarms_by_name ON alarms (name_key, started_at);
  CREATE INDEX alarms_by_age ON alarms (started_at);

  -- The tries of alarms: one call, text or push to one person. A call or text is a delivery as well.
  CREATE TABLE alarm_tries (
    alarm_id TEXT NOT NULL REFERENCES alarms (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, -- Counts the tries of the alarm, from 1.
    reference TEXT NOT NULL, -- The random, secret ID of the delivery by which the try was made.
    sid TEXT,
    recipient TEXT, -- The number for a call or text; NULL for a push.
    is_call INTEGER NOT NULL,
    counted_at INTEGER, -- When the try was counted in the daily limit of alarms; NULL if it was not.
    data TEXT NOT NULL, -- JSON: what was done and its outcome. No content.
    PRIMARY KEY (alarm_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX alarm_tries_by_reference ON alarm_tries (reference);
  CREATE INDEX alarm_tries_by_sid ON alarm_tries (sid) WHERE sid IS NOT NULL;
  CREATE INDEX alarm_tries_counted ON alarm_tries (counted_at) WHERE counted_at IS NOT NULL;

  -- ====== The app itself ======

  -- Single values by name, see SettingName in settings-table.ts. In the code: the settings table.
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  ${CONVERSATION_SCHEMA}
`;
