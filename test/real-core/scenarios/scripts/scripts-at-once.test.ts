import { expect, test } from "vitest";

import { connectToCore } from "../../house/core/core-client.ts";
import { startCore } from "../../house/core/start-core.ts";
import { ADDON, startProvisioner } from "../../house/start-provisioner.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

type Data = Readonly<Record<string, unknown>>;

/** In seconds: so that a busy machine answers the last of them in time, too. */
const TIMEOUT = 600;

describeWithCore("a script that is called many times at once", (installation) => {
  test("gives each of a thousand callers their own answer", async () => {
    await using core = await startCore({ installation });
    await using client = await connectToCore(core.url, core.token);
    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/twilio_talk is in place/);
    await using requests = await client.events("twilio_request");
    const texts = Array.from({ length: 1_000 }, (_, index) => `text ${index}`);
    const called = texts.map(async (message) => {
      const data = { to: "Alice", message, timeout: TIMEOUT };
      const answer = await client.callService("script", "twilio_send_message", data, {
        returnResponse: true,
      });
      return (answer as Data)["heard"];
    });
    const answering = texts.map(async () => {
      const { request_id, payload } = (await requests.next()).data as { request_id: string; payload: Data };
      const event_data = { request_id, ok: true, heard: payload["message"] };
      await client.command({ type: "fire_event", event_type: "twilio_result", event_data });
    });
    const [heard] = await Promise.all([Promise.all(called), Promise.all(answering)]);
    expect(heard).toEqual(texts);
  });
});
