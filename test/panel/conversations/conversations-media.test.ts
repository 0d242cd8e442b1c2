import { expect, test } from "vitest";

import { saveEvent } from "../../journal/conversation-rows.ts";
import { createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, "172.30.32.2");
const FILE = "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME";

const FILE_PATH = "/media?event=1&number=0&id=ME";

async function panelWithFile(): Promise<TestPanel> {
  const panel = createPanel();
  await saveEvent(panel.talk.store, { From: "+15551", MediaUrl0: FILE, MediaContentType0: "image/png" }, 1);
  return panel;
}

const answerWith = (panel: TestPanel, type: string): void => {
  panel.talk.media = () => ({
    ok: true,
    type,
    body: new Blob(["file"]).stream(),
    length: 4,
    hasParts: true,
    part: null,
  });
};

test("the panel serves a file of a message with its content type, a strict security policy and a cache time", async () => {
  const panel = await panelWithFile();
  answerWith(panel, "image/png");
  const response = await panel.ask({ path: FILE_PATH });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("file");
  expect(panel.talk.fetched).toEqual([FILE]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=300",
    "content-length": "4",
    "accept-ranges": "bytes",
  });
});

test("the panel passes on range requests for a file of a message, because iPhones play no file without them", async () => {
  const panel = await panelWithFile();
  panel.talk.media = () => ({
    ok: true,
    type: "audio/mpeg",
    body: new Blob(["fi"]).stream(),
    length: 2,
    hasParts: true,
    part: "bytes 0-1/4",
  });
  const response = await panel.ask({ path: FILE_PATH, headers: { range: "bytes=0-1" } });
  expect(response.status).toBe(206);
  expect(panel.talk.ranges).toEqual(["bytes=0-1"]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-range": "bytes 0-1/4",
    "content-length": "2",
    "accept-ranges": "bytes",
  });
});

test("a PDF in a message is downloaded and not shown on the page", async () => {
  const panel = await panelWithFile();
  answerWith(panel, "application/pdf");
  const response = await panel.ask({ path: FILE_PATH });
  expect(response.headers.get("content-disposition")).toBe("attachment");
});

test.each([
  "/media",
  "/media?event=1&number=0",
  "/media?event=1&number=0&id=MF",
  "/media?event=1&number=1&id=ME",
  "/media?event=2&number=0&id=ME",
  "/media?event=-1&number=0",
  "/media?event=1&number=0x0",
  `/media?url=${encodeURIComponent(FILE)}`,
  "/recording?event=1",
  "/recording?event=1&id=ME",
])("the app fetches no file of a message for %s", async (path) => {
  const panel = await panelWithFile();
  expect((await panel.ask({ path })).status).toBe(404);
  expect(panel.talk.fetched).toEqual([]);
});

test.each([
  ["gone", 404],
  ["refused", 403],
  ["unreadable", 415],
  ["away", 502],
  ["beyond", 416],
] as const)("the panel describes a file of a message in words if the file is %s", async (why, status) => {
  const panel = await panelWithFile();
  panel.talk.media = () => ({ ok: false, why });
  const response = await panel.ask({ path: FILE_PATH });
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(response.headers.get("cache-control")).toBe("no-store");
});
