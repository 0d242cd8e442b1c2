import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { describe, expect, test, vi } from "vitest";

import { parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { OURS, startHouse, THEIRS } from "../../app/start-house.ts";
import type { TestHouse } from "../../app/start-house.ts";

const SMS = { name: "sms", type: "sms", from_number: OURS };
const CALL = { name: "call", type: "call", from_number: OURS };
const OPTIONS = {
  notifiers: [SMS, CALL, { ...SMS, name: "alerts", targets: `${THEIRS}, Alice` }],
  contacts: [{ name: "Alice", number: "+12125550124" }],
};

async function settles(check: () => void): Promise<void> {
  await vi.waitFor(check, { interval: 5 });
}

function notify({ home }: TestHouse, service: string, data: object): void {
  home.emit("call_service", { domain: "notify", service, service_data: data });
}

function listensToSms({ home }: TestHouse): boolean {
  return home.listensTo("call_service", { domain: "notify", service: "sms" });
}

/** The number of stored requests that wait until Home Assistant runs. */
function pendingRequests({ app }: TestHouse): number {
  using journal = new DatabaseSync(join(app.directory, "journal.db"), { readOnly: true });
  return Number(journal.prepare("SELECT count(*) AS pending FROM heard_requests").get()?.["pending"]);
}

interface Shown {
  readonly notification_id: string;
  readonly title: string;
  readonly message: string;
}

/** The notifications in Home Assistant, the newest last. */
function shown({ home }: TestHouse): Shown[] {
  return home.called.filter(({ service }) => service === "create").map(({ data }) => data as Shown);
}

/** The result and the notification, when both have come. */
async function reports(
  house: TestHouse,
): Promise<{ result: object | undefined; notification: Shown | undefined }> {
  await settles(() => expect([house.fired("twilio_result").length, shown(house).length]).toEqual([1, 1]));
  return { result: house.fired("twilio_result")[0], notification: shown(house)[0] };
}

function refusal(code: string, why: RegExp): object {
  const message = expect.stringMatching(why) as unknown;
  return {
    result: {
      request_id: expect.stringMatching(/^notify_/) as unknown,
      ok: false,
      error: { code, message, more_info: null },
    },
    notification: { title: expect.stringMatching(/^Twilio: .*notify\./) as unknown, message },
  };
}

describe("a notify action with which nothing can be sent shows a notification with the reason:", () => {
  test.each<[string, string, object, string, RegExp]>([
    ["no target", "sms", { message: "hi" }, "no_recipient", /`target`.*`targets`/],
    ["no target of a call", "call", { message: "hi" }, "no_recipient", /`target`/],
    ["an empty target", "sms", { message: "hi", target: "" }, "no_recipient", /`target`/],
    ["a list of empty targets", "sms", { message: "hi", target: ["", null] }, "no_recipient", /`target`/],
    ["an empty message", "sms", { message: "", target: THEIRS }, "empty_message", /`message` is empty/],
    ["a blank message", "call", { message: " \n", target: THEIRS }, "empty_message", /`message` is empty/],
    ["an invisible message", "sms", { message: "\u200B", target: THEIRS }, "empty_message", /is empty/],
    [
      "a message that is too long",
      "sms",
      { message: "x".repeat(1601), target: THEIRS },
      "invalid",
      /`message` has 1601 characters/,
    ],
    ["a title alone", "sms", { title: "Fire", target: THEIRS }, "empty_message", /`title` is not sent/],
    [
      "a call with only a picture",
      "call",
      { message: "", target: THEIRS, data: { media_url: "https://a.example/1.png" } },
      "empty_message",
      /`message` is empty/,
    ],
    [
      "a blank picture",
      "sms",
      { message: "", target: THEIRS, data: { media_url: "" } },
      "empty_message",
      /./,
    ],
    ["a list as message", "sms", { message: ["a"], target: THEIRS }, "invalid", /`message` must be a text/],
    [
      "too many recipients",
      "sms",
      { message: "hi", target: Array.from({ length: 1001 }, () => THEIRS) },
      "invalid",
      /1001 recipients; at most 1000/,
    ],
    ["a mapping as target", "sms", { message: "hi", target: { number: 1 } }, "invalid", /neither a number/],
    ["a decimal as target", "sms", { message: "hi", target: 12.5 }, "invalid", /neither a number/],
    ["an unknown contact", "sms", { message: "hi", target: "Zoe" }, "invalid", /Zoe/],
  ])("with %s", async (_what, service, data, code, why) => {
    await using house = await startHouse(OPTIONS);
    notify(house, service, data);
    expect(await reports(house)).toMatchObject(refusal(code, why));
    expect(house.posts()).toBe(0);
  });

  test("also if the notifier is paused", async () => {
    await using house = await startHouse(OPTIONS);
    house.home.components.push("twilio_sms.notify");
    house.home.disconnect();
    await settles(() => expect(JSON.stringify(shown(house))).toContain("twilio_core_platform"));
    notify(house, "sms", { message: "hi", target: THEIRS });
    await settles(() =>
      expect(house.fired("twilio_result")).toMatchObject([{ ok: false, error: { code: "paused" } }]),
    );
    await settles(() =>
      expect(shown(house).map(({ notification_id: id }) => id)).toContain("twilio_nothing_sent_sms_paused"),
    );
    expect(house.posts()).toBe(0);
  });

  test("also if it was called before Home Assistant ran", async () => {
    await using house = await startHouse(OPTIONS);
    house.home.behaviour.state = "STARTING";
    house.home.disconnect();
    await settles(() => expect([house.home.connections(), listensToSms(house)]).toEqual([2, true]));
    notify(house, "sms", { message: "hi" });
    await settles(() => expect(pendingRequests(house)).toBe(1));
    house.home.behaviour.state = "RUNNING";
    expect(await reports(house)).toMatchObject(refusal("no_recipient", /`target`/));
  });

  test.each([
    ["refused", { message: "hi" }, 1],
    ["failed", { message: "hi", target: "Zoe" }, 1],
  ])("but only one notification if the same action is %s each time", async (_what, data, ids) => {
    await using house = await startHouse(OPTIONS);
    for (let n = 0; n < 4; n += 1) notify(house, "sms", data);
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(4));
    await settles(() => expect(shown(house)).toHaveLength(4));
    expect(new Set(shown(house).map(({ notification_id: id }) => id)).size).toBe(ids);
  });

  test("also if only some recipients cannot be reached, and the others get the message", async () => {
    await using house = await startHouse(OPTIONS);
    notify(house, "sms", { message: "hi", target: [THEIRS, "Zoe", { a: 1 }, 12.5] });
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
    expect(house.fired("twilio_result")[0]).toMatchObject({
      ok: false,
      recipients: [{ to: THEIRS, error: null }, { to: "Zoe" }, { to: '{"a":1}' }, { to: "12.5" }],
    });
    await settles(() => expect(shown(house)[0]?.message).toContain("Not successful for 3 of 4 recipients"));
    expect(house.twilio.messages().map(({ to }) => to)).toEqual([THEIRS]);
  });
});

describe("the targets in the options of a notifier", () => {
  test.each<[string, object]>([
    ["without a target", { message: "hi" }],
    ["with an empty one", { message: "hi", target: "" }],
    ["with an empty list", { message: "hi", target: [] }],
  ])("get the message of an action %s", async (_what, data) => {
    await using house = await startHouse(OPTIONS);
    notify(house, "alerts", data);
    await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
    const sentTo = house.twilio.messages().map(({ to }) => to);
    expect(sentTo.toSorted()).toEqual([THEIRS, "+12125550124"]);
  });

  test("are named in the error if one of them cannot be reached", async () => {
    await using house = await startHouse({ notifiers: [{ ...SMS, targets: `${THEIRS}, Zoe` }] });
    notify(house, "sms", { message: "hi" });
    expect((await reports(house)).notification?.message).toContain("targets (entry 2): Zoe is neither");
    expect(house.app.lines.join("\n")).toContain(
      "notify.sms: nothing is sent to one recipient. targets (entry 2): it is neither",
    );
  });

  test("get nothing if the action has a target", async () => {
    await using house = await startHouse(OPTIONS);
    notify(house, "alerts", { message: "hi", target: "+12125550125" });
    await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
    expect(house.twilio.messages().map(({ to }) => to)).toEqual(["+12125550125"]);
  });
});

describe("the sent text is exactly the text that Home Assistant's template made, even if it looks like a number or a list:", () => {
  const NUMBERS = ["8944500102198765432", "21.0", "0.30000000000000004", "-0.0", "18446744073709551617"];

  test.each(NUMBERS)("%s with a notify action", async (source) => {
    await using house = await startHouse(OPTIONS);
    notify(house, "sms", { message: parseExactJson(source), target: THEIRS });
    await settles(() => expect(house.twilio.messages()).toMatchObject([{ body: source }]));
  });

  test("with a notify action that is stored for the next start of the app", async () => {
    await using house = await startHouse(OPTIONS);
    house.home.behaviour.state = "STARTING";
    house.home.disconnect();
    await settles(() => expect([house.home.connections(), listensToSms(house)]).toEqual([2, true]));
    for (const source of NUMBERS) {
      notify(house, "sms", { message: parseExactJson(source), target: THEIRS });
      const payload = { to: THEIRS, message: parseExactJson(source) };
      house.request({ command: "send_message", payload });
    }
    await settles(() => expect(pendingRequests(house)).toBe(2 * NUMBERS.length));
    await house.app.restart(() => Promise.resolve(void (house.home.behaviour.state = "RUNNING")));
    await settles(() => expect(house.twilio.messages()).toHaveLength(2 * NUMBERS.length));
    const bodies = house.twilio.messages().map(({ body }) => body);
    expect(bodies.toSorted()).toEqual([...NUMBERS, ...NUMBERS].toSorted());
  });

  test.each(NUMBERS)("%s in content_variables and request_id of the event twilio_request", async (source) => {
    await using house = await startHouse(OPTIONS);
    const payload = {
      to: THEIRS,
      content_sid: `HX${"0".repeat(32)}`,
      content_variables: parseExactJson(`{"1": ${source}, "2": "${source}"}`),
    };
    house.request({ command: "send_message", payload, timeout: parseExactJson("60.0") });
    const asText = { ...payload, content_variables: `{"1": ${source}, "2": "${source}"}` };
    house.request({ command: "send_message", payload: asText, request_id: parseExactJson(source) });
    await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }, { ok: true }]));
    expect(house.fired("twilio_result").map(({ request_id: id }) => id)).toContain(source);
    const sent = house.twilio.requests().map(({ form }) => form["ContentVariables"]);
    const variables = JSON.stringify({ 1: source, 2: source });
    expect(sent.filter((one) => one !== undefined)).toEqual([variables, variables]);
  });

  test("but numeric fields are still read as numbers", async () => {
    await using house = await startHouse(OPTIONS);
    const payload = parseExactJson(
      `{"to": [12125550123, 12125550124.0], "say": 21.0, "repeat": 2.0, "ring_seconds": 20.0}`,
    );
    house.request({ command: "make_call", payload });
    await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
    const forms = house.twilio.requests().flatMap(({ form }) => (form["Twiml"] === undefined ? [] : [form]));
    expect(forms.map(({ To }) => String(To)).toSorted()).toEqual([THEIRS, "+12125550124"]);
    for (const form of forms) {
      expect(form["Timeout"]).toBe("20");
      expect(form["Twiml"]).toMatch(/loop="2".*>21\.0</);
    }
  });

  test("and a number with too many digits is refused as a recipient, and quoted completely", async () => {
    await using house = await startHouse(OPTIONS);
    const payload = { to: parseExactJson("155512345671555123456"), message: "hi" };
    house.request({ command: "send_message", payload });
    await settles(() =>
      expect(house.fired("twilio_result")).toMatchObject([{ to: "155512345671555123456", ok: false }]),
    );
    expect(house.posts()).toBe(0);
  });
});
