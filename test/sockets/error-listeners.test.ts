import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/**
 * The code of the project. Imports of types are removed, because they open nothing, and so are files with code as
 * examples.
 */
const EXAMPLES = [basename(import.meta.filename), "house-rules.test.ts"];
const FILES = globSync("{src,test,demo,bench,scripts}/**/*.{ts,tsx}", { cwd: ROOT })
  .filter((path) => !EXAMPLES.includes(basename(path)))
  .map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), "utf8").replaceAll(/^import type [^;]*;/gm, ""),
  }));

const pathsWith = (code: RegExp): string[] =>
  FILES.filter(({ text }) => code.test(text)).map(({ path }) => path);

// If a socket has no `error` listener, Node throws its error. A peer that resets its connection would end the
// process.
describe("only the files that give each socket an error listener contain code that", () => {
  test.each([
    [
      "takes upgrades",
      /\.(on|once|addListener)\("(upgrade|connect)",/,
      // The other file opens connections with the function that adds the listener.
      ["test/attack/flood.ts", "test/sockets/take-upgrades.ts"],
    ],
    ["serves WebSockets", /new WebSocketServer\(/, ["test/sockets/take-upgrades.ts"]],
    [
      "opens WebSockets",
      /new WebSocket\(/,
      ["src/app/system/transport.ts", "test/sockets/open-web-socket.ts"],
    ],
    [
      "opens connections",
      /\b(connect|createConnection|Socket)\b[^;]*from "node:(net|tls)"/,
      // The health check is a separate process, for which loading an HTTP client would take too long.
      ["src/app/commands/health.ts", "test/sockets/open-tcp.ts"],
    ],
    [
      "accepts connections",
      /createServer\b[^;]*from "node:(net|tls)"/,
      // The other files only look for a free port, occupy one, or add an error listener themselves.
      [
        "demo/choose-ports.ts",
        "test/demo/choose-ports.test.ts",
        "test/container/forward-port.ts",
        "test/sockets/free-port.ts",
        "test/sockets/start-server.ts",
      ],
    ],
  ])("%s", (_what, code, files) => {
    const found = pathsWith(code);
    expect(found).toContain(files.at(-1));
    expect(found.filter((path) => !files.includes(path))).toEqual([]);
  });
});

test("every file that makes HTTP requests with Node's client adds an error listener", () => {
  const clients = pathsWith(/\b(request|get)\b[^;]*from "node:https?"/);
  expect(clients).not.toEqual([]);
  expect(clients.filter((path) => !pathsWith(/\.on\("error",/).includes(path))).toEqual([]);
});
