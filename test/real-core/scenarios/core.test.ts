import { existsSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "vitest";

import { connectToCore, type CoreClient } from "../house/core/core-client.ts";
import { type RunningCore, startCore } from "../house/core/start-core.ts";
import { CORE_VERSION } from "../install/core-installation.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const CONFIGURATION = `
input_boolean:
  garage_door:
template:
  - cover:
      - name: Garage door
        state: "{{ is_state('input_boolean.garage_door', 'on') }}"
        open_cover: [{action: input_boolean.turn_on, target: {entity_id: input_boolean.garage_door}}]
        close_cover: [{action: input_boolean.turn_off, target: {entity_id: input_boolean.garage_door}}]
notify:
  - {platform: group, name: twilio_sms, services: []}
`;

const AUTOMATIONS = `
- alias: Open the garage to a caller
  triggers:
    - trigger: event
      event_type: twilio_data_received
      event_data: {From: '+15551234567', CallStatus: ringing, Direction: inbound}
  actions:
    - {action: cover.open_cover, target: {entity_id: cover.garage_door}}
`;

describeWithCore("the real Home Assistant Core that the tests start", (installation) => {
  let core: RunningCore;
  let client: CoreClient;

  beforeAll(async () => {
    core = await startCore({
      installation,
      configuration: CONFIGURATION,
      automations: AUTOMATIONS,
      country: "NL",
    });
    client = await connectToCore(core.url, core.token);
  });
  afterAll(async () => {
    await client?.[Symbol.asyncDispose]();
    await core?.[Symbol.asyncDispose]();
  });

  test("is the requested release and does not run in recovery mode", async () => {
    expect(await client.get("/api/config")).toMatchObject({
      version: expect.stringContaining(installation.complete ? CORE_VERSION : "."),
      state: "RUNNING",
      recovery_mode: false,
      country: "NL",
      language: "en",
    });
  });

  test("shows no notification and does not ask for the first steps of a new installation (onboarding)", async () => {
    expect(await client.persistentNotifications()).toEqual([]);
    const page = await fetch(core.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<home-assistant");
    const onboarding = await fetch(`${core.url}/api/onboarding`);
    expect(onboarding.ok && (await onboarding.json())).not.toContainEqual(
      expect.objectContaining({ done: false }),
    );
  });

  test("can describe all its actions, because otherwise the page with actions would never finish loading", async () => {
    const actions = await client.command<Record<string, object>>({ type: "get_services" });
    expect(Object.keys(actions)).toEqual(
      expect.arrayContaining(["cover", "notify", "script", "assist_satellite"]),
    );
  });

  test("runs an automation when its event is fired", async () => {
    await using calls = await client.events("call_service");
    expect((await client.state("cover.garage_door"))?.state).toBe("closed");
    await client.command({
      type: "fire_event",
      event_type: "twilio_data_received",
      event_data: { From: "+15551234567", CallStatus: "ringing", Direction: "inbound" },
    });
    expect((await client.waitForState("cover.garage_door", "open")).entity_id).toBe("cover.garage_door");
    expect((await calls.next(({ data }) => data["domain"] === "cover")).data["service"]).toBe("open_cover");
  });

  test("fires the event call_service for an action of a notify group without services", async () => {
    await using calls = await client.events("call_service");
    await client.callService("notify", "twilio_sms", { message: "Hello", target: ["+15551234567"] });
    const { data } = await calls.next(({ data: call }) => call["domain"] === "notify");
    expect(data).toEqual({
      domain: "notify",
      service: "twilio_sms",
      service_data: { message: "Hello", target: ["+15551234567"] },
    });
  });

  test("refuses an unknown action with its own error code", async () => {
    await expect(client.callService("notify", "nobody")).rejects.toMatchObject({ code: "not_found" });
    await expect(client.get("/api/states/light.none")).rejects.toMatchObject({ status: 404 });
    await using events = await client.events("never_fired");
    await expect(events.next(undefined, 20)).rejects.toThrow("no fitting never_fired");
  });

  test("keeps its token and URL after a restart and after a kill", async () => {
    // With an open WebSocket, Core would take ten seconds to stop.
    await client[Symbol.asyncDispose]();
    await core.restart();
    await core.kill();
    await core.restart();
    await using again = await connectToCore(core.url, core.token);
    expect((await again.states()).map(({ entity_id: id }) => id)).toContain("cover.garage_door");
  });

  test("leaves no process and no folder when the test ends it", async () => {
    const { directory, pid } = await startAndDispose();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(existsSync(directory)).toBe(false);
  });

  async function startAndDispose(): Promise<{ directory: string; pid: number }> {
    await using other = await startCore({ installation });
    return { directory: other.directory, pid: other.pid() };
  }
});
