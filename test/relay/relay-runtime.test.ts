import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { startRelayHouse } from "./start-relay-house.ts";
import type { RelayHouse } from "./start-relay-house.ts";
import { describeWithTwilioRuntime } from "./twilio-runtime/describe-with-twilio-runtime.ts";
import { withTwilioRuntime } from "./twilio-runtime/start-twilio-runtime.ts";

describeWithTwilioRuntime("the relay in Twilio's own runtime for Functions", (runtime) => {
  let house: RelayHouse;

  beforeAll(async () => {
    house = await startRelayHouse({
      options: { contacts: [{ name: "Alice", number: THEIRS }] },
      twilioOptions: { startFunctions: withTwilioRuntime(runtime) },
      settings: { lookForRecordingMs: [300_000], askStatusAfterMs: [300_000] },
    });
  });
  afterAll(async () => {
    await house?.[Symbol.asyncDispose]();
  });

  const request = (requestId: string, command: string, payload: object): void =>
    house.home.emit("twilio_request", { request_id: requestId, command, payload });

  /** Events of a type about one request. */
  const about = (type: string, requestId: string) =>
    house.fired(type).filter((data) => data["request_id"] === requestId);

  test("passes on the statuses of a message, each of them once and in order", async () => {
    request("message", "send_message", { to: "Alice", message: "Hello" });
    await vi.waitFor(() => expect(about("twilio_result", "message")).toHaveLength(1));
    const { sid = "" } = house.twilio.messages().find(({ body }) => body === "Hello") ?? {};
    for (const status of ["sent", "delivered"])
      expect(await house.twilio.advanceMessage(sid, status)).toBe(204);
    await vi.waitFor(() =>
      expect(about("twilio_message_status", "message")).toMatchObject([
        { message_sid: sid, status: "sent" },
        { message_sid: sid, status: "delivered" },
      ]),
    );
  });

  test("passes on the statuses and the recording of a call, and the call's result contains them", async () => {
    request("call", "make_call", { to: "Alice", say: "Hello", record: true, wait_for: "completed" });
    const { sid } = await house.twilio.outgoingCall(THEIRS, 60_000);
    await house.twilio.answer(sid).over();
    await vi.waitFor(() =>
      expect(house.fired("twilio_recording")).toMatchObject([
        { call_sid: sid, from: OURS, to: THEIRS, contact: "Alice", duration: 1 },
      ]),
    );
    await vi.waitFor(() =>
      expect(about("twilio_result", "call")).toMatchObject([
        { ok: true, status: "completed", recording: { duration: 1 } },
      ]),
    );
    const statuses = about("twilio_call_status", "call").map(({ status }) => status);
    expect(statuses.at(-1)).toBe("completed");
    expect(new Set(statuses).size).toBe(statuses.length);
  });

  test("rejects a call that no automation answers, which costs nothing, and the call's event is fired", async () => {
    const call = await house.twilio.placeCall({ from: THEIRS, to: OURS });
    expect(call).toMatchObject({ status: "busy", transcript: ["the busy tone"] });
    await vi.waitFor(() =>
      expect(house.fired("twilio_data_received")).toMatchObject([{ CallStatus: "ringing", From: THEIRS }]),
    );
  });

  test("makes only requests to Twilio that match Twilio's API description", () => {
    expect(house.twilio.violations()).toEqual([]);
  });
});
