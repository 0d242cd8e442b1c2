import { expect, test } from "vitest";

import { createAlarmPush } from "../../src/home-assistant/alarm-push.ts";
import {
  HomeAssistantRefusedError,
  HomeAssistantUnavailableError,
} from "../../src/home-assistant/connection/errors.ts";

const PUSH = { service: "mobile_app_alice", title: "Water", message: "Water.", tag: "water", button: null };

test.each([
  [
    "a missing action",
    new HomeAssistantRefusedError("not_found", "Service not found"),
    { code: "push_missing", message: "Home Assistant has no action notify.mobile_app_alice." },
  ],
  [
    "an error of the push service",
    new HomeAssistantRefusedError("home_assistant_error", "Rate limit exceeded"),
    {
      code: "push_failed",
      message: "Home Assistant could not send the push: Rate limit exceeded (home_assistant_error)",
    },
  ],
])("a push that fails because of %s is reported with this reason", async (_what, refusal, error) => {
  expect(await pushRefusedWith(refusal)).toEqual({ kind: "failed", error });
});

test("a push while Home Assistant is not reachable is reported as `away`, not as `failed`", async () => {
  const away = new HomeAssistantUnavailableError("Home Assistant is not connected.", false);
  expect(await pushRefusedWith(away)).toEqual({ kind: "away" });
});

function pushRefusedWith(reason: Error) {
  const push = createAlarmPush({
    callService: () => Promise.reject(reason),
    subscribeTrigger: () => () => undefined,
    onRunning: () => () => undefined,
  });
  return push.send(PUSH);
}

/** A phone behind a Home Assistant that is away until `comeBack`. */
function phoneBehindHouse() {
  const state = { isAway: true, called: [] as unknown[] };
  let onRunning = (): void => {};
  const push = createAlarmPush({
    async callService(_domain, service, data) {
      if (state.isAway) throw new HomeAssistantUnavailableError("Home Assistant is not connected.", false);
      state.called.push([service, data]);
    },
    subscribeTrigger: () => () => undefined,
    onRunning(listener) {
      onRunning = () => listener({} as never);
      return () => undefined;
    },
  });
  function comeBack(): void {
    state.isAway = false;
    onRunning();
  }
  return { push, state, comeBack };
}

test("a push that could not be removed from the phone is removed when Home Assistant runs again", () => {
  const { push, state, comeBack } = phoneBehindHouse();
  push.clear("mobile_app_alice", "water");
  comeBack();
  expect(state.called).toEqual([
    ["mobile_app_alice", { message: "clear_notification", data: { tag: "water" } }],
  ]);
});

test("a later push of the same alarm is not removed together with the one that it replaces", async () => {
  const { push, state, comeBack } = phoneBehindHouse();
  push.clear("mobile_app_alice", "water");
  state.isAway = false;
  await push.send(PUSH);
  comeBack();
  expect(state.called).toMatchObject([["mobile_app_alice", { message: "Water." }]]);
});
