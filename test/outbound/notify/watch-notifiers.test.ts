import { expect, test } from "vitest";

import type { Notifier } from "../../../src/outbound/notify/notify-call.ts";
import { watchNotifiers } from "../../../src/outbound/notify/watch-notifiers.ts";
import type { CorePlatforms } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";

const SMS: Notifier = {
  name: "sms",
  type: "sms",
  fromNumber: "+15005550006",
  besideCore: false,
  targets: [],
};

function watchOf(isThere: boolean) {
  const ended: string[] = [];
  let loaded: (platforms: CorePlatforms) => void = () => {};
  const watch = watchNotifiers({
    notifiers: [SMS],
    actions: {
      exists: () => Promise.resolve(isThere),
      onChange: () => () => void ended.push("changes"),
      onPlatformsLoaded(listener) {
        loaded = listener;
        return () => void ended.push("platforms");
      },
    },
    notifications: { raise() {}, dismiss() {} },
    clock: clockWith({}),
    stopping: new AbortController().signal,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  return { watch, ended, load: (platforms: CorePlatforms) => loaded(platforms) };
}

test("at each start of Home Assistant, a notifier is paused if Core's own integration would send its messages, too", () => {
  const { watch, load } = watchOf(true);
  expect(watch.pausedBecause(SMS)).toBeNull();
  load({ sms: true, call: false });
  expect(watch.pausedBecause(SMS)).toContain("twilio_sms");
  load({ sms: false, call: true });
  expect(watch.pausedBecause(SMS)).toBeNull();
});

test.each([true, false])(
  "at each start of Home Assistant, the app asks whether the notifier's action exists (it does: %s)",
  async (isThere) => {
    const { watch, load } = watchOf(isThere);
    expect(watch.isMissing(SMS)).toBeNull();
    load({ sms: false, call: false });
    await expect.poll(() => watch.isMissing(SMS)).toBe(!isThere);
  },
);

test("when the app stops, it ends its subscriptions to changed notify actions and to Core's loaded integrations", () => {
  const { watch, ended } = watchOf(true);
  watch[Symbol.dispose]();
  expect(ended.toSorted()).toEqual(["changes", "platforms"]);
});
