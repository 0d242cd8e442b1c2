import { createHash } from "node:crypto";

import { afterEach, describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";

let house: TestHouse;
afterEach(() => house[Symbol.asyncDispose]());

const message = (body: string) =>
  messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body });

/** Sends a webhook to `url`, as Twilio does. `path` is its path when it reaches the app. */
const send = (url: string, path: string, parameters: Readonly<Record<string, string>>, method = "POST") =>
  sendWebhook(
    house.twilio.authToken,
    { url, deliverTo: `http://127.0.0.1:${house.app.port}${path}`, method: method as "GET" | "POST" },
    parameters,
  );

const hints = (): string[] => house.app.lines.filter((line) => line.includes("answered with 404"));

async function received(count: number) {
  await vi.waitFor(() => expect(house.fired("twilio_data_received")).toHaveLength(count));
  return house.fired("twilio_data_received");
}

describe("a webhook URL that ends with a slash", () => {
  test.each<[string, string, string]>([
    ["https://home.example", "/webhook/", "/webhook/"],
    ["https://home.example", "/webhook/?house=1", "/webhook/?house=1"],
    ["https://home.example/twilio", "/webhook/", "/twilio/webhook/"],
    ["https://home.example/twilio/", "/webhook/", "/webhook/"],
  ])(
    "is accepted (public_url %s, URL at Twilio ends with %s, arriving as %s)",
    async (publicUrl, entered, path) => {
      house = await startHouse({ public_url: publicUrl });
      const url = publicUrl.replace(/\/$/, "") + entered;
      expect((await send(url, path, message("hi"))).status).toBe(200);
      expect((await received(1))[0]).toMatchObject({ Body: "hi" });
    },
  );

  test("is also accepted for statuses and recordings, but not if Twilio signed the URL without the slash", async () => {
    house = await startHouse();
    const status = { MessageSid: "SM1", MessageStatus: "sent" };
    const call = { CallSid: "CA1", CallStatus: "completed" };
    expect((await send(`${PUBLIC_URL}/status/message/`, "/status/message/", status)).status).toBe(204);
    expect((await send(`${PUBLIC_URL}/status/call/`, "/status/call/", call)).status).toBe(204);
    expect((await send(`${PUBLIC_URL}/recording/`, "/recording/", { CallSid: "CA1" })).status).toBe(204);
    expect((await send(`${PUBLIC_URL}/webhook`, "/webhook/", message("hi"))).status).toBe(403);
    await vi.waitFor(() => expect(house.fired("twilio_call_status")).toHaveLength(1));
  });

  test("counts as the URL without the slash, so the same webhook fires no second event", async () => {
    house = await startHouse();
    const parameters = message("once");
    await send(`${PUBLIC_URL}/webhook`, "/webhook", parameters);
    await send(`${PUBLIC_URL}/webhook/`, "/webhook/", parameters);
    await send(`${PUBLIC_URL}/webhook`, "/webhook", message("marker"));
    expect((await received(2)).map(({ Body }) => Body)).toEqual(["once", "marker"]);
  });
});

describe("a signed request to a path that the app does not have gets 404 and one log line:", () => {
  test.each(["/", "/webhooks", "/api/webhook/12345", "//webhook", "/Webhook", `/${"x".repeat(3_000)}`])(
    "%.40s",
    async (path) => {
      house = await startHouse();
      for (let n = 0; n < 3; n += 1)
        expect((await send(PUBLIC_URL + path, path, message("hi"))).status).toBe(404);
      expect(hints()).toHaveLength(1);
      expect(hints()[0]).toContain(`${PUBLIC_URL}/webhook `);
      expect(hints()[0]?.length).toBeLessThan(400);
    },
  );

  test("beside and below the path of public_url, by GET and as JSON", async () => {
    house = await startHouse({ public_url: "https://home.example/twilio" });
    const at = Date.now();
    const deliveries = [
      () => send("https://home.example/hook", "/hook", message("beside")),
      () => send("https://home.example/twilio/hook", "/twilio/hook", message("below")),
      () => send("https://home.example/twilio/hook", "/hook", message("stripped")),
      () => send("https://home.example/twilio/hook", "/twilio/hook", { a: "1" }, "GET"),
      () => sendJson('{"a": "b"}', "https://home.example/twilio/hook", "/twilio/hook"),
    ];
    try {
      for (const [index, one] of deliveries.entries()) {
        vi.useFakeTimers({ toFake: ["Date"], now: at + index * 3_600_000 });
        expect((await one()).status).toBe(404);
        expect(hints()).toHaveLength(index + 1);
        expect(hints()[index]).toContain("https://home.example/twilio/webhook ");
      }
    } finally {
      vi.useRealTimers();
    }
  });

  test("but no log line if its signature is missing, or was made with another auth token or for another URL", async () => {
    house = await startHouse();
    const url = `http://127.0.0.1:${house.app.port}/hook`;
    const wrong = signWebhook("another token", `${PUBLIC_URL}/hook`, { a: "1" });
    const foreign = signWebhook(house.twilio.authToken, "https://other.example/hook", { a: "1" });
    for (const headers of [{}, { "X-Twilio-Signature": wrong }, { "X-Twilio-Signature": foreign }]) {
      const body = new URLSearchParams({ a: "1" });
      expect((await fetch(url, { method: "POST", body, headers })).status).toBe(404);
    }
    expect(hints()).toEqual([]);
  });

  test("also while the app does not know its public address, which it does not learn from this request", async () => {
    house = await startHouse({ public_url: "" });
    const target = {
      url: "https://home.example:8443/hook",
      deliverTo: house.app.webhook.replace("webhook", "hook"),
    };
    const foreign = { "X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "https" };
    expect((await sendWebhook(house.twilio.authToken, target, message("hi"), foreign)).status).toBe(404);
    expect(hints()).toEqual([]);
    const headers = { "X-Forwarded-Host": "home.example:8443", "X-Forwarded-Proto": "https" };
    for (const body of ["one", "two"])
      expect((await sendWebhook(house.twilio.authToken, target, message(body), headers)).status).toBe(404);
    expect(hints()).toHaveLength(1);
    expect(hints()[0]).toContain("https://home.example:8443/webhook ");
    expect(house.app.lines.join()).not.toMatch(/Detected|as its public address for now/);
  });
});

/** Sends a JSON body. Its hash is in the URL, which Twilio signs. */
function sendJson(json: string, url = `${PUBLIC_URL}/webhook`, path = "/webhook", token = "one") {
  const hash = createHash("sha256").update(json).digest("hex");
  const query = `?bodySHA256=${hash}`;
  return fetch(`http://127.0.0.1:${house.app.port}${path}${query}`, {
    method: "POST",
    body: json,
    headers: {
      Connection: "close",
      "Content-Type": "application/json; charset=utf-8",
      "X-Twilio-Signature": signWebhook(house.twilio.authToken, url + query, {}),
      "I-Twilio-Idempotency-Token": token,
    },
  });
}

describe("a webhook of a Studio flow with a signed JSON body", () => {
  test("fires an event with the fields of the body, all as texts", async () => {
    house = await startHouse();
    const response = await sendJson('{"flow": "FW1", "meter": 8944500102198765432, "on": true, "by": null}');
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/xml");
    const [data] = await received(1);
    expect(data).toMatchObject({ flow: "FW1", meter: "8944500102198765432", on: "true", by: "" });
    expect(data).not.toHaveProperty("bodySHA256");
  });

  test("fires one event if Twilio repeats it, and two events if the flow sends it twice", async () => {
    house = await startHouse();
    for (const token of ["one", "one", "two"])
      await sendJson('{"action": "open"}', undefined, undefined, token);
    await send(`${PUBLIC_URL}/webhook`, "/webhook", message("marker"));
    expect((await received(3)).map(({ action, Body }) => action ?? Body)).toEqual(["open", "open", "marker"]);
  });

  test.each([
    ['{"trigger": {"message": "hi"}}', "flat object"],
    ['{"list": ["a"]}', "flat object"],
    ['[{"specversion": "1.0"}]', "not an object"],
    ['"text"', "not an object"],
    ["{broken", "not valid JSON"],
    ["{}", "no parameters"],
  ])("is refused with the reason if no event can contain it: %s", async (json, reason) => {
    house = await startHouse();
    const response = await sendJson(json);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(reason);
    expect(house.app.lines.filter((line) => line.includes(reason))).toHaveLength(1);
    expect(house.home.fired).toEqual([]);
  });

  test("is refused if its body differs from the signed one, or if it comes as a form or as a GET", async () => {
    house = await startHouse();
    const query = `?bodySHA256=${createHash("sha256").update('{"a":"b"}').digest("hex")}`;
    const url = `http://127.0.0.1:${house.app.port}/webhook${query}`;
    const signature = signWebhook(house.twilio.authToken, `${PUBLIC_URL}/webhook${query}`, {});
    const headers = { "X-Twilio-Signature": signature, Connection: "close" };
    const json = { ...headers, "Content-Type": "application/json" };
    expect((await fetch(url, { method: "POST", body: '{"a":"c"}', headers: json })).status).toBe(403);
    expect((await fetch(url, { method: "POST", body: "", headers })).status).toBe(400);
    expect((await fetch(url, { headers })).status).toBe(400);
    expect((await fetch(url, { method: "POST", body: '{"a":"b"}', headers: json })).status).toBe(200);
    expect((await received(1))[0]).toMatchObject({ a: "b" });
  });
});
