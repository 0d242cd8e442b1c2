import { describe, expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { unclear, sentencesFor } from "./option-faults.ts";
import { CREDENTIALS, SID, TOKEN } from "./parsed.ts";

describe("a warning is logged for a malformed option", () => {
  test.each<[string, unknown, string]>([
    ["account_sid", SID.slice(0, -1), "AC and 32"],
    ["account_sid", `${SID}0`, "AC and 32"],
    ["account_sid", TOKEN, "looks like an Auth Token, which belongs in auth_token"],
    ["account_sid", `SK${"0".repeat(32)}`, "looks like an API key"],
    ["auth_token", TOKEN.slice(1), "32 digits"],
    ["auth_token", SID, "looks like an Account SID, which belongs in account_sid"],
    ["auth_token", "••••••••", "32 digits"],
    ["auth_token_previous", SID, "looks like an Account SID"],
    ["api_key_sid", SID, "looks like an Account SID"],
    ["api_key_secret", `SK${"0".repeat(32)}`, "looks like an API key"],
    ["public_url", "home.example", "such as https://home.example"],
    ["public_url", "https://", "such as https://home.example"],
    ["public_url", "ftp://home.example", "must start with https://"],
    ["public_url", "https://my_home.example", "underscore"],
    ["public_url", "https://me:hush@home.example", "user name or password"],
    ["public_url", "https://192.168.1.2:8080", "address on the internet"],
    ["public_url", "https://homeassistant.local", "address on the internet"],
    ["public_url", "https://localhost", "address on the internet"],
    ["public_url", "https://[fd00::1]", "address on the internet"],
    ["default_sender", "0301234567", "country's code"],
    ["default_sender", "+1", "country's code"],
    ["default_sender", `+${"1".repeat(16)}`, "country's code"],
    ["default_sender", `PN${"0".repeat(32)}`, "another kind of SID"],
    ["default_sender", "MG12345678901234", "Messaging Service SID"],
    ["default_sender", "A name too long", "at most 11"],
    ["default_sender", "12!", "at most 11"],
    ["notifiers.name", "!!", "such as twilio_sms"],
    ["notifiers.name", "Привет", "such as twilio_sms"],
    ["notifiers.type", "SMS", "sms or call"],
    ["notifiers.type", "fax", "sms or call"],
    ["notifiers.from_number", "0301234567", "country's code"],
    ["notifiers.from_number", SID, "another kind of SID"],
    ["contacts.number", "Alice", "such as +12125550123"],
    ["contacts.number", "+1", "such as +12125550123"],
    ["incoming_calls.wait_seconds", -0.1, "from 0 to 10 (found -0.1)"],
    ["incoming_calls.wait_seconds", 10.5, "from 0 to 10 (found 10.5)"],
    ["incoming_calls.otherwise", "answer", 'reject, hang_up or say (found "answer")'],
    ["incoming_calls.say", "", "enter one in say"],
    ["incoming_calls.say", "x".repeat(4_097), "at most 4096"],
    ["incoming_messages.strangers", "block", "report or ignore"],
    ["language", "German", "such as de or en-GB"],
    ["language", "no language!", "such as de or en-GB"],
    ["limits.messages_per_day", -1, "at least 0 (found -1)"],
    ["limits.messages_per_day", 1.5, "whole number"],
    ["limits.calls_per_day", -1, "at least 0 (found -1)"],
    ["relay.per_day", -1, "at least 0 (found -1)"],
    ["history_days", 0, "at least 1 (found 0)"],
    ["history_days", 1.5, "whole number"],
    ["log_level", "warn", "debug, info, warning or error"],
    ["log_level", "INFO", "debug, info, warning or error"],
    ["api_base_url", "space", "such as https://"],
    ["api_base_url", "https://me:hush@space.example", "user name or password"],
    ["region", "de1", "de1 is no region"],
    ["edge", "mars", "mars is no edge"],
  ])("%s: %j", (path, value, fragment) => {
    expect(unclear(path, value)).toBeNull();
    expect(sentencesFor(path, value)[0]).toContain(fragment);
  });

  test("such as a notifier of calls whose sender is a name", () => {
    const notifiers = [{ name: "twilio_call", type: "call", from_number: "MyAlerts" }];
    const result = parseOptions({ ...CREDENTIALS, notifiers });
    expect(result).toMatchObject({
      warnings: [expect.stringMatching(/entry 1: from_number of a call: enter/)],
    });
  });
});

describe("names in the options", () => {
  test("that are used twice cause a warning", () => {
    const notifier = { name: "twilio_sms", type: "sms", from_number: "+15005550006" };
    const contact = { name: "Alice", number: "+12125550123" };
    const result = parseOptions({
      ...CREDENTIALS,
      notifiers: [notifier, { ...notifier, name: "Twilio SMS" }],
      contacts: [contact, contact, { ...contact, number: "+12125550124" }],
    });
    expect(result).toMatchObject({
      warnings: [
        expect.stringMatching(/^notifiers, entry 2: the name is already used; enter another one/),
        expect.stringMatching(/^contacts, entry 2: the same .*; enter them once/),
        expect.stringMatching(/^contacts: Alice and Alice are the same name .* give them different names\.$/),
      ],
    });
  });

  test("of unknown options cause a warning, with a similar option as a suggestion", () => {
    const result = parseOptions({
      ...CREDENTIALS,
      Public_URL: "https://home.example",
      nonsense: 1,
      contacts: [{ name: "Alice", number: "+12125550123", nummber: "x" }],
      limits: { messages_per_dat: 5 },
    });
    expect(result).toMatchObject({
      warnings: [
        "Public_URL: there is no such option; enter public_url if you mean that; it is ignored.",
        "nonsense: there is no such option; it is ignored.",
        "contacts, entry 1: nummber: there is no such option; enter number if you mean that; it is ignored.",
        "limits: messages_per_dat: there is no such option; enter messages_per_day if you mean that; it is ignored.",
      ],
    });
  });

  test("that contain accents become the same action names as in Home Assistant", () => {
    const notifiers = [{ name: "Büro Café", type: "sms", from_number: "+15005550006" }];
    expect(parseOptions({ ...CREDENTIALS, notifiers })).toMatchObject({
      options: { notifiers: [{ name: "buro_cafe" }] },
      warnings: [],
    });
  });
});
