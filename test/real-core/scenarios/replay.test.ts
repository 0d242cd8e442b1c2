import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { startBuiltApp } from "../../app/start-built-app.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { startCore } from "../house/core/start-core.ts";
import { storeMessages } from "../house/store-messages.ts";
import { watchBus } from "../house/watch-bus.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const MESSAGES = 20_000;
/** How many of the messages are too old to act on. */
const STALE = 2_000;
const RECEIVED = "twilio_data_received";
const MISSED = "twilio_data_missed";

describeWithCore("if the app has stored many messages while Home Assistant was away,", (installation) => {
  test("all 20,000 arrive in order, and another client of Home Assistant stays connected and misses no event", async () => {
    await using undo = new AsyncDisposableStack();
    const twilio = undo.use(await startTwilioSimulator());
    const core = undo.use(await startCore({ installation }));
    const directory = await mkdtemp(join(tmpdir(), "twilio-replay-"));
    undo.defer(() => rm(directory, { recursive: true }));
    const now = Date.now();
    await storeMessages({
      directory,
      count: MESSAGES,
      receivedAt: (n) => new Date(n < STALE ? now - 3_600_000 : now),
      accountSid: twilio.accountSid,
    });
    // The watcher connects before the app does, so that it receives all events.
    const watcher = undo.use(await watchBus(core.url, core.token, [RECEIVED, MISSED]));

    undo.use(
      await startBuiltApp({
        options: {
          ...accountOptions(twilio),
        },
        homeAssistant: core,
        directory,
        port: 0,
        onLine: () => {},
      }),
    );
    await watcher.received(MESSAGES);

    expect(watcher.events.findIndex(({ data }, index) => data["Body"] !== String(index))).toBe(-1);
    const types = watcher.events.map(({ type }) => type);
    expect(types.lastIndexOf(MISSED)).toBe(STALE - 1);
    expect(types.indexOf(RECEIVED)).toBe(STALE);
    expect(watcher.events.filter(({ data }) => "redelivered" in data)).toEqual([]);
    expect(core.log()).not.toContain("pending messages");
  });
});
