import { expect, test, vi } from "vitest";

import { OURS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import { fakeUser } from "../../home-assistant/fake/fake-user.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startSupervisor } from "../../supervisor/start-supervisor.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const INGRESS = "127.0.0.1";

test("through ingress, only an administrator can export the history, whatever the browser's headers claim", async () => {
  await using core = await startFakeHomeAssistant({
    users: [fakeUser("a1", { group_ids: ["system-admin"] }), fakeUser("g1")],
  });
  await using supervisor = await startSupervisor({ core, ingressFrom: INGRESS });
  await using twilio = await startTwilioSimulator({ numbers: [OURS] });
  const panel = { port: 0, password: null, supervised: true, ingressAddress: INGRESS };
  await using app = await startTestApp({ twilio, homeAssistant: supervisor, settings: { panel } });
  supervisor.panelPort = app.panelPort;
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));

  const ask = (cookie: string) =>
    fetch(`${supervisor.ingressUrl}history.csv`, { headers: { cookie, "x-remote-user-id": "a1" } });
  const admin = await ask(supervisor.openIngressSession({ id: "a1", username: "ann", name: "Ann" }));
  expect(admin.status).toBe(200);
  expect(await admin.text()).toContain('"time","event"');
  expect((await ask(supervisor.openIngressSession({ id: "g1", username: "gus", name: "Gus" }))).status).toBe(
    403,
  );
});
