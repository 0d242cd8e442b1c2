import { once } from "node:events";
import { createServer } from "node:net";

import { freePort } from "../test/sockets/free-port.ts";

/** Where the parts of the demo listen, on 127.0.0.1. */
export interface DemoPorts {
  readonly homeAssistant: number;
  readonly telephone: number;
  readonly panel: number;
  readonly webhooks: number;
}

/** The usual ports. They do not change between starts, so that bookmarks and open tabs still work. */
const PREFERRED: DemoPorts = { homeAssistant: 8123, telephone: 8180, panel: 8099, webhooks: 8080 };
const NAMES: Readonly<Record<keyof DemoPorts, string>> = {
  homeAssistant: "Home Assistant",
  telephone: "the telephone",
  panel: "the app's page",
  webhooks: "the address for webhooks",
};
/** How many ports above a preferred one are tried. After that, any free port is used. */
const NEIGHBOURS = 20;

/** Chooses the preferred port of each part. If another program uses it, chooses the next free one and says so. */
export async function choosePorts(
  say: (line: string) => void,
  preferred: DemoPorts = PREFERRED,
): Promise<DemoPorts> {
  const taken = new Set(Object.values(preferred));
  const choose = async (part: keyof DemoPorts): Promise<number> => {
    const wanted = preferred[part];
    if (await isFree(wanted)) return wanted;
    const port = await nextFree(wanted, taken);
    taken.add(port);
    say(`Another program uses port ${wanted}, so ${NAMES[part]} gets port ${port} this time.`);
    return port;
  };
  return {
    homeAssistant: await choose("homeAssistant"),
    telephone: await choose("telephone"),
    panel: await choose("panel"),
    webhooks: await choose("webhooks"),
  };
}

async function nextFree(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = wanted + 1; port <= Math.min(wanted + NEIGHBOURS, 65_535); port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return await freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    if (server.listening) {
      server.close();
      await once(server, "close");
    }
  }
}
