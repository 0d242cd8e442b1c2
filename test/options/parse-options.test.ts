import { inspect } from "node:util";

import { describe, expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { CREDENTIALS, parsed, SID, TOKEN } from "./parsed.ts";

test("the app needs only the credentials, and all other options have a default", () => {
  const { options, warnings } = parsed({});
  expect(warnings).toEqual([]);
  expect(options).toEqual({
    accountSid: SID,
    apiKeySid: null,
    publicUrl: null,
    defaultSender: null,
    notifiers: [],
    contacts: [],
    incomingCalls: { waitSeconds: 3, otherwise: { kind: "reject" } },
    reportStrangers: true,
    language: null,
    limits: { messagesPerDay: 250, callsPerDay: 50, alarmTriesPerDay: 200 },
    alarms: { whatsappTemplate: null },
    relay: { perDay: 5_000 },
    installScripts: true,
    historyDays: 30,
    logLevel: "info",
    apiBaseUrl: null,
    region: null,
    edge: null,
  });
});

test("the list `refused` of the parsed options names the entered options that the app does not use, or uses only in part", () => {
  const { refused } = parsed({
    public_url: "home.example",
    contacts: [{ name: "Alice", number: "+12125550123" }, { name: "" }],
    default_sender: "0301234567",
    region: "ie1",
    language: "en-GB",
  });
  expect(refused).toEqual(["public_url", "contacts", "region", "default_sender"]);
});

test("the list `refused` of the parsed options does not name an option with a risky value that the app uses", () => {
  const { warnings, refused } = parsed({ public_url: "http://192.168.1.10" });
  expect(warnings).toHaveLength(2);
  expect(refused).toEqual([]);
});

describe("faulty credentials prevent the start, and all of them are reported together:", () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ account_sid: undefined, auth_token: "" }, ["account_sid is missing", "auth_token is missing"]],
    [{ account_sid: "ACx", auth_token: "short" }, ["account_sid is malformed", "auth_token is malformed"]],
    [{ account_sid: `SK${"0".repeat(32)}` }, ["It looks like an API key"]],
    [{ account_sid: 12, auth_token: ["a"] }, ["account_sid is malformed", "auth_token is missing"]],
    [{ api_key_sid: `SK${"0".repeat(32)}` }, ["api_key_sid and api_key_secret belong together"]],
    [{ api_key_secret: "s3cr3t" }, ["belong together"]],
    [{ api_key_sid: "SK1", api_key_secret: "s3cr3t" }, ["api_key_sid is malformed"]],
    [{ auth_token_previous: "s3cr3t" }, ["auth_token_previous is malformed"]],
  ])("%o", (raw, sentences) => {
    const result = parseOptions({ ...CREDENTIALS, ...raw });
    expect(result.ok).toBe(false);
    const faults = result.ok ? [] : result.faults;
    expect(faults).toHaveLength(sentences.length);
    for (const sentence of sentences) expect(faults.join("\n")).toContain(sentence);
    expect(faults.join()).not.toContain("s3cr3t");
  });
});

describe("any other faulty option causes a warning, and the app uses its default:", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ log_level: "loud" }, "log_level:"],
    [{ history_days: 0 }, "history_days: enter a whole number, at least 1 (found 0)"],
    [{ history_days: "many" }, "history_days:"],
    [
      { limits: { messages_per_day: -1 } },
      "limits: messages_per_day: enter a whole number, at least 0 (found -1)",
    ],
    [{ limits: 5 }, "limits:"],
    [
      { incoming_calls: { wait_seconds: 11 } },
      "wait_seconds: enter a number of seconds from 0 to 10 (found 11)",
    ],
    [{ incoming_calls: { otherwise: "say" } }, "otherwise: say needs a text"],
    [{ incoming_messages: { strangers: "shoot" } }, "incoming_messages: strangers:"],
    [{ language: "no language!" }, "language: enter a language"],
    [{ public_url: "home" }, "public_url: it is not a URL"],
    [{ public_url: "ftp://home.example" }, "public_url: it must start with https://"],
    [{ public_url: "https://my_home.example" }, "underscore"],
    [{ api_base_url: "x" }, "api_base_url: enter a URL"],
    [{ install_scripts: "yes" }, "install_scripts:"],
    [{ notifiers: "sms" }, "notifiers:"],
    [{ region: "ie1" }, "region and edge: only one is set"],
    [{ public_urll: "x" }, "public_urll: there is no such option"],
  ])("%o", (raw, sentence) => {
    const { warnings, options } = parsed(raw);
    expect(warnings).toEqual([expect.stringContaining(sentence)]);
    expect(options).toEqual(parsed({}).options);
  });
});

describe("public_url is accepted also with a path at its end, a query or blanks:", () => {
  test.each([
    ["https://home.example", "https://home.example"],
    ["https://home.example/", "https://home.example"],
    ["https://home.example/webhook", "https://home.example"],
    ["https://home.example/twilio/webhook/", "https://home.example/twilio"],
    ["https://Home.Example:8443/webhook?x=1#rc=2", "https://home.example:8443"],
    ["  https://home.example/a/b/ ", "https://home.example/a/b"],
  ])("%s", (given, expected) => {
    expect(parsed({ public_url: given }).options.publicUrl).toBe(expected);
  });

  test("with http in place of https, and with a warning", () => {
    expect(parsed({ public_url: "http://home.example" }).warnings).toEqual([
      expect.stringContaining("use https"),
    ]);
  });
});

describe("valid entries of lists in the options are used:", () => {
  test("notifiers", () => {
    const { options, warnings } = parsed({
      notifiers: [
        { name: "Twilio SMS", type: "sms", from_number: 15005550006 },
        { name: "call", type: "call", from_number: "+1 500 555 0006", beside_core: true },
        { name: "whatsapp", type: "sms", from_number: "whatsapp:+14155238886" },
        { name: "alerts", type: "sms", from_number: "MyAlerts" },
        { name: "twilio_sms", type: "sms", from_number: "+15005550006" },
        { name: "x", type: "fax", from_number: "+1" },
        { name: "y", type: "call", from_number: "MyAlerts" },
        "nonsense",
      ],
    });
    expect(options.notifiers).toEqual([
      { name: "twilio_sms", type: "sms", fromNumber: "+15005550006", besideCore: false, targets: [] },
      { name: "call", type: "call", fromNumber: "+15005550006", besideCore: true, targets: [] },
      {
        name: "whatsapp",
        type: "sms",
        fromNumber: "whatsapp:+14155238886",
        besideCore: false,
        targets: [],
      },
      { name: "alerts", type: "sms", fromNumber: "MyAlerts", besideCore: false, targets: [] },
    ]);
    expect(warnings.map((warning) => warning.slice(0, 20))).toEqual(
      [5, 6, 7, 8].map((n) => `notifiers, entry ${n}: `),
    );
    expect(warnings[0]).toContain("the name is already used");
  });

  test.each<[unknown, readonly string[]]>([
    ["+12125550123", ["+12125550123"]],
    ["+12125550123, Alice", ["+12125550123", "Alice"]],
    [" Alice ;Bob\n'+12125550123' ", ["Alice", "Bob", "+12125550123"]],
    [12125550123, ["12125550123"]],
    [
      ["+12125550123", " Alice ", 22395, ""],
      ["+12125550123", "Alice", "22395"],
    ],
    ["", []],
    [" , ", []],
    [null, []],
    [undefined, []],
  ])("the targets %j of a notifier", (targets, found) => {
    const entry = { name: "x", type: "sms", from_number: "+15005550006", targets };
    expect(parsed({ notifiers: [entry] }).options.notifiers[0]?.targets).toEqual(found);
  });

  test.each([true, { number: "+12125550123" }, [["Alice"]]])(
    "but the targets %j of a notifier are ignored, with a warning",
    (targets) => {
      const entry = { name: "x", type: "sms", from_number: "+15005550006", targets };
      const { options, warnings } = parsed({ notifiers: [entry] });
      expect(options.notifiers).toMatchObject([{ name: "x", targets: [] }]);
      expect(warnings).toEqual([
        expect.stringMatching(/^notifiers, entry 1: targets: enter numbers or names/),
      ]);
    },
  );

  test("contacts", () => {
    const { options, warnings } = parsed({
      contacts: [
        { name: "Alice", number: "+1 (212) 555-0123" },
        { name: "ALICE", number: "+12125550123" },
        { name: "Bob", number: "unknown" },
        { name: "", number: "+1" },
        { name: "Anna", number: "0171 / 1234567" },
        { name: "Carl", number: 12125550124 },
        { name: "Dora", number: "whatsapp: +49 171 1234567" },
        { name: "Emil", number: "+49 (0)171 1234567" },
      ],
    });
    expect(options.contacts).toEqual([
      { name: "Alice", number: "+12125550123" },
      { name: "Anna", number: "0171 / 1234567" },
      { name: "Carl", number: "12125550124" },
      { name: "Dora", number: "whatsapp:+491711234567" },
      { name: "Emil", number: "+49 (0)171 1234567" },
    ]);
    expect(warnings.map((warning) => warning.slice(0, 19))).toEqual(
      [2, 3, 4].map((n) => `contacts, entry ${n}: `.slice(0, 19)),
    );
  });

  test("contacts with the same name are both used, with a warning, because an action cannot distinguish them", () => {
    const contacts = [
      { name: "Alice", number: "+12125550123" },
      { name: "alice", number: "+12125550199" },
    ];
    const { options, warnings } = parsed({ contacts });
    expect(options.contacts).toEqual(contacts);
    expect(warnings).toEqual([expect.stringContaining("Alice and alice are the same name")]);
  });
});

test("a secret option is shown only by its method `reveal`", () => {
  const { options, secrets } = parsed({
    auth_token_previous: "e".repeat(32),
    api_base_url: "https://space.example",
    webhook_secret: "hush",
  });
  expect(secrets.authToken.reveal()).toBe(TOKEN);
  for (const shown of [
    JSON.stringify(secrets),
    inspect(secrets),
    String(secrets.authToken),
    inspect(options),
  ]) {
    expect(shown).not.toContain(TOKEN);
    expect(shown).not.toContain("hush");
  }
});
