import { expect, test } from "vitest";

import type { AddressSource } from "../../../src/inbound/address-evidence.ts";
import { CHANGE_TOKEN, createTestPanel, APP_STATE } from "../create-test-panel.ts";

const BASE = "https://home.example";

function panelWith(source: AddressSource | null, language = "en") {
  const panel = createTestPanel({ supervised: false, password: null });
  panel.appState = {
    ...APP_STATE,
    homeAssistant: { ...APP_STATE.homeAssistant, language },
    publicAddress: source === null ? null : { base: BASE, source },
  };
  return panel;
}

const pageOf = async (panel: ReturnType<typeof panelWith>, path = "/checklist"): Promise<string> =>
  (await panel.ask({ path })).text();

test.each<[AddressSource, string, string, string]>([
  ["configured", "en", "row good", "From the option public_url"],
  ["learnt", "en", "row good", "Detected from webhooks with a valid Twilio signature"],
  ["provisional", "en", "row waiting", "Provisional: Twilio signed a webhook for this address"],
  ["configured", "de", "row good", "Aus der Option public_url"],
  ["learnt", "de", "row good", "Aus Webhooks mit gültiger Twilio-Signatur erkannt"],
  ["provisional", "de", "row waiting", "Vorläufig: Twilio hat einen Webhook für diese Adresse signiert"],
])(
  "the page Setup shows how the app knows its public address: %s (%s)",
  async (source, language, state, text) => {
    const html = await pageOf(panelWith(source, language));
    const [row = ""] = html.match(new RegExp(`<div class="${state}">(?:(?!<div).)*${BASE}.*?</div>`)) ?? [];
    expect(row).toContain(text);
  },
);

test.each<[AddressSource | null, string, boolean]>([
  ["configured", "Forget this address", false],
  [null, "Forget this address", false],
  ["learnt", "Forget this address", true],
  ["provisional", "Forget this address", true],
])(
  "if the app knows its public address as %s, the page Setup has the button “%s”: %s",
  async (source, text, isThere) => {
    for (const path of ["/", "/checklist"])
      expect((await pageOf(panelWith(source), path)).includes(text)).toBe(isThere);
  },
);

test("the button that removes the public address has a German text, and is not on the page Examples", async () => {
  expect(await pageOf(panelWith("learnt", "de"))).toContain("Diese Adresse vergessen");
  expect(await pageOf(panelWith("learnt"), "/examples")).not.toContain("Forget this address");
});

test.each<[string, string | null, number, number]>([
  ["the form of the panel", CHANGE_TOKEN, 303, 1],
  ["a form that guesses the token", "guessed", 403, 0],
  ["a form without a token", null, 403, 0],
])(
  "a request to remove the public address by %s (token %s) is answered with %i",
  async (_whose, token, status, times) => {
    const panel = panelWith("learnt");
    const answer = await panel.ask({
      method: "POST",
      path: "/discard-address",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(token === null ? {} : { change_token: token }).toString(),
    });
    expect(answer.status).toBe(status);
    expect(panel.setup.addressDiscarded).toBe(times);
    expect(panel.setup.forgotten).toBe(times);
  },
);

test("a GET request does not remove the public address", async () => {
  const panel = panelWith("learnt");
  expect((await panel.ask({ path: "/discard-address" })).status).toBe(404);
  expect(panel.setup.addressDiscarded).toBe(0);
});
