import { once } from "node:events";
import type { Socket } from "node:net";

import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../src/app/system/clock.ts";
import { blockProcess } from "../block-process.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { startTcp } from "../sockets/start-server.ts";

/** Connects two sockets on this machine. */
async function startPair() {
  await using undo = new AsyncDisposableStack();
  const accepted = Promise.withResolvers<Socket>();
  const server = undo.use(await startTcp(accepted.resolve));
  const near = openTcp(server.port);
  undo.defer(() => void near.destroy());
  const far = await accepted.promise;
  const both = undo.move();
  return { near, far, [Symbol.asyncDispose]: () => both.disposeAsync() };
}

test.each([
  ["a wait", (ms: number) => SYSTEM_CLOCK.wait(ms, new AbortController().signal)],
  ["a timeout", (ms: number) => once(SYSTEM_CLOCK.timeoutSignal(ms), "abort")],
])(
  "if the process was blocked, %s ends only after the app has read an answer that arrived meanwhile",
  async (_name, ended) => {
    await using pair = await startPair();
    const order: string[] = [];
    const read = once(pair.near, "data").then(() => order.push("the answer"));
    const over = ended(5).then(() => order.push("the end"));
    pair.far.write("answer");
    blockProcess(20);
    await Promise.all([read, over]);
    expect(order).toEqual(["the answer", "the end"]);
  },
);

test("a signal with a timeout aborts with a TimeoutError", async () => {
  const signal = SYSTEM_CLOCK.timeoutSignal(1);
  await once(signal, "abort");
  expect(signal.reason).toMatchObject({ name: "TimeoutError" });
});
