import { expect, test, vi } from "vitest";

import { SYSTEM_CLOCK } from "../../src/app/system/clock.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import { startRelayHouse } from "./start-relay-house.ts";

test.for([5_000, -5_000])(
  "a webhook through the relay is stored although Twilio's clock is %i ms ahead of the machine's",
  async (aheadMs) => {
    // The machine's monotonic clock has fractions of milliseconds, unlike that of other tests.
    const clock = { ...SYSTEM_PARTS.clock, monotonic: SYSTEM_CLOCK.monotonic };
    await using house = await startRelayHouse({
      twilioOptions: { now: () => Date.now() + aheadMs },
      settings: { clock },
    });
    const answer = await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Hello" });
    expect(answer.status).toBe(200);
    await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "Hello" }]));
    expect(house.app.lines.join()).not.toContain("could not store a webhook");
  },
);
