import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { startHouse } from "../app/start-house.ts";
import { message, result } from "./script-requests.ts";

const MINUTE = 60_000;

test.for([20, -20])(
  "an action whose answer from Twilio was lost succeeds, although Twilio's clock is %i minutes ahead of the machine's",
  async (minutes) => {
    await using house = await startHouse({}, { now: () => Date.now() + minutes * MINUTE });
    house.twilio.failNext({ kind: "reset-after-acting" });
    house.request(message());
    expect(await result(house)).toMatchObject({ ok: true });
    expect(house.twilio.messages()).toHaveLength(1);
  },
);

test.for([20, -20])(
  "a message is not sent twice after the journal was lost, although Twilio's clock is %i minutes ahead of the machine's",
  async (minutes) => {
    await using house = await startHouse({}, { now: () => Date.now() + minutes * MINUTE });
    const request = message();
    house.request(request);
    await result(house);
    const journal = join(house.app.directory, "journal.db");
    await house.app.restart(() => Promise.resolve(writeFileSync(journal, "?".repeat(50_000))));
    await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
    house.request(request);
    await vi.waitFor(() => expect(house.fired("twilio_result")).toHaveLength(2));
    expect(house.twilio.messages()).toHaveLength(1);
  },
);
