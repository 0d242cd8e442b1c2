import { beforeEach, describe, expect, test } from "vitest";

import type { PollingReason } from "../../../src/inbound/polling/choose-numbers.ts";
import type { MessageReceiver } from "../../../src/inbound/polling/message-number.ts";
import type { PollingState } from "../../../src/inbound/polling/poll-messages.ts";
import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { EMPTY, NUMBER, OURS } from "./sample-number.ts";

const RELAY = "https://home-assistant-0123abcd-1234.twil.io";

let panel: TestPanel;
beforeEach(() => {
  panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2");
  panel.appState = { ...APP_STATE, publicAddress: null, bases: [] };
});

function polled(reason: PollingReason, receiver: MessageReceiver, isPolled: boolean): PollingState {
  const number = { address: NUMBER.number, receiver, isSender: false };
  const decision = { number, reason, isPolled, choice: null, isSlow: receiver === "us" };
  return { condition: "running", lastReadAt: 0, numbers: [decision] };
}

async function checklist(polling: PollingState | null, settings = EMPTY, language = "en"): Promise<string> {
  panel.appState = { ...panel.appState, homeAssistant: { ...APP_STATE.homeAssistant, language } };
  const numbers = { kind: "listed", items: [{ ...NUMBER, settings }] } as const;
  panel.setup.known = { ...ALL_GOOD, numbers };
  panel.setup.polled = polling;
  return await (await panel.ask()).text();
}

describe("on the page Setup, a number", () => {
  test("whose messages are polled has a hint how to receive calls, and a button that stops polling", async () => {
    const html = await checklist(polled("only_free_one", "nobody", true));
    expect(html).toContain("are read from Twilio&#39;s list every 15 seconds");
    expect(html).toContain("Calls cannot be read from a list");
    expect(html).toContain("Stop reading its messages");
  });

  test("whose messages are polled although the app has a public address is shown as not set up", async () => {
    panel.appState = { ...APP_STATE };
    const html = await checklist(polled("only_free_one", "nobody", true));
    expect(html).toContain("set up this number");
    expect(html).not.toContain("public_url) and");
    const german = await checklist(polled("only_free_one", "nobody", true), EMPTY, "de");
    expect(german).toContain("richte diese Nummer ein");
  });

  test("whose webhooks go to the public address is shown as also polled, in case a webhook is lost", async () => {
    panel.appState = { ...APP_STATE };
    const html = await checklist(polled("points_here", "us", true), OURS);
    expect(html).toContain("Through your own address. If a webhook is lost");
    expect(html).toContain("every 5 minutes");
  });

  test("whose webhooks go to the relay is shown as connected through the relay, even if the app also has a public address", async () => {
    panel.appState = { ...APP_STATE, bases: [...APP_STATE.bases, RELAY] };
    const relayed = { ...EMPTY, smsUrl: `${RELAY}/webhook`, voiceUrl: `${RELAY}/webhook#rc=1&rp=5xx,ct` };
    const html = await checklist(polled("points_here", "relay", true), relayed);
    expect(html).toContain("Through the webhook relay. If a webhook is lost");
    expect(html).not.toContain("Through your own address");
    expect(html).not.toContain("go to another address");
    const german = await checklist(polled("points_here", "relay", true), relayed, "de");
    expect(german).toContain("Über das Webhook-Relay. Geht ein Webhook verloren");
  });

  test.each(["several", "other_relay", "others", "unknown", "declined"] as const)(
    "that is not polled because of %s has a button for polling, in both languages",
    async (reason) => {
      const state = polled(reason, "nobody", false);
      const english = await checklist(state);
      expect(english).toContain("Read its messages<span");
      const german = await checklist(state, EMPTY, "de");
      expect(german).toContain("Nachrichten lesen<span");
    },
  );

  test("has no button for polling if the app does not poll", async () => {
    expect(await checklist(null)).not.toContain('action="polling"');
  });
});

test("the page Setup points out Home Assistant's own Twilio integration while it is enabled", async () => {
  panel.setup.known = { ...ALL_GOOD, coreEntry: "enabled" };
  expect(await (await panel.ask()).text()).toContain("A disabled integration keeps its address");
  panel.setup.known = { ...ALL_GOOD, coreEntry: "disabled" };
  expect(await (await panel.ask()).text()).not.toContain("keeps its address");
});
