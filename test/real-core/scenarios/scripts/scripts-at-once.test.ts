import { expect, test } from "vitest";

import { connectToCore } from "../../house/core/core-client.ts";
import { startCore } from "../../house/core/start-core.ts";
import { ADDON, startProvisioner } from "../../house/start-provisioner.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

type Data = Readonly<Record<string, unknown>>;

/** The timeout of a request in seconds, with enough time for the last answer of a busy machine. */
const TIMEOUT = 600;

describeWithCore("the app's script, called by a thousand automations at the same time,", (installation) => {
  test("returns to each of them the response to its own request", async () => {
    await using core = await startCore({ installation });
    await using client = await connectToCore(core.url, core.token);
    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/twilio_talk is installed and up to date/);
    await using requests = await client.events("twilio_request");
    const texts = Array.from({ length: 1_000 }, (_, index) => `text ${index}`);
    const unanswered = new Set<unknown>(texts);
    const called = Promise.all(
      texts.map(async (message) => {
        const data = { to: "Alice", message, timeout: TIMEOUT };
        const answer = await client.callService("script", "twilio_send_message", data, {
          returnResponse: true,
        });
        unanswered.delete(message);
        return (answer as Data)["text"];
      }),
    );
    // On a busy machine, the script repeats its request after five seconds. Each request gets an answer.
    for (;;) {
      const next = requests.next(
        ({ data }) => unanswered.has((data["payload"] as Data)["message"]),
        TIMEOUT * 1_000,
      );
      const request = await Promise.race([next, called.then(() => null)]);
      if (request === null) break;
      const { request_id, payload } = request.data as { request_id: string; payload: Data };
      const event_data = { request_id, ok: true, text: payload["message"] };
      await client.command({ type: "fire_event", event_type: "twilio_result", event_data });
    }
    expect(await called).toEqual(texts);
  });
});
