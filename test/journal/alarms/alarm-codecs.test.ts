import { expect, test } from "vitest";

import { alarmTryCodec } from "../../../src/journal/alarms/alarm-codecs.ts";
import { tryOf } from "../../alarms/engine/alarm-with.ts";

test("a call of an alarm that an earlier version stored without a number of wrong PINs is read with none", () => {
  const { wrongPins, ...stored } = tryOf(1, 0);
  expect(alarmTryCodec.decode(JSON.stringify(stored))).toEqual({ ...stored, wrongPins });
});
