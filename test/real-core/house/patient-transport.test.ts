import { Readable } from "node:stream";

import { expect, test } from "vitest";

import type { Transport, TransportResponse } from "../../../src/domain/transport.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { createPatientTransport } from "./patient-transport.ts";

const URL = "http://core.example/";

/** A transport whose requests are answered when the test says so. It sends none that is cancelled already. */
function startTransport() {
  const answers: ((response: TransportResponse) => void)[] = [];
  const request: Transport["request"] = (_url, { signal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      answers.push(resolve);
    });
  return { ...createPatientTransport({ ...SYSTEM_PARTS.transport, request }), answers };
}

test("a patient transport waits for the answer to a request that the app has cancelled", async () => {
  const { transport, settled, answers } = startTransport();
  const over = new AbortController();
  const asked = transport.request(URL, { signal: over.signal });
  over.abort(new Error("cancelled"));
  await expect(asked).rejects.toThrow("cancelled");
  let isSettled = false;
  const waited = settled().then(() => (isSettled = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isSettled).toBe(false);
  answers[0]?.({ status: 200, headers: new Headers(), body: Readable.from([]) });
  await waited;
});

test("a patient transport does not send a request that the app cancelled before it began", async () => {
  const { transport, answers } = startTransport();
  const signal = AbortSignal.abort(new Error("cancelled"));
  await expect(transport.request(URL, { signal })).rejects.toThrow("cancelled");
  expect(answers).toEqual([]);
});
