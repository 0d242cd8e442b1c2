import { expect, test } from "vitest";

import { CloudRequestError } from "../../../src/setup/relay/cloud-request-error.ts";
import { deployRelay } from "../../../src/setup/relay/deploy-relay.ts";
import { RELAY_PATHS, relayVersionIn } from "../../../src/setup/relay/relay-source.ts";
import { RELAY_SOURCE } from "../../relay/relay-source.ts";
import type { CloudFault, CloudRequest } from "../../twilio-simulator/cloud/cloud-options.ts";
import { FUNCTIONS_PATH } from "../../twilio-simulator/cloud/create-cloud.ts";
import { createImpatientClock, startCloudAccount } from "./start-cloud-account.ts";

const NAME = "home-assistant-0123abcd";
const VARIABLES = { OWNER: "me", HOUSE_URL: "https://hooks.example/1", KEY: "k", AWAY: "<Response/>" };
const SOURCE = { text: RELAY_SOURCE, version: 1 };

type Account = Awaited<ReturnType<typeof startCloudAccount>>;

function deploy({ hosting, sync }: Account, variables: Readonly<Record<string, string>> = VARIABLES) {
  const steps: string[] = [];
  const clock = createImpatientClock();
  const { signal } = new AbortController();
  const onStep = (step: string): void => void steps.push(step);
  const result = deployRelay({
    hosting,
    sync,
    name: NAME,
    source: SOURCE,
    sourceHash: "hash",
    variables,
    onStep,
    onDeployed() {},
    clock,
    signal,
  });
  return { result, steps, waits: clock.waits };
}

/** The number of resources in the account, by kind. */
function counts({ twilio: { cloud } }: Account) {
  const services = [...cloud.services.values()];
  return {
    services: services.length,
    environments: services.flatMap(({ environments }) => [...environments.keys()]).length,
    functions: services.flatMap(({ functions }) => [...functions.keys()]).length,
    variables: services.flatMap(({ environments }) =>
      [...environments.values()].flatMap(({ variables }) => [...variables.keys()]),
    ).length,
    syncServices: cloud.syncServices.size,
  };
}

const ONE_RELAY = { services: 1, environments: 1, functions: 6, variables: 6, syncServices: 1 };

async function isServing({ twilio }: Account, domain: string): Promise<boolean> {
  const origin = `${twilio.url}${FUNCTIONS_PATH}/${domain}`;
  const statuses = await Promise.all(
    RELAY_PATHS.map(async (path) => (await fetch(origin + path, { method: "POST" })).status),
  );
  // The requests have no signature, so each path refuses them.
  return statuses.every((status) => status === 400 || status === 403);
}

test("setting up the relay creates one relay in an empty account, and reports its steps", async () => {
  await using account = await startCloudAccount();
  const { result, steps } = deploy(account);
  const { domain } = await result;
  expect(steps).toEqual(["answers", "service", "environment", "variables", "functions", "build", "deploy"]);
  expect(counts(account)).toEqual(ONE_RELAY);
  expect(await isServing(account, domain)).toBe(true);
  expect(account.twilio.violations()).toEqual([]);
});

test("setting up the relay builds nothing if the same sources are already deployed", async () => {
  await using account = await startCloudAccount();
  await deploy(account).result;
  const again = deploy(account, { ...VARIABLES, HOUSE_URL: "https://hooks.example/2" });
  await again.result;
  expect(again.steps).not.toContain("build");
  expect(counts(account)).toEqual(ONE_RELAY);
  expect(account.twilio.violations()).toEqual([]);
});

test("setting up the relay passes changed variables to a Function that is already deployed", async () => {
  await using account = await startCloudAccount();
  await deploy(account).result;
  const { environment, service } = await deploy(account, { ...VARIABLES, OWNER: "you" }).result;
  const variables = await account.hosting.variables(service, environment);
  expect(variables.get("OWNER")?.value).toBe("you");
  const deployments = account.twilio.cloud.requests.filter(({ path }) => path.endsWith("/Deployments"));
  expect(deployments).toHaveLength(2);
});

const isCreation = ({ method, path }: CloudRequest): boolean =>
  method === "POST" && !path.endsWith("/Status");
const TOO_MANY: CloudFault = { kind: "too_many" };
const FAULTS: readonly [title: string, fault: CloudFault][] = [
  ["Twilio acts and answers with an error of its own", { kind: "fail_after_acting" }],
  ["Twilio answers with an error of its own", { kind: "fail" }],
  ["Twilio has too many requests", TOO_MANY],
];
for (const [title, fault] of FAULTS) {
  test.for(Array.from({ length: 22 }, (_, index) => index))(
    `if ${title} at request %i that creates a part of the relay, there is one working relay in the end`,
    async (failing) => {
      await using account = await startCloudAccount();
      let created = 0;
      account.twilio.cloud.fail((request) => isCreation(request) && created++ === failing, fault);
      const { domain } = await deploy(account).result;
      expect(await isServing(account, domain)).toBe(true);
      expect(counts(account)).toEqual(ONE_RELAY);
    },
  );
}

test("setting up the relay waits as long as Twilio's Retry-After says", async () => {
  await using account = await startCloudAccount();
  account.twilio.cloud.fail(isCreation, { kind: "too_many", retryAfter: "7" });
  const { result, waits } = deploy(account);
  await result;
  expect(waits).toContain(7_000);
});

test("setting up the relay continues an earlier set-up that failed at any step", async () => {
  await using account = await startCloudAccount();
  for (const step of [
    "Services",
    "Environments",
    "Variables",
    "Functions",
    "Versions",
    "Builds",
    "Deployments",
  ]) {
    const refused = { kind: "refuse", status: 400, code: 20001, message: "Not today" } as const;
    account.twilio.cloud.fail(({ method, path }) => method === "POST" && path.endsWith(`/${step}`), refused);
    await expect(deploy(account).result, step).rejects.toThrow("Not today");
  }
  const { domain } = await deploy(account).result;
  expect(await isServing(account, domain)).toBe(true);
  expect(counts(account)).toEqual(ONE_RELAY);
});

test("if an existing relay is set up again twice at the same time, one working relay exists in the end", async () => {
  await using account = await startCloudAccount();
  await deploy(account).result;
  const [first, second] = await Promise.all([deploy(account).result, deploy(account).result]);
  expect(first).toEqual(second);
  expect(await isServing(account, first.domain)).toBe(true);
  expect(counts(account)).toEqual(ONE_RELAY);
});

test("if Twilio cannot build the relay, the set-up fails at the step `build`", async () => {
  await using account = await startCloudAccount();
  account.twilio.cloud.building.fails = true;
  const { result, steps } = deploy(account);
  await expect(result).rejects.toThrow("could not build");
  expect(steps.at(-1)).toBe("build");
});

test("if a variable of the relay is too long, the set-up fails at the step `variables` with Twilio's reason", async () => {
  await using account = await startCloudAccount();
  const { result, steps } = deploy(account, {
    ...VARIABLES,
    HOUSE_URL: `https://${"a".repeat(450)}.example`,
  });
  await expect(result).rejects.toThrow("at most 450 bytes");
  expect(steps.at(-1)).toBe("variables");
});

test("if the relay's name belongs to a Service that Twilio does not list, the set-up fails with Twilio's reason", async () => {
  await using account = await startCloudAccount();
  const taken = { kind: "refuse", status: 409, code: 20409, message: "The name is taken" } as const;
  account.twilio.cloud.fail(
    ({ method, path, api }) => api === "serverless" && method === "POST" && path === "/v1/Services",
    taken,
    99,
  );
  const { result, steps } = deploy(account);
  await expect(result).rejects.toThrow("The name is taken");
  expect(steps.at(-1)).toBe("service");
});

test("setting up the relay does not retry a request that the credentials do not allow", async () => {
  await using account = await startCloudAccount();
  account.twilio.cloud.access.isAllowed = false;
  const failure = await deploy(account).result.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CloudRequestError);
  expect(failure).toMatchObject({ failure: "forbidden" });
  expect(account.twilio.cloud.requests).toHaveLength(1);
});

test("the relay has exactly the paths of the app's webhooks and of its self-test", () => {
  const inFunction = [...RELAY_SOURCE.matchAll(/^ {2}"(\/[\w/-]+)":/gm)].map(([, path]) => path);
  expect(new Set(inFunction)).toEqual(new Set(RELAY_PATHS));
});

test("the relay's Function has a version and is short enough for anybody to read", () => {
  expect(relayVersionIn(RELAY_SOURCE)).toBeGreaterThanOrEqual(1);
  expect(relayVersionIn("exports.handler = () => {};")).toBeNull();
  expect(RELAY_SOURCE.split("\n").length).toBeLessThan(250);
});
