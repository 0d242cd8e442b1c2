import { expect, test } from "vitest";

import { useDataFolder } from "../../app/use-data-folder.ts";
import { callParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { setLastBackfill } from "../set-last-backfill.ts";
import {
  AGAIN,
  eventually,
  MISSED,
  NOT_SENT_UNKNOWN,
  OURS,
  RECEIVED,
  REQUEST,
  SENT,
  THEIRS,
  useCrashHouse,
} from "./crash-house.ts";

const house = useCrashHouse();
const { start, startProcess, post, newMessage, receivedEvents } = house;

/**
 * A name, the point of the kill, and the events for a message and for a call, after Twilio has repeated its webhook.
 */
const INBOUND: readonly (readonly [string, string, string[], string[]])[] = [
  ["before its webhook is stored", "before INSERT OR IGNORE INTO webhook_keys", [RECEIVED], [RECEIVED]],
  [
    "after its webhook is stored, before Twilio gets an answer",
    "after INSERT OR IGNORE INTO webhook_keys",
    [AGAIN],
    [MISSED],
  ],
  [
    "before its delivery to Home Assistant is stored",
    "before delivered",
    [RECEIVED, AGAIN],
    [RECEIVED, MISSED],
  ],
  ["after its delivery to Home Assistant is stored", "after delivered", [RECEIVED], [RECEIVED]],
];

/** The parameters of the webhook of a new message, or of the call. */
function parametersOf(kind: "message" | "call"): Record<string, string> {
  return kind === "message"
    ? newMessage()
    : callParameters({
        accountSid: house.twilio.accountSid,
        callSid: `CA${"1".repeat(32)}`,
        from: THEIRS,
        to: OURS,
        status: "ringing",
        direction: "inbound",
      });
}

test.each(
  INBOUND.flatMap(([name, dieAt, message, call]) => [
    ["message", name, dieAt, message] as const,
    ["call", name, dieAt, call] as const,
  ]),
)(
  "a %s is not lost after a kill of the app %s, and a repeated event has the field `redelivered`",
  async (kind, _name, dieAt, expected) => {
    const parameters = parametersOf(kind);
    useDataFolder(house.directory);
    const dying = await start(dieAt);
    await post(dying, parameters);
    expect(await dying.app.ended).toBeNull();
    const alive = await start();
    expect(await post(alive, parameters)).toBe(200);
    await eventually(() => expect(receivedEvents()).toEqual(expected));
    expect(await post(alive, parameters)).toBe(200);
    await alive.app[Symbol.asyncDispose]();
    expect(receivedEvents()).toEqual(expected);
  },
);

/**
 * A name, the point of the kill, the result for the script that repeats its request, and how many messages Twilio has
 * sent.
 */
const OUTBOUND: readonly (readonly [string, string, object])[] = [
  ["before the request is stored", "before INSERT INTO commands", SENT],
  ["after the request is stored", "after INSERT INTO commands", SENT],
  ["before the start of the POST is stored", "before state = 'posting'", SENT],
  // The app cannot know whether its POST was sent. The POST was not sent, and the app does not repeat it.
  ["after the start of the POST is stored, before the POST", "after state = 'posting'", NOT_SENT_UNKNOWN],
  ["after Twilio has sent the message, before the result is stored", "before state = 'done'", SENT],
  ["after the result is stored", "after state = 'done'", SENT],
  ["before the end of the request is stored", "before SET finished_at", SENT],
  ["after the end of the request is stored", "after SET finished_at", SENT],
];

/** A request with a picture is stored first, and marked as being sent later. */
const WITH_PICTURE = {
  ...REQUEST,
  payload: { ...REQUEST.payload, media: "https://pictures.example/gate.jpg" },
};

test.each(OUTBOUND)(
  "a request of an automation gets a result and is not sent twice after a kill of the app %s",
  async (_name, dieAt, expected) => {
    const dying = await start(dieAt);
    house.home.emit("twilio_request", WITH_PICTURE);
    expect(await dying.app.ended).toBeNull();
    const alive = await start();
    house.home.emit("twilio_request", WITH_PICTURE);
    await eventually(() => expect(receivedEvents()).toContain("twilio_result"));
    await alive.app[Symbol.asyncDispose]();
    const results = house.home.fired
      .filter(({ type }) => type === "twilio_result")
      .map(({ data }) => data["ok"]);
    expect(new Set(results).size).toBe(1);
    expect({ ok: results[0], sent: house.twilio.messages().length }).toEqual(expected);
  },
);

test("if the app is killed before Twilio's answer arrives, a message that Twilio has sent is not sent again", async () => {
  house.twilio.failNext({ kind: "hang" });
  const dying = await start();
  house.home.emit("twilio_request", REQUEST);
  await eventually(() => expect(house.twilio.messages()).toHaveLength(1));
  await dying.app.kill();
  await start();
  await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
  expect(house.home.fired[0]?.data).toMatchObject({ ok: true, sid: house.twilio.messages()[0]?.sid });
  expect(house.twilio.messages()).toHaveLength(1);
});

test("an event that was fired before a kill of the app is fired again with `redelivered` if Home Assistant had not confirmed it", async () => {
  house.home.behaviour.ignoreEvents = true;
  const dying = await start();
  const parameters = newMessage();
  expect(await post(dying, parameters)).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  await dying.app.kill();
  house.home.behaviour.ignoreEvents = false;
  await start();
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED, AGAIN]));
});

/** The results if Twilio answers 429 at first. */
const BUSY: readonly (readonly [string, string, object])[] = [
  // The journal says that the POST has begun, but not that Twilio refused it.
  ["before the refusal by Twilio is stored", "before state = 'waiting'", NOT_SENT_UNKNOWN],
  ["after the refusal by Twilio is stored", "after state = 'waiting'", SENT],
];

test.each(BUSY)(
  "a request that Twilio has refused with 429 gets a result and is not sent twice after a kill of the app %s",
  async (_name, dieAt, expected) => {
    house.twilio.failNext({ kind: "error", status: 429, code: 20_429, message: "Too many requests" });
    const dying = await start(dieAt);
    house.home.emit("twilio_request", REQUEST);
    expect(await dying.app.ended).toBeNull();
    await start();
    await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
    expect({ ok: house.home.fired[0]?.data["ok"], sent: house.twilio.messages().length }).toEqual(expected);
  },
);

test("a request that came while Home Assistant was starting is carried out after a kill of the app", async () => {
  const dying = await start("after INSERT INTO heard_requests");
  house.home.behaviour.state = "STARTING";
  house.home.disconnect();
  await eventually(() =>
    expect([house.home.connections(), house.home.listensTo("twilio_request")]).toEqual([2, true]),
  );
  house.home.emit("twilio_request", REQUEST);
  expect(await dying.app.ended).toBeNull();
  house.home.behaviour.state = "RUNNING";
  await start();
  await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
  expect([house.home.fired[0]?.data["ok"], house.twilio.messages().length]).toEqual([true, 1]);
});

test("an event that waits again after a lost connection is still fired after a kill of the app", async () => {
  house.home.behaviour.ignoreEvents = true;
  const dying = await start("after SET state = 'pending'");
  const parameters = newMessage();
  expect(await post(dying, parameters)).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  house.home.disconnect();
  expect(await dying.app.ended).toBeNull();
  house.home.behaviour.ignoreEvents = false;
  await start();
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED, AGAIN]));
});

test("a message that the backfill stored is fired once after a kill of the app", async () => {
  const first = await start();
  expect(await post(first, newMessage("one"))).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  await first.app[Symbol.asyncDispose]();
  const missedAt = new Date(Date.now() - 120_000);
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "missed", createdAt: missedAt });
  setLastBackfill(house.directory, missedAt);
  const app = await startProcess("after INSERT OR IGNORE INTO webhook_keys");
  expect(await app.ended).toBeNull();
  await start();
  await eventually(() => expect(house.home.fired.map(({ data }) => data["Body"])).toEqual(["one", "missed"]));
  expect(house.home.fired[1]).toMatchObject({ type: RECEIVED, data: { source: "backfill" } });
});
