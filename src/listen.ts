import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";

type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

export interface Listener extends AsyncDisposable {
  readonly port: number;
}

/** Twilio itself gives up after 15 s; whoever is slower only holds a socket. */
const MOST_REQUEST_MS = 15_000;

/** An answer takes a few milliseconds. */
const STOP_PATIENCE_MS = 500;

/**
 * Serves `fetch` on `host` and `port` (0: any free one). Disposing takes no new request and resolves when the open
 * ones are answered, or soon: whoever sends slowly must not hold up the end.
 *
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(fetch: Fetch, host: string, port: number): Promise<Listener> {
  const server = createAdaptorServer({
    fetch,
    serverOptions: { requestTimeout: MOST_REQUEST_MS, headersTimeout: MOST_REQUEST_MS },
  });
  await new Promise<void>((resolve, reject) => {
    // Kept while the server listens: without a listener a later error would end the process.
    server.on("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      if (!("closeAllConnections" in server)) return void (await closed);
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
      await closed;
      clearTimeout(impatient);
    },
  };
}
