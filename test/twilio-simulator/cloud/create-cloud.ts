import { Hono } from "hono";

import type { FunctionServer, StartFunctionServer } from "../functions/start-function-server.ts";
import type { CloudFault, CloudRequest, PlannedFault } from "./cloud-options.ts";
import { createServerlessApp } from "./serverless-app.ts";
import type { StoredService } from "./serverless-store.ts";
import { createSyncApp } from "./sync-app.ts";
import type { SyncService } from "./sync-app.ts";

/** The path below which the simulator serves the Functions of each domain. */
export const FUNCTIONS_PATH = "/functions";
const OF_ONE_CONNECTION = ["connection", "content-length", "host", "transfer-encoding"];

export interface CloudOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly authorization: string;
  readonly startFunctionServer: StartFunctionServer;
  readonly onViolation: (problem: string) => void;
  /** Twilio's clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Twilio's Functions and Sync on this machine. Deployed Functions really run. */
export interface Cloud extends AsyncDisposable {
  readonly app: Hono;
  readonly services: ReadonlyMap<string, StoredService>;
  readonly syncServices: ReadonlyMap<string, SyncService>;
  /** All requests so far, in order. */
  readonly requests: CloudRequest[];
  /** The real URL of requests to a domain, at the simulator's `origin`. Null if nothing is deployed there. */
  addressOf(domain: string, origin: string): string | null;
  /** The next `times` matching requests fail with this fault. */
  fail(matches: (request: CloudRequest) => boolean, fault: CloudFault, times?: number): void;
  /** How many times a new build says that it is being built, and whether it fails then. */
  readonly building: { polls: number; fails: boolean };
  /** Whether the account's credentials may use these APIs. */
  readonly access: { isAllowed: boolean };
}

/** Simulates the Serverless and Sync APIs of an account. */
export function createCloud(options: CloudOptions): Cloud {
  const { accountSid, authToken, authorization, startFunctionServer, onViolation, now } = options;
  const servers = new Map<string, FunctionServer>();
  const requests: CloudRequest[] = [];
  const faults: PlannedFault[] = [];
  const ended = new AbortController();
  const building = { polls: 1, fails: false };
  const access = { isAllowed: true };
  const keeper = {
    authorization,
    faults,
    onRequest: (request: CloudRequest) => void requests.push(request),
    onViolation,
    isAllowed: () => access.isAllowed,
  };

  async function take(domain: string): Promise<void> {
    const server = servers.get(domain);
    servers.delete(domain);
    await server?.[Symbol.asyncDispose]();
  }

  const serverless = createServerlessApp({
    ...keeper,
    accountSid,
    buildPolls: () => building.polls,
    doesBuildFail: () => building.fails,
    async onDeployed(service, { domain, variables }, { versions }) {
      const before = servers.get(domain);
      const credentials = service.includesCredentials
        ? { ACCOUNT_SID: accountSid, AUTH_TOKEN: authToken }
        : {};
      const pairs = [...variables.values()].map(({ key, value }) => [key, value] as const);
      servers.set(
        domain,
        await startFunctionServer({
          domain,
          functions: new Map(versions.map(({ path, content }) => [path, content])),
          variables: { ...credentials, ...Object.fromEntries(pairs) },
          now,
          ended: ended.signal,
        }),
      );
      await before?.[Symbol.asyncDispose]();
    },
    async onRemoved({ environments }) {
      for (const { domain } of environments.values()) await take(domain);
    },
  });
  const sync = createSyncApp({ ...keeper, accountSid, now });
  const app = new Hono();
  app.route("/", serverless.app);
  app.route("/", sync.app);
  // Serves the Functions of a domain. The URL of a domain stays the same when it is deployed again.
  app.post(`${FUNCTIONS_PATH}/:domain/*`, async (c) => {
    const { domain } = c.req.param();
    const server = servers.get(domain);
    if (server === undefined) return c.notFound();
    await server.prepare?.();
    const { pathname, search } = new URL(c.req.url);
    const rest = pathname.slice(`${FUNCTIONS_PATH}/${domain}`.length);
    const headers = new Headers(c.req.raw.headers);
    for (const name of OF_ONE_CONNECTION) headers.delete(name);
    // A connection that stayed open would delay the end of the Functions' server by seconds.
    headers.set("connection", "close");
    return await fetch(server.origin + rest + search, { method: "POST", headers, body: await c.req.text() });
  });

  return {
    app,
    services: serverless.services,
    syncServices: sync.services,
    requests,
    addressOf: (domain, origin) => (servers.has(domain) ? `${origin}${FUNCTIONS_PATH}/${domain}` : null),
    fail: (matches, fault, times = 1) => void faults.push({ matches, fault, times }),
    building,
    access,
    async [Symbol.asyncDispose]() {
      ended.abort();
      for (const domain of servers.keys()) await take(domain);
    },
  };
}
