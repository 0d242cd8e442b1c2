import { expect, test, vi } from "vitest";

import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { OURS } from "./start-house.ts";
import { startTestApp } from "./start-test-app.ts";

const PANEL = { port: 0, password: null, supervised: false };

test("the panel uses the browser's language or else Home Assistant's language, which may change without a restart of the app", async () => {
  await using home = await startFakeHomeAssistant();
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  await using app = await startTestApp({ twilio, homeAssistant: home, settings: { panel: PANEL } });
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  const heading = async (accepted: string): Promise<string | undefined> => {
    const headers = { "accept-language": accepted };
    const answer = await fetch(`http://127.0.0.1:${app.panelPort}/activity`, { headers });
    return /<html lang="(\w+)">/.exec(await answer.text())?.[1];
  };
  expect(await heading("*")).toBe("en");
  expect(await heading("de-AT,de;q=0.9,en;q=0.5")).toBe("de");

  home.behaviour.language = "de";
  home.emit("core_config_updated", {});
  await vi.waitFor(async () => expect(await heading("*")).toBe("de"));
  expect(await heading("en-GB,en;q=0.9")).toBe("en");
  expect(await heading("pt-BR,pt;q=0.9")).toBe("de");
});
