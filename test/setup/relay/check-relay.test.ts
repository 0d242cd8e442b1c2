import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { createRelayCheck } from "../../../src/setup/relay/check-relay.ts";
import { deployRelay } from "../../../src/setup/relay/deploy-relay.ts";
import type { HouseAddress, MissingAddress } from "../../../src/setup/relay/ports.ts";
import type { RelayRecord } from "../../../src/setup/relay/relay-record.ts";
import type { RelaySource } from "../../../src/setup/relay/relay-source.ts";
import { RELAY_SOURCE } from "../../relay/relay-source.ts";
import { createImpatientClock, startCloudAccount } from "./start-cloud-account.ts";

const NAME = "home-assistant-0123abcd";
const HOUSE = "https://hooks.example/1";
const SOURCE = { text: RELAY_SOURCE, version: 1 };
const NEWER = { text: RELAY_SOURCE.replace("const VERSION = 1;", "const VERSION = 2;"), version: 2 };
const { signal } = new AbortController();
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A relay that is set up, and the requests to Home Assistant. */
async function startDeployed({ ships = SOURCE } = {}) {
  const account = await startCloudAccount();
  const { hosting, sync, twilio } = account;
  const variables = {
    OWNER: "me",
    HOUSE_URL: HOUSE,
    KEY: "k",
    AWAY: "<Response/>",
  };
  const deploy = (source: RelaySource) =>
    deployRelay({
      hosting,
      sync,
      name: NAME,
      source,
      sourceHash: hash(source.text),
      variables,
      onStep() {},
      onDeployed() {},
      clock: createImpatientClock(),
      signal,
    });
  const deployment = await deploy(SOURCE);
  const state = {
    record: {
      key: "k",
      webhookId: "w",
      name: NAME,
      deployed: { ...deployment, houseUrl: HOUSE, begunHouseUrls: [] },
    } as RelayRecord | null,
    address: { kind: "external_url", url: HOUSE } as HouseAddress | MissingAddress,
    isRegistered: true,
    listened: 0,
    redeployed: 0,
  };
  const check = createRelayCheck({
    house: {
      address: () => Promise.resolve(state.address),
      isRegistered: () => Promise.resolve(state.isRegistered),
    },
    hosting,
    memory: { get: () => state.record, set: (record) => void (state.record = record) },
    source: () => Promise.resolve(ships),
    owner: "me",
    hash,
    async redeploy() {
      state.redeployed += 1;
      await deploy(ships);
    },
    listenAgain: () => void (state.listened += 1),
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  twilio.cloud.requests.length = 0;
  return {
    state,
    deployment,
    hosting,
    twilio,
    check: () => check(signal),
    written: () => twilio.cloud.requests.filter(({ method }) => method !== "GET").map(({ path }) => path),
    async write(name: string, value: string) {
      const known = (await hosting.variables(deployment.service, deployment.environment)).get(name);
      await hosting.updateVariable(deployment.service, deployment.environment, known?.sid ?? "", value);
      twilio.cloud.requests.length = 0;
    },
    [Symbol.asyncDispose]: () => account[Symbol.asyncDispose](),
  };
}

test("the check of the relay changes nothing at Twilio if the relay is unchanged", async () => {
  await using relay = await startDeployed();
  expect(await relay.check()).toBeNull();
  expect(relay.written()).toEqual([]);
});

test("the check of the relay deploys the new URL if Home Assistant's public URL has changed", async () => {
  await using relay = await startDeployed();
  relay.state.address = { kind: "cloudhook", url: "https://hooks.example/2" };
  expect(await relay.check()).toBeNull();
  expect(relay.written().map((path) => path.split("/").at(-2))).toEqual([
    "Variables",
    relay.deployment.environment,
  ]);
  expect(relay.state.record?.deployed?.houseUrl).toBe("https://hooks.example/2");
  expect(await relay.check()).toBeNull();
});

test("the check of the relay finishes a change of the public URL that was interrupted", async () => {
  await using relay = await startDeployed();
  relay.state.address = { kind: "cloudhook", url: "https://hooks.example/2" };
  await relay.write("HOUSE_URL", "https://hooks.example/2");
  expect(await relay.check()).toBeNull();
  expect(relay.written().at(-1)).toContain("/Deployments");
});

test.for([HOUSE, "https://hooks.example/3"])(
  "after an interrupted change of the public URL, the check of the relay deploys the URL that Home Assistant has next: %s",
  async (next) => {
    await using relay = await startDeployed();
    relay.state.address = { kind: "external_url", url: "https://hooks.example/2" };
    relay.twilio.cloud.fail(({ path }) => path.endsWith("/Deployments"), { kind: "fail" });
    await expect(relay.check()).rejects.toThrow("HTTP 5");
    relay.state.address = { kind: "cloudhook", url: next };
    expect(await relay.check()).toBeNull();
    expect(relay.written().at(-1)).toContain("/Deployments");
    const variables = await relay.hosting.variables(relay.deployment.service, relay.deployment.environment);
    expect(variables.get("HOUSE_URL")?.value).toBe(next);
    expect(relay.state.record?.deployed).toMatchObject({ houseUrl: next, begunHouseUrls: [] });
  },
);

test.for(["/Versions", "/Builds", "/Deployments", "/Variables/"])(
  "an update of the relay that failed at a request to %s is finished by the next check",
  async (part) => {
    await using relay = await startDeployed({ ships: NEWER });
    const refused = { kind: "refuse", status: 400, code: 20001, message: "Not today" } as const;
    relay.twilio.cloud.fail(({ method, path }) => method === "POST" && path.includes(part), refused);
    await expect(relay.check()).rejects.toThrow("Not today");
    expect(await relay.check()).toBeNull();
    const { service } = relay.deployment;
    const build = (await relay.hosting.findEnvironment(service))?.build ?? "";
    const sources = await relay.hosting.builtSources(service, build);
    expect(new Set(sources.values())).toEqual(new Set([NEWER.text]));
    relay.twilio.cloud.requests.length = 0;
    expect(await relay.check()).toBeNull();
    expect(relay.written()).toEqual([]);
  },
);

test.for([
  ["OWNER", "somebody else"],
  ["HOUSE_URL", "https://hooks.example/another-house"],
] as const)(
  "the check of the relay does not change a relay whose variable %s another installation has written",
  async ([name, value]) => {
    await using relay = await startDeployed({ ships: NEWER });
    await relay.write(name, value);
    expect(await relay.check()).toBe("foreign");
    expect(relay.written()).toEqual([]);
    expect(relay.state.redeployed).toBe(0);
  },
);

test("the check of the relay registers the webhook again if Home Assistant has lost it", async () => {
  await using relay = await startDeployed();
  relay.state.isRegistered = false;
  expect(await relay.check()).toBe("not_registered");
  expect(relay.state.listened).toBe(1);
});

test.for(["no_address", "no_cloudhook"] as const)(
  "the check of the relay reports why Home Assistant has no public URL any more: %s",
  async (missing) => {
    await using relay = await startDeployed();
    relay.state.address = missing;
    expect(await relay.check()).toBe(missing);
    expect(relay.written()).toEqual([]);
  },
);

test("the check of the relay reports if the relay is gone from the Twilio account", async () => {
  await using relay = await startDeployed();
  await relay.hosting.removeService(relay.deployment.service);
  expect(await relay.check()).toBe("gone");
});

test("the check of the relay deploys a newer version of its Function, and never an older one", async () => {
  await using newer = await startDeployed({ ships: NEWER });
  expect(await newer.check()).toBeNull();
  expect(newer.state.redeployed).toBe(1);
  await using older = await startDeployed({ ships: { text: "const VERSION = 0;", version: 0 } });
  expect(await older.check()).toBeNull();
  expect(older.state.redeployed).toBe(0);
});

test("the check of the relay does not update a Function that somebody has edited", async () => {
  await using relay = await startDeployed({ ships: NEWER });
  const [service] = relay.twilio.cloud.services.values();
  for (const [sid, version] of service?.versions ?? [])
    if (version.path === "/talk") service?.versions.set(sid, { ...version, content: "// mine" });
  expect(await relay.check()).toBe("edited");
  expect(relay.state.redeployed).toBe(0);
});
