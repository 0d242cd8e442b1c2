import { expect, test } from "vitest";

import { generatedRequestId } from "../../../src/outbound/commands/parse-request.ts";
import { createLookUpBeforeSending } from "../../../src/outbound/delivery/look-up-before-sending.ts";
import { clockWith } from "../../clock-with.ts";
import { commandOf } from "./command-of.ts";

const LOST_AT = 1_000;

test("after the journal was lost, the app asks Twilio before it sends a message, but not before a delivery of an alarm", async () => {
  const asked: string[] = [];
  const lookUp = createLookUpBeforeSending({
    lostAt: LOST_AT,
    sentLookUp: {
      readList({ to }) {
        asked.push(to);
        return Promise.resolve("unclear");
      },
    },
    clock: clockWith({ now: () => LOST_AT + 1_000 }),
  });
  const found = async (over: Parameters<typeof commandOf>[1]): Promise<unknown> => {
    const command = commandOf(["+12125550123"], over);
    const [delivery] = command.deliveries;
    return delivery?.request === undefined || delivery.request === null
      ? null
      : await lookUp(delivery.request, delivery.reference, command);
  };
  expect(await found({})).toBe("unclear");
  expect(asked).toHaveLength(1);
  expect(await found({ requestId: "alarm:1", priority: "alarm" })).toBe("none");
  expect(asked).toHaveLength(1);
});

test("if Twilio refuses its list, the app sends only a request that no automation can repeat", async () => {
  const lookUp = createLookUpBeforeSending({
    lostAt: LOST_AT,
    sentLookUp: { readList: () => Promise.resolve("refused") },
    clock: clockWith({ now: () => LOST_AT + 1_000 }),
  });
  const found = async (requestId: string): Promise<unknown> => {
    const command = commandOf(["+12125550123"], { requestId });
    const [delivery] = command.deliveries;
    return delivery?.request ? await lookUp(delivery.request, delivery.reference, command) : null;
  };
  expect(await found("gate")).toBe("refused");
  expect(await found(generatedRequestId("event", "00000000-0000-4000-8000-000000000001"))).toBe("none");
});
