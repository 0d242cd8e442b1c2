import { expect, test } from "vitest";

import { CloudRequestError } from "../../../src/setup/relay/cloud-request-error.ts";
import type { FunctionHosting } from "../../../src/setup/relay/ports.ts";
import type { RelayRecord } from "../../../src/setup/relay/relay-record.ts";
import { createRelayRemover } from "../../../src/setup/relay/remove-relay.ts";
import { clockWith } from "../../clock-with.ts";

const DEPLOYED = {
  service: "ZS1",
  environment: "ZE1",
  answers: "IS1",
  domain: "d.twil.io",
  houseUrl: "https://h",
  begunHouseUrls: [],
};
const MINUTE = 60_000;
const never = (): Promise<never> => Promise.reject(new Error("not asked for"));

interface Asked {
  readonly callsUntil?: number;
  /** The deployed parts of the relay, or null if the set-up was interrupted. */
  readonly deployed?: RelayRecord["deployed"];
  readonly name?: () => Promise<string>;
  /** Reads the relay's variables at Twilio. */
  readonly variables?: FunctionHosting["variables"];
  readonly signal?: AbortSignal;
}

const none: FunctionHosting["variables"] = () => Promise.resolve(new Map());
const named = (): Promise<string> => Promise.resolve("home-assistant-0123abcd");

/**
 * A relay with calls that wait for steps until `callsUntil`, in milliseconds from now. Records what the removal does,
 * in order.
 */
function start({ callsUntil = 0, deployed = DEPLOYED, name = named, ...asked }: Asked = {}) {
  const { variables = none, signal = new AbortController().signal } = asked;
  const done: string[] = [];
  const state = {
    now: 0,
    record: { key: "k", webhookId: "w", name: null, deployed } as RelayRecord | null,
    fails: false,
  };
  const gone = (what: string) => (sid: string) => {
    done.push(`${what} ${sid} deleted`);
    const error = { code: "1", message: "No", more_info: null };
    return state.fails ? Promise.reject(new CloudRequestError("refused", error)) : Promise.resolve();
  };
  const remove = createRelayRemover({
    house: { remove: () => Promise.resolve(void done.push("cloudhook deleted")) },
    hosting: {
      findService: () => Promise.resolve("ZS-found"),
      createService: never,
      removeService: gone("service"),
      findEnvironment: never,
      createEnvironment: never,
      variables,
      createVariable: never,
      updateVariable: never,
      functions: never,
      createFunction: never,
      upload: never,
      createBuild: never,
      buildState: never,
      builtSources: never,
      deploy: never,
    },
    sync: {
      findService: () => Promise.resolve("IS-found"),
      createService: never,
      removeService: gone("answers"),
      documentsUrl: () => "",
    },
    numbers: {
      restore(base, former) {
        const stored = [...former.values()].map(({ smsUrl }) => ` to ${smsUrl}`).join("");
        return Promise.resolve(void done.push(`numbers of ${base} restored${stored}`));
      },
    },
    memory: { get: () => state.record, set: (record) => void (state.record = record) },
    name,
    heldCalls: () => (state.now < callsUntil ? 1 : 0),
    onChanged: () => void done.push("heard no more"),
    clock: clockWith({
      monotonic: () => state.now,
      wait: (ms) => Promise.resolve(void (state.now += ms)),
    }),
  });
  return { done, state, remove: () => remove({ onStep() {}, signal }) };
}

test("removing the relay first restores the numbers and then deletes what the app created at Twilio", async () => {
  const { done, state, remove } = start();
  await remove();
  expect(done).toEqual([
    "numbers of https://d.twil.io restored",
    "service ZS1 deleted",
    "answers IS1 deleted",
    "cloudhook deleted",
    "heard no more",
  ]);
  expect(state.record).toBeNull();
});

test.each([
  ["until no call waits for a step", 3 * MINUTE, 3 * MINUTE],
  ["for at most five minutes", 60 * MINUTE, 5 * MINUTE],
] as const)("removing the relay waits %s before it deletes anything", async (_title, callsUntil, waited) => {
  const { done, state, remove } = start({ callsUntil });
  await remove();
  expect(state.now).toBe(waited);
  expect(done).toContain("service ZS1 deleted");
});

test("after a failed removal of the relay, the app still knows what it created, and a second press of the button continues", async () => {
  const { state, remove } = start();
  state.fails = true;
  await expect(remove()).rejects.toThrow("No");
  expect(state.record).not.toBeNull();
  state.fails = false;
  await remove();
  expect(state.record).toBeNull();
});

test("if the app stops while a call needs the relay, removing the relay deletes nothing", async () => {
  const stopping = new AbortController();
  const { done, state, remove } = start({
    callsUntil: MINUTE,
    signal: stopping.signal,
    variables() {
      stopping.abort();
      return Promise.resolve(new Map());
    },
  });
  await expect(remove()).rejects.toThrow("stopped");
  expect(done).toEqual(["numbers of https://d.twil.io restored"]);
  expect(state.record).not.toBeNull();
});

test("removing the relay restores the settings stored at Twilio even if Twilio fails the first time they are read", async () => {
  const settings = Buffer.from(JSON.stringify({ smsUrl: "https://shop.example" })).toString("base64url");
  let reads = 0;
  const { done, remove } = start({
    variables() {
      reads += 1;
      const away = { code: "twilio_away", message: "HTTP 503", more_info: null };
      if (reads === 1) return Promise.reject(new CloudRequestError("doubt", away));
      return Promise.resolve(new Map([[`BEFORE_PN${"0".repeat(32)}_1`, { sid: "ZV1", value: settings }]]));
    },
  });
  await remove();
  expect(done[0]).toBe("numbers of https://d.twil.io restored to https://shop.example");
});

test("removing the relay goes on if Twilio no longer has the relay", async () => {
  const gone = { code: "20404", message: "Not found", more_info: null };
  const { state, remove } = start({
    variables: () => Promise.reject(new CloudRequestError("missing", gone)),
  });
  await remove();
  expect(state.record).toBeNull();
});

test("removing the relay finds by its name what an interrupted set-up has left", async () => {
  const { done, remove } = start({ deployed: null });
  await remove();
  expect(done).toContain("service ZS-found deleted");
  expect(done).toContain("answers IS-found deleted");
});

test("if Home Assistant does not answer, removing an interrupted set-up fails with an error that says so", async () => {
  const { state, remove } = start({ deployed: null, name: () => Promise.reject(new Error("timeout")) });
  const error = await remove().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CloudRequestError);
  expect((error as CloudRequestError).reported.code).toBe("home_assistant_away");
  expect(state.record).not.toBeNull();
});
