import { expect, test } from "vitest";

import { useDataFolder } from "../../app/use-data-folder.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { AGAIN, eventually, OURS, RECEIVED, THEIRS, useCrashHouse } from "./crash-house.ts";

const house = useCrashHouse();
const { start, post, receivedEvents } = house;

function newMessage(): Record<string, string> {
  const { accountSid } = house.twilio;
  return messageParameters({ accountSid, from: THEIRS, to: OURS, body: "hi" });
}

test("a message survives a kill after Twilio has got its answer, before it is fired", async () => {
  useDataFolder(house.directory);
  // Before its first answer, the app loads some code, and fires the event meanwhile.
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
