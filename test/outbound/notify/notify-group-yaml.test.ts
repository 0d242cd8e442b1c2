import { expect, test } from "vitest";
import { parse } from "yaml";

import { notifyGroupYaml } from "../../../src/outbound/notify/notify-group-yaml.ts";

test.each([
  ["twilio_sms"],
  ["twilio_sms", "twilio_call"],
  ["on", "no", "null", "1", "0123", "1e5", "_x", "y"],
])("the YAML that the app suggests for notifiers named %s keeps these names as texts", (...names) => {
  expect(parse(notifyGroupYaml(names), { version: "1.1" })).toEqual({
    notify: names.map((name) => ({ platform: "group", name, services: [] })),
  });
});
