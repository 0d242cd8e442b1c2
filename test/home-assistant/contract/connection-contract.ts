import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { parseExactJson } from "../../../src/domain/payload/exact-number.ts";
import { createAdministratorCheck } from "../../../src/home-assistant/administrators.ts";
import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../../src/home-assistant/connection/connect.ts";
import { createNotifyActions } from "../../../src/home-assistant/events/notify-actions.ts";
import { listenForNotifyCalls } from "../../../src/home-assistant/events/notify-calls.ts";
import { asObject, triggerData } from "../../../src/home-assistant/events/unwrap-trigger.ts";
import type { NotifyCall } from "../../../src/outbound/notify/notify-call.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const FAST = { runningPollMs: 20, retryMs: 20, maxRetryMs: 100 };

export interface ContractHouse extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** Restarts Core. Resolves when it is `RUNNING` again. */
  restart(): Promise<void>;
}

/** Tests the behaviour of Home Assistant that the app relies on, with the fake and with a real Core. */
export function testConnectionContract(start: () => Promise<ContractHouse>): void {
  let house: ContractHouse;
  let home: HomeAssistantConnection;

  beforeAll(async () => {
    house = await start();
    home = connectHomeAssistant({
      ...SYSTEM_PARTS,
      url: house.url,
      token: house.token,
      logger: SILENT,
      timings: FAST,
    });
    await vi.waitFor(() => expect(home.running).toBe(true), { interval: 10 });
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
  });

  async function receivedBy(trigger: object, cause: () => Promise<void>): Promise<Record<string, unknown>> {
    const received: Record<string, unknown>[] = [];
    const stop = home.subscribeTrigger(trigger, (variables) => received.push(variables));
    // Core may process the event before the subscription, although the subscription was sent first.
    await vi.waitFor(
      async () => {
        await cause();
        expect(received.length).toBeGreaterThan(0);
      },
      { interval: 20 },
    );
    stop();
    return received[0] ?? {};
  }

  test("Home Assistant knows its owner as an administrator, and does not know an unknown user as one", async () => {
    const isAdministrator = createAdministratorCheck(home);
    const users = (await home.request({ type: "config/auth/list" })) as { id: string; is_owner: boolean }[];
    const owner = users.find(({ is_owner: isOwner }) => isOwner);
    expect(await isAdministrator(owner?.id ?? "")).toBe(true);
    expect(await isAdministrator("nobody")).toBe(false);
  });

  test("an event that the app fires arrives unchanged at each subscription with a matching filter", async () => {
    const data = {
      Body: '"quoted" 🪟 {{ x }}',
      Digits: "0042",
      From: "+12125550123",
      nested: { a: [1, null, true] },
    };
    const variables = await receivedBy(
      { platform: "event", event_type: "contract_event", event_data: { Digits: "0042" } },
      async () => {
        await home.fireEvent("contract_event", { ...data, Digits: "other" });
        await home.fireEvent("contract_event", data);
      },
    );
    expect(variables).toMatchObject({
      trigger: { platform: "event", event: { event_type: "contract_event", data } },
    });
  });

  test("half an emoji in an event neither stops the event nor ends the connection", async () => {
    const trigger = { platform: "event", event_type: "contract_half" };
    const variables = await receivedBy(trigger, () => home.fireEvent("contract_half", { Body: "Hi \uD83D" }));
    expect(variables).toMatchObject({ trigger: { event: { data: { Body: "Hi \uFFFD" } } } });
  });

  test("an action of a notify group arrives at the subscription with unchanged data", async () => {
    const calls: NotifyCall[] = [];
    const probes: NotifyCall[] = [];
    const stop = listenForNotifyCalls({
      connection: home,
      notifiers: ["contract_sms"],
      onCall: (call) => void (call.message === "hi" ? calls : probes).push(call),
      logger: SILENT,
    });
    await vi.waitFor(
      async () => {
        await home.callService("notify", "contract_sms", { message: "is it received?" });
        expect(probes.length).toBeGreaterThan(0);
      },
      { interval: 20 },
    );
    const targets = ["+12125550123", ["+12125550123", "Alice"], 12125550123];
    for (const target of targets) await home.callService("notify", "contract_sms", { message: "hi", target });
    await vi.waitFor(() => expect(calls).toHaveLength(3), { interval: 5 });
    stop();
    expect(calls.map(({ target }) => target)).toEqual([
      ["+12125550123"],
      ["+12125550123", "Alice"],
      [12125550123],
    ]);
    expect(calls[0]).toMatchObject({ notifier: "contract_sms", message: "hi", mediaUrls: [] });
  });

  test("the check whether a notify action exists does not send a notification", async () => {
    const received: unknown[] = [];
    const event_data = { domain: "notify", service: "contract_sms" };
    const trigger = { platform: "event", event_type: "call_service", event_data };
    const stop = home.subscribeTrigger(trigger, (variables) =>
      received.push(asObject(triggerData(variables["trigger"])["service_data"])["message"]),
    );
    const call = (message: string): Promise<void> => home.callService("notify", "contract_sms", { message });
    await vi.waitFor(
      async () => {
        await call("before");
        expect(received.length).toBeGreaterThan(0);
      },
      { interval: 20 },
    );
    const actions = createNotifyActions(home);
    expect(await actions.exists("contract_sms")).toBe(true);
    expect(await actions.exists("contract_absent")).toBe(false);
    await call("after");
    await vi.waitFor(() => expect(received).toContain("after"), { interval: 5 });
    stop();
    expect(new Set(received)).toEqual(new Set(["before", "after"]));
  });

  test.each(["8944500102198765432", "21.0", "-0.0", "1e+16"])(
    "a number in an event keeps all its digits: %s",
    async (source) => {
      const trigger = { platform: "event", event_type: "contract_number" };
      const data = { value: parseExactJson(source) };
      const variables = await receivedBy(trigger, () => home.fireEvent("contract_number", data));
      expect(JSON.stringify(variables)).toContain(`"data":{"value":${source}}`);
    },
  );

  test("an action that does not exist is refused with the code not_found", async () => {
    await expect(home.callService("nothing", "there", {})).rejects.toMatchObject({ code: "not_found" });
  });

  test("an event whose type has more than 64 characters is refused", async () => {
    await expect(home.fireEvent("x".repeat(65), {})).rejects.toMatchObject({
      name: "HomeAssistantRefusedError",
    });
  });

  test("after a restart of Home Assistant, the subscriptions receive events again", async () => {
    const received: unknown[] = [];
    let times = 0;
    const stopCounting = home.onRunning(() => (times += 1));
    const trigger = { platform: "event", event_type: "contract_restart" };
    const stopHearing = home.subscribeTrigger(trigger, (variables) => received.push(variables));
    await house.restart();
    await vi.waitFor(() => expect(times).toBeGreaterThan(1), { interval: 10 });
    await home.fireEvent("contract_restart", {});
    await vi.waitFor(() => expect(received).toHaveLength(1), { interval: 5 });
    stopCounting();
    stopHearing();
  });

  test("a connection with a wrong token is refused", async () => {
    const lines: string[] = [];
    const logger = { ...SILENT, warning: (line: string) => void lines.push(line) };
    await using other = connectHomeAssistant({
      ...SYSTEM_PARTS,
      url: house.url,
      token: "wrong",
      logger,
      timings: FAST,
    });
    await vi.waitFor(() => expect(lines.join()).toContain("refuses the access token"));
    expect(other.running).toBe(false);
  });

  test("the connection reads Home Assistant's version and its loaded components", () => {
    expect(home.info).toMatchObject({
      version: expect.stringMatching(/^20\d\d\./),
      country: "US",
      language: "en",
    });
    expect(home.info?.components).toContain("notify");
  });
}
