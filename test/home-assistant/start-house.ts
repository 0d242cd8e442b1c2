import { vi } from "vitest";

import { connectHomeAssistant } from "../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../src/home-assistant/connection/connect.ts";
import type { Timings } from "../../src/home-assistant/connection/timings.ts";
import { PATIENCE_MS } from "../patience.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import type { Behaviour } from "./fake/behaviour.ts";
import { startFakeHomeAssistant } from "./fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "./fake/start-fake-home-assistant.ts";

/** Fast reconnections, but long timeouts, because the machine may be busy. */
const FAST: Timings = {
  handshakeMs: PATIENCE_MS,
  authMs: PATIENCE_MS,
  pingEveryMs: 50,
  pongMs: PATIENCE_MS,
  runningPollMs: 20,
  retryMs: 20,
  maxRetryMs: 40,
  refusedRetryMs: 40,
  remindMs: 60_000,
  closeMs: 100,
};

export interface FakeHouse extends AsyncDisposable {
  readonly fake: FakeHomeAssistant;
  readonly home: HomeAssistantConnection;
  /** All log lines of the app. */
  readonly lines: readonly string[];
}

export interface FakeHouseOptions {
  readonly behaviour?: Behaviour;
  /** A token that differs from the fake's one. */
  readonly token?: string;
  readonly timings?: Partial<Timings>;
}

/** Starts a fake Home Assistant and a connection to it. Does not wait for the connection. */
export async function startHouse({
  behaviour = {},
  token,
  timings = {},
}: FakeHouseOptions = {}): Promise<FakeHouse> {
  const fake = await startFakeHomeAssistant(behaviour);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const home = connectHomeAssistant({
    ...SYSTEM_PARTS,
    url: fake.url,
    token: token ?? fake.token,
    logger: { debug: log, info: log, warning: log, error: log },
    timings: { ...FAST, ...timings },
  });
  return {
    fake,
    home,
    lines,
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

/** Resolves when the condition is true. Rejects after the default patience of vitest. */
export function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(
    () => {
      if (!condition()) throw new Error("not yet");
    },
    { interval: 5 },
  );
}

/** The trigger for the action `notify.sms`. */
export const SMS_TRIGGER = {
  platform: "event",
  event_type: "call_service",
  event_data: { domain: "notify", service: "sms" },
};
