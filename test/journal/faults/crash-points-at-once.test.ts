import { expect, test } from "vitest";

import { useDataFolder } from "../../app/use-data-folder.ts";
import {
  AGAIN,
  eventually,
  NOT_SENT_UNKNOWN,
  RECEIVED,
  REQUEST,
  SENT,
  useCrashHouse,
} from "./crash-house.ts";

const house = useCrashHouse();
const { start, post, newMessage, receivedEvents } = house;

test("if the app is killed after it answered a message's webhook and before it fired the event, the next start fires the event", async () => {
  useDataFolder(house.directory);
  // The first answer takes longer, because the app loads some code, and the event is fired before it. So kill after
  // the second.
  const dying = await start("after answer 2");
  expect(await post(dying, newMessage())).toBe(200);
  await eventually(() => expect(receivedEvents()).toEqual([RECEIVED]));
  const second = newMessage();
  expect(await post(dying, second)).toBe(200);
  expect(await dying.app.ended).toBeNull();
  const ofSecond = (): string[] => receivedEvents(second["MessageSid"]);
  expect(ofSecond()).toEqual([]);
  await start();
  await eventually(() => expect(ofSecond()).toEqual([AGAIN]));
});

/**
 * A name, the point of the kill, and the result of a second request, which is stored and marked as being sent in one
 * step.
 */
const AT_ONCE: readonly (readonly [string, string, object])[] = [
  ["before it is stored", "before req_2", SENT],
  ["after it is stored, before the POST", "after req_2", NOT_SENT_UNKNOWN],
];

test.each(AT_ONCE)(
  "a request that is sent to Twilio as soon as it arrives gets a result and is not sent twice after a kill %s",
  async (_name, dieAt, expected) => {
    const dying = await start(dieAt);
    house.home.emit("twilio_request", REQUEST);
    await eventually(() => expect(receivedEvents()).toEqual(["twilio_result"]));
    const second = { ...REQUEST, request_id: "req_2" };
    house.home.emit("twilio_request", second);
    expect(await dying.app.ended).toBeNull();
    const alive = await start();
    house.home.emit("twilio_request", second);
    const results = (): unknown[] =>
      house.home.fired.filter(({ data }) => data["request_id"] === "req_2").map(({ data }) => data["ok"]);
    await eventually(() => expect(results().length).toBeGreaterThan(0));
    await alive.app[Symbol.asyncDispose]();
    expect(new Set(results()).size).toBe(1);
    expect({ ok: results()[0], sent: house.twilio.messages().length - 1 }).toEqual(expected);
  },
);
