import { readdirSync } from "node:fs";

import { expect, test } from "vitest";

import { importProblem, roomsBelow } from "../../scripts/lint/rooms.ts";

const folders = readdirSync("src", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each([
  ["calls/call-session.ts", "domain/log/logger.ts"],
  ["outbound/intake/accept-request-event.ts", "calls/make-step.ts"],
  ["journal/journal.ts", "inbound/logged-event.ts"],
  ["journal/inbound/event-log.ts", "journal/database/open.ts"],
  ["app/app.ts", "panel/server/panel-app.ts"],
  ["main.ts", "app/process/run.ts"],
])("a file in the folder %s may import a file in the folder %s", (from, to) => {
  expect(importProblem(from, to)).toBeNull();
});

test.each([
  ["domain/log/logger.ts", "calls/call-session.ts", "domain/ may import"],
  [
    "calls/call-session.ts",
    "outbound/intake/accept-request-event.ts",
    "Declare what it needs in its ports.ts",
  ],
  ["inbound/receive-webhook.ts", "journal/journal.ts", "inbound/ may import"],
  ["journal/journal.ts", "twilio/rest/client.ts", "never import each other"],
  ["twilio/send/sender.ts", "app/app.ts", "twilio/ may import"],
  ["app/app.ts", "main.ts", "app/ may import"],
])("a file in the folder %s may not import a file in the folder %s", (from, to, reason) => {
  expect(importProblem(from, to)).toContain(reason);
});

test("every folder of src/ is in the lint rule about imports, and each folder in the rule has files", () => {
  const known = new Set(["app", ...roomsBelow("app")]);
  expect(new Set(folders)).toEqual(new Set([...known].filter((room) => room !== "main")));
});
