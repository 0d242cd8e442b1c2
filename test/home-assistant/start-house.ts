import { vi } from "vitest";

import { connectHomeAssistant } from "../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../src/home-assistant/connection/connect.ts";
import type { Timings } from "../../src/home-assistant/connection/timings.ts";
import { PATIENCE_MS } from "../patience.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import type { Behaviour } from "./fake/behaviour.ts";
import { startFakeHomeAssistant } from "./fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "./fake/start-fake-home-assistant.ts";

/** Soon back, but never taken for dead because the machine is busy. */
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
  /** All that was logged. */
  readonly lines: readonly string[];
}

export interface FakeHouseOptions {
  readonly behaviour?: Behaviour;
  /** Another than the fake's own. */
  readonly token?: string;
  readonly timings?: Partial<Timings>;
}

/** A fake Home Assistant and a connection to it that has just been asked for. */
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

export function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(
    () => {
      if (!condition()) throw new Error("not yet");
    },
    { interval: 5 },
  );
}

/** The trigger that hears `notify.sms`. */
export const SMS_TRIGGER = {
  platform: "event",
  event_type: "call_service",
  event_data: { domain: "notify", service: "sms" },
};
