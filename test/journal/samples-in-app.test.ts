import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { OURS } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { placeSample, REQUEUED_TEXT, sampleVersions } from "./open-sample.ts";

let undo: AsyncDisposableStack;
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
let dataDir: string;
beforeEach(async () => {
  undo = new AsyncDisposableStack();
  dataDir = mkdtempSync(join(tmpdir(), "sample-app-"));
  undo.defer(() => rmSync(dataDir, { recursive: true }));
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
});
afterEach(() => undo.disposeAsync());

/** Starts the whole app with a copy of the sample, as after an update. The times in the sample are long ago. */
async function startOn(version: number): Promise<TestApp> {
  placeSample(version, join(dataDir, "journal.db"));
  // The earlier version has left its lock file.
  writeFileSync(join(dataDir, "journal.lock"), "");
  const panel = { port: 0, password: null, supervised: false };
  return undo.use(
    await startTestApp({
      twilio,
      homeAssistant: home,
      options: { history_days: 36_500 },
      settings: { dataDir, panel },
    }),
  );
}

const fired = (type: string): Readonly<Record<string, unknown>>[] =>
  home.fired.filter((event) => event.type === type).map(({ data }) => data);

test.each(sampleVersions())(
  "after an update from journal version %i, waiting events are delivered, waiting requests get results, and nothing is sent twice",
  async (version) => {
    const app = await startOn(version);
    const waitFor = (check: () => void): Promise<void> =>
      vi.waitFor(check, { timeout: 15_000, interval: 20 });
    await waitFor(() =>
      expect(fired("twilio_data_missed").map(({ Body }) => Body)).toEqual(
        expect.arrayContaining(["was being fired", "waits", REQUEUED_TEXT, "late", "of unknown age"]),
      ),
    );
    await waitFor(() =>
      expect(
        fired("twilio_result")
          .map((result) => String(result["request_id"]))
          .toSorted((a, b) => (a < b ? -1 : 1)),
      ).toEqual([
        "accepted",
        "call",
        "done",
        "heard",
        "limited",
        "posting",
        "talk_done",
        "talk_forward",
        "talk_given",
        "talk_waiting",
        "waiting",
      ]),
    );
    expect(app.lines.filter((line) => / ERROR /.test(line))).toEqual([]);
    expect(twilio.messages()).toEqual([]);
    expect(fired("twilio_data_received")).toEqual([]);

    // A request id in the journal cannot be used for another request.
    home.emit("twilio_request", {
      request_id: "done",
      command: "send_message",
      payload: { to: "+12125550101", message: "x" },
    });
    await waitFor(() => expect(fired("twilio_result")).toHaveLength(12));
    expect(fired("twilio_result").at(-1)).toMatchObject({ request_id: "done", error: { code: "id_reused" } });
  },
);

test.each(sampleVersions())(
  "after an update from journal version %i, the panel shows the conversations",
  async (version) => {
    const app = await startOn(version);
    const page = async (path: string): Promise<string> =>
      await (await fetch(`http://127.0.0.1:${app.panelPort}/${path}`)).text();
    const links = async (): Promise<string[]> =>
      [...(await page("conversations")).matchAll(/href="(conversation\?[^"]*)"/g)].map(
        ([, link]) => link ?? "",
      );
    await vi.waitFor(
      async () => {
        const pages = await Promise.all((await links()).map(page));
        // This entry was not indexed in the sample.
        expect(pages.filter((html) => html.includes("delivered long ago"))).toHaveLength(1);
        expect(pages.filter((html) => html.includes("asked, unanswered"))).toHaveLength(1);
      },
      { timeout: 10_000 },
    );
  },
);
