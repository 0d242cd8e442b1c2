import { expect, test } from "vitest";

import { HomeAssistantRefusedError } from "../../../src/home-assistant/connection/errors.ts";
import { createHouseWebhook } from "../../../src/home-assistant/webhook/house-webhook.ts";

const ID = "0123456789abcdef".repeat(4);
const OWN = { webhook_id: ID, domain: "websocket_api", local_only: false, allowed_methods: ["POST"] };
const HOOK = { [ID]: { cloudhook_url: "https://hooks.nabu.casa/known" } };

/** A Home Assistant with these answers by command. Commands that are not listed are refused. */
function houseWith(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const house = createHouseWebhook((message) => {
    const { type } = message;
    asked.push(type);
    return type in answers
      ? Promise.resolve(answers[type])
      : Promise.reject(new HomeAssistantRefusedError("unknown_command", "Unknown command."));
  });
  return { house, asked };
}

const loggedIn = (cloudhooks: object = {}) => ({
  logged_in: true,
  active_subscription: true,
  prefs: { cloudhooks },
});
const EXTERNAL = { get_config: { external_url: "https://home.example/" } };

test("the relay's webhook prefers Home Assistant Cloud to an external URL, and uses an existing cloudhook again", async () => {
  const { house, asked } = houseWith({ "cloud/status": loggedIn(HOOK), ...EXTERNAL });
  expect(await house.address(ID)).toEqual({ kind: "cloudhook", url: "https://hooks.nabu.casa/known" });
  expect(asked).not.toContain("cloud/cloudhook/create");
});

test("if the relay's webhook has no cloudhook yet, the app creates one", async () => {
  const { house } = houseWith({
    "cloud/status": loggedIn(),
    "cloud/cloudhook/create": { cloudhook_url: "https://hooks.nabu.casa/new" },
  });
  expect(await house.address(ID)).toEqual({ kind: "cloudhook", url: "https://hooks.nabu.casa/new" });
});

test.each([
  ["is not loaded", {}],
  ["is logged out", { "cloud/status": { logged_in: false, cloud: "disconnected" } }],
  ["has no subscription", { "cloud/status": { ...loggedIn(), active_subscription: false } }],
  ["creates no cloudhook", { "cloud/status": loggedIn() }],
])("if Home Assistant Cloud %s, the relay's webhook uses the external URL", async (_title, answers) => {
  const { house } = houseWith({ ...answers, ...EXTERNAL });
  expect(await house.address(ID)).toEqual({
    kind: "external_url",
    url: `https://home.example/api/webhook/${ID}`,
  });
});

test("without Home Assistant Cloud and an external URL, the relay's webhook has no public URL, and looking for one creates no cloudhook", async () => {
  const { house, asked } = houseWith({ get_config: { external_url: null } });
  expect(await house.address(ID)).toBe("no_address");
  const cloud = houseWith({ "cloud/status": loggedIn(), ...EXTERNAL });
  expect(await cloud.house.hasAddress()).toBe("cloudhook");
  expect([...asked, ...cloud.asked]).not.toContain("cloud/cloudhook/create");
});

test("without an external URL, a cloudhook that Home Assistant Cloud refuses is reported as missing", async () => {
  const { house } = houseWith({ "cloud/status": loggedIn(), get_config: { external_url: null } });
  expect(await house.address(ID)).toBe("no_cloudhook");
});

test.each([
  ["registered", "it is the app's, takes POST and is not only local", [OWN]],
  ["missing", "there is none", []],
  ["missing", "it belongs to another integration", [{ ...OWN, domain: "twilio" }]],
  ["missing", "it is only local", [{ ...OWN, local_only: true }]],
  ["missing", "it takes no POST", [{ ...OWN, allowed_methods: ["GET"] }]],
])("the app counts its webhook in Home Assistant as %s if %s", async (result, _situation, list) => {
  const { house } = houseWith({ "webhook/list": list });
  expect(await house.isRegistered(ID)).toBe(result === "registered");
});
