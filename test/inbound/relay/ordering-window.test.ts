import { expect, test } from "vitest";

import { createOrderingWindow } from "../../../src/inbound/relay/ordering-window.ts";
import { createTestClock } from "../../app/create-test-clock.ts";

/** Resolves when all pending promises of this turn have run. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function start() {
  const ran: string[] = [];
  const clock = createTestClock();
  const stopped = clock.stop();
  const window = createOrderingWindow<string>({ run: (item) => void ran.push(item), clock });
  return { ran, window, stopped };
}

test("the app handles each webhook of the relay at once if the connection to Home Assistant was not interrupted", () => {
  const { ran, window } = start();
  window.add(2, "b");
  window.add(1, "a");
  expect(ran).toEqual(["b", "a"]);
});

test("the webhooks that the relay posts in the three seconds after an interruption are handled in the order in which the relay received them", async () => {
  const { ran, window, stopped } = start();
  window.open();
  window.add(2, "b");
  stopped.advance(2_999);
  await turn();
  window.add(1, "a");
  expect(ran).toEqual([]);
  stopped.advance(1);
  await turn();
  expect(ran).toEqual(["a", "b"]);
  window.add(0, "later");
  expect(ran).toEqual(["a", "b", "later"]);
});

test("if the connection is interrupted again within three seconds, the relay's webhooks are collected for three more seconds", async () => {
  const { ran, window, stopped } = start();
  window.open();
  stopped.advance(2_000);
  window.add(1, "a");
  window.open();
  stopped.advance(2_000);
  await turn();
  expect(ran).toEqual([]);
  stopped.advance(1_000);
  await turn();
  expect(ran).toEqual(["a"]);
});

test("if the app stops collecting the relay's webhooks before three seconds are over, it handles the collected webhooks at once", () => {
  const { ran, window } = start();
  window.open();
  window.add(1, "a");
  window.close();
  expect(ran).toEqual(["a"]);
});
