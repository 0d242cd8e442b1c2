import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * The range is below the ports for outgoing connections, so that none of these takes the port before a server does.
 */
const RANGE = [11_000, 32_000] as const;
/**
 * Each worker of Vitest has its own part of the range. So no other test takes a port before its server listens, or
 * while its server restarts.
 */
const PARTS = 8;
const MOST_TRIES = 100;

const given = new Set<number>();

/** A port of 127.0.0.1 on which nothing listens now. No later call in this process returns it again. */
export async function freePort(): Promise<number> {
  const [first, end] = RANGE;
  const size = Math.floor((end - first) / PARTS);
  const start = first + (Number(process.env["VITEST_POOL_ID"] ?? 0) % PARTS) * size;
  for (let left = MOST_TRIES; left > 0; left -= 1) {
    const port = randomInt(start, start + size);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port was found in ${MOST_TRIES} tries`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
