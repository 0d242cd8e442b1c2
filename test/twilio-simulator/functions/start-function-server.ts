import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

import { createFunctionTimers } from "./function-timers.ts";
import { loadFunction, REAL_MACHINE } from "./twilio-function.ts";
import type { FunctionEvent } from "./twilio-function.ts";

/** The Functions that Twilio serves at a domain. */
export interface Deployment {
  /** The domain, such as `house-1234.twil.io`. */
  readonly domain: string;
  /** The sources of the Functions, by path. */
  readonly functions: ReadonlyMap<string, string>;
  /** The variables of the Environment, and the account's credentials. */
  readonly variables: Readonly<Record<string, string>>;
  /** Twilio's clock, in milliseconds since 1970. Twilio's own runtime uses the machine's clock instead. */
  readonly now: () => number;
  /** Aborts when the simulated Twilio ends. Functions that still run then stop waiting. */
  readonly ended: AbortSignal;
}

export interface FunctionServer extends AsyncDisposable {
  /** The real origin of requests to the domain. */
  readonly origin: string;
  /** Called before each request to the domain. */
  readonly prepare?: () => Promise<void>;
}

export type StartFunctionServer = (deployment: Deployment) => Promise<FunctionServer>;

/** Headers that Twilio does not pass to Functions. Source: `restricted-headers` of @twilio/runtime-handler 2.1 */
const RESTRICTED =
  /^(i-twilio-|i-t-|ot-|x-amz|x-forwarded-|x-accel-|(via|referer|connection|x-real-ip|expect|upgrade)$)/;

/**
 * Runs Functions in this process, with the parts of Twilio's runtime that the relay needs. `adapt` can change the
 * source text of a Function at each request.
 */
export async function startFunctionServer(
  { domain, functions, variables, now, ended }: Deployment,
  adapt: (source: string) => string = (source) => source,
): Promise<FunctionServer> {
  const app = new Hono();
  const machine = { ...REAL_MACHINE, ...createFunctionTimers(ended), Date: { now } };
  for (const [path, source] of functions) {
    app.all(path, async (c) => {
      const call = loadFunction(adapt(source), machine);
      const event = eventOf(c.req.query(), await c.req.text(), c.req.raw.headers);
      const { statusCode, headers, body } = await call(
        { PATH: path, DOMAIN_NAME: domain, ...variables },
        event,
      );
      return new Response(statusCode === 204 ? null : String(body), { status: statusCode, headers });
    });
  }
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      // As at Twilio, running calls may end after a new deployment.
      server.close();
      if ("closeIdleConnections" in server) server.closeIdleConnections();
      await once(server, "close");
    },
  };
}

function eventOf(query: Readonly<Record<string, string>>, form: string, headers: Headers): FunctionEvent {
  const params: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(form)) {
    const known = params[name];
    params[name] = known === undefined ? value : [known, value].flat();
  }
  const passed = [...headers].filter(([name]) => !RESTRICTED.test(name));
  return { request: { headers: Object.fromEntries(passed), cookies: {} }, ...query, ...params };
}
