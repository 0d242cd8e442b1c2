import { describe, expect, test, vi } from "vitest";

import { sendWebhook } from "../twilio-simulator/webhooks/send-webhook.ts";
import { OURS, startHouse, THEIRS } from "./start-house.ts";
import { PUBLIC_URL } from "./start-test-app.ts";

const REQUEST = {
  request_id: "r1",
  command: "send_message",
  payload: { to: THEIRS, message: "hi" },
};
const API_KEY = { sid: `SK${"5".repeat(32)}`, secret: "secret-of-the-key" };

describe("if Twilio accepts only an API key,", () => {
  test("the app sends with the API key of its options, and checks the signatures of webhooks with the auth token", async () => {
    const key = { api_key_sid: API_KEY.sid, api_key_secret: API_KEY.secret };
    await using house = await startHouse({ ...key, default_sender: OURS }, { apiKey: API_KEY });
    house.request(REQUEST);
    await vi.waitFor(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
    const written = { from: THEIRS, to: OURS, body: "hello" };
    expect((await house.twilio.receiveMessage(written)).status).toBe(200);
    await vi.waitFor(() => expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "hello" }]));
    expect(house.app.lines.join("\n")).not.toContain(API_KEY.secret);
  });

  test("a request fails with Twilio's error 20003 if the options contain no API key", async () => {
    await using house = await startHouse({ default_sender: OURS }, { apiKey: API_KEY });
    house.request(REQUEST);
    await vi.waitFor(() =>
      expect(house.fired("twilio_result")).toMatchObject([{ ok: false, error: { code: "20003" } }]),
    );
  });
});

test("if Twilio refuses the API key of the options, a request fails with error 20003, although the auth token is valid", async () => {
  const key = { api_key_sid: API_KEY.sid, api_key_secret: "no-longer-valid" };
  await using house = await startHouse({ ...key, default_sender: OURS });
  house.request(REQUEST);
  await vi.waitFor(() =>
    expect(house.fired("twilio_result")).toMatchObject([{ ok: false, error: { code: "20003" } }]),
  );
  expect(house.twilio.messages()).toEqual([]);
});

describe("a Twilio-compatible provider with a UUID as its account, and with a path in `api_base_url`,", () => {
  const KEY = "signing-key-of-the-provider";
  const provider = (header: string) => ({
    accountSid: "6f2b1a3e-0000-4000-8000-123456789abc",
    basePath: "/api/laml",
    signer: { key: KEY, header },
  });

  test.each(["X-SignalWire-Signature", "X-Twilio-Signature"])(
    "works for sending and receiving, with webhooks signed with webhook_secret in the header %s",
    async (header) => {
      await using house = await startHouse({ webhook_secret: KEY }, provider(header));
      house.request(REQUEST);
      await vi.waitFor(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
      const [sent] = house.twilio.messages();
      expect(sent).toMatchObject({ from: OURS, to: THEIRS, body: "hi" });
      expect(await house.twilio.advanceMessage(sent?.sid ?? "", "delivered")).toBe(204);
      const written = { from: THEIRS, to: OURS, body: "hello" };
      expect((await house.twilio.receiveMessage(written)).status).toBe(200);
      await vi.waitFor(() => {
        expect(house.fired("twilio_message_status")).toMatchObject([
          { status: "delivered", request_id: "r1" },
        ]);
        expect(house.fired("twilio_data_received")).toMatchObject([{ Body: "hello" }]);
      });
      expect(house.twilio.requests()[0]?.path).toMatch(/^\/api\/laml\/2010-04-01\/Accounts\/6f2b1a3e-/);
      expect(house.twilio.violations()).toEqual([]);
    },
  );

  test("makes the app refuse webhooks signed with the auth token, and signatures in the header X-Other-Signature", async () => {
    await using house = await startHouse({ webhook_secret: KEY }, provider("X-SignalWire-Signature"));
    const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: house.app.webhook };
    const send = (key: string, header: string) =>
      sendWebhook({ key, header }, target, { MessageSid: "SM1", From: THEIRS, To: OURS, Body: "x" });
    for (const header of ["X-SignalWire-Signature", "X-Twilio-Signature"])
      expect((await send(house.twilio.authToken, header)).status).toBe(403);
    expect((await send(KEY, "X-Other-Signature")).status).toBe(403);
    expect(house.app.lines.join("\n")).toContain("its signature does not fit webhook_secret");
    expect(house.fired("twilio_data_received")).toEqual([]);
  });
});

test("with Twilio itself, the app refuses a signature in the header of a compatible provider", async () => {
  await using house = await startHouse();
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: house.app.webhook };
  const signer = { key: house.twilio.authToken, header: "X-SignalWire-Signature" };
  const answer = await sendWebhook(signer, target, { MessageSid: "SM1", From: THEIRS, To: OURS, Body: "x" });
  expect(answer.status).toBe(403);
});
