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
  });
  return push.send(PUSH);
}
