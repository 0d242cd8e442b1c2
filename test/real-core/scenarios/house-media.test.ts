import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import { createHouseMediaHost } from "../../../src/home-assistant/media/house-media-host.ts";
import type { HouseMediaHost } from "../../../src/home-assistant/media/house-media-host.ts";
import type { HouseFile } from "../../../src/media/ports.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { MP3 } from "../../media/sample-files.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { connectToCore } from "../house/core/core-client.ts";
import { startCoreWithMedia } from "../house/start-core-with-media.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const TEN_MINUTES = 600_000;
/** A picture of one pixel. It must be valid, because Home Assistant opens each picture that it stores. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

describeWithCore("files that the app publishes at the URL of a real Home Assistant Core", (installation) => {
  const undo = new AsyncDisposableStack();
  const clock = createTestClock();
  let host: HouseMediaHost;
  let files: readonly HouseFile[] = [];

  beforeAll(async () => {
    const core = undo.use(await startCoreWithMedia(installation));
    const client = undo.use(await connectToCore(core.url, core.token));
    await client.command({ type: "config/core/update", external_url: core.url });
    const home = undo.use(
      connectHomeAssistant({ ...SYSTEM_PARTS, url: core.url, token: core.token, logger: SILENT }),
    );
    await vi.waitFor(() => expect(home.running).toBe(true));
    const stopping = new AbortController();
    undo.defer(() => stopping.abort());
    host = createHouseMediaHost({
      ...SYSTEM_PARTS,
      url: core.url,
      token: core.token,
      request: home.request,
      memory: { get: () => files, set: (present) => void (files = present) },
      clock,
      stopping: stopping.signal,
    });
  });
  afterAll(() => undo.disposeAsync());

  test.for([
    ["a picture", "image/png", PIXEL],
    ["a sound", "audio/mpeg", MP3],
    // Home Assistant guesses the type from the extension of the file's name.
    ["a WAV sound", "audio/vnd.wave", MP3],
    ["an iPhone's video", "video/quicktime", MP3],
  ] as const)(
    "(such as %s) can be fetched without a login until they are deleted",
    async ([, type, content]) => {
      const published = await host.publish({ type, content: new Uint8Array(content) });
      if (!published.ok) throw new Error(published.message);
      const answer = await fetch(published.url);
      expect(answer).toMatchObject({ status: 200 });
      expect(answer.headers.get("content-type")).toContain(type);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(content));
      using stopped = clock.stop();
      stopped.advance(TEN_MINUTES);
      await vi.waitFor(async () => expect((await fetch(published.url)).status).not.toBe(200));
      await vi.waitFor(() => expect(files).toEqual([]));
    },
  );

  test.for([
    ["application/pdf", "publishes no files of the type application/pdf"],
    ["audio/gsm", "publishes no files of the type audio/gsm"],
    ["image/png", "Home Assistant refuses the file (HTTP 400)"],
  ] as const)(
    "are not sent if Home Assistant does not store or serve them as %s",
    async ([type, message]) => {
      using stopped = clock.stop();
      expect(await host.publish({ type, content: new Uint8Array(MP3) })).toMatchObject({
        ok: false,
        message: expect.stringContaining(message),
        isTransient: false,
      });
      stopped.advance(TEN_MINUTES);
      await vi.waitFor(() => expect(files).toEqual([]));
    },
  );
});
