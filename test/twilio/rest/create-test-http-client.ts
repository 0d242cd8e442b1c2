import type { RequestSenderOptions } from "../../../src/app/http/request-sender.ts";
import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { createTransport } from "../../../src/app/system/transport.ts";
import type { Clock } from "../../../src/domain/clock.ts";
import { createHttpClient } from "../../../src/twilio/rest/http-client.ts";
import type { HttpClient, HttpClientOptions } from "../../../src/twilio/rest/http-client.ts";

export interface TestHttpClientOptions extends Omit<HttpClientOptions, "transport" | "clock"> {
  readonly idleTimeoutMs?: number;
  /** The clock of the client. By default, it is the system clock. */
  readonly clock?: Clock;
  /** Options of the connections. */
  readonly connecting?: Pick<RequestSenderOptions, "ca" | "lookup">;
}

/** Creates the HTTP client for Twilio with its own connections. */
export function createTestHttpClient(options: TestHttpClientOptions = {}): HttpClient {
  const { idleTimeoutMs = 4_000, clock = SYSTEM_CLOCK, connecting, ...rest } = options;
  return createHttpClient({
    ...rest,
    transport: createTransport({ idleTimeoutMs, ...connecting }),
    clock,
  });
}
