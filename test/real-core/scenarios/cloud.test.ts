import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { routeFunctions } from "../../../demo/route-functions.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { withAnswerTime } from "../../relay/answer-time.ts";
import { houseUrl } from "../../relay/house-url.ts";
import { pressRelay, relayPage, setUpRelay } from "../../relay/press-relay.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { startCoreWithCloud } from "../house/cloud/start-core-with-cloud.ts";
import type { CoreWithCloud } from "../house/cloud/start-core-with-cloud.ts";
import { connectToCore } from "../house/core/core-client.ts";
import type { CoreClient } from "../house/core/core-client.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const OURS = "+15005550006";
const THEIRS = "+12125550124";

describeWithCore("the webhook relay through Home Assistant Cloud, with a real Core", (installation) => {
  let undo = new AsyncDisposableStack();
  let house: CoreWithCloud;
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    const startFunctions = withAnswerTime({ ms: PATIENCE_MS });
    twilio = undo.use(await startTwilioSimulator({ numbers: [OURS], startFunctions }));
    house = undo.use(await startCoreWithCloud(installation));
    const { core } = house;
    client = undo.use(await connectToCore(core.url, core.token));
    app = undo.use(
      await startTestApp({
        twilio,
        homeAssistant: core,
        options: { api_base_url: undefined, public_url: undefined },
        settings: {
          panel: { port: 0, password: null, supervised: false },
          twilioStandIn: twilio.url,
          transport: routeFunctions(SYSTEM_PARTS.transport, twilio.url),
        },
        hasWebhooks: false,
      }),
    );
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  });
  afterAll(async () => {
    await undo.disposeAsync();
    undo = new AsyncDisposableStack();
  });

  /** Home Assistant reports every change of its settings. The app then checks its relay at once. */
  const changeSettings = (settings: object) => client.command({ type: "config/core/update", ...settings });
  const lastCloudhook = () => house.cloud.cloudhooks().at(-1) ?? "none";

  async function messageArrives(body: string): Promise<void> {
    await using events = await client.events("twilio_data_received");
    await vi.waitFor(async () => {
      const answer = await twilio.receiveMessage({ from: THEIRS, to: OURS, body });
      expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining("text/xml") });
    });
    expect(await events.next(({ data }) => data["Body"] === body)).toMatchObject({ data: { From: THEIRS } });
    expect(events.all().filter(({ data }) => data["Body"] === body)).toHaveLength(1);
  }

  test("before a login to Home Assistant Cloud, and without an external URL, the panel says what is missing", async () => {
    expect(await relayPage(app)).toContain("Home Assistant cannot be reached from outside");
  });

  test("after a login, the relay is set up with a cloudhook, through which a message arrives", async () => {
    await house.logIn();
    expect(await relayPage(app)).toContain("a Home Assistant Cloud address for it (cloudhook)");
    await setUpRelay(app);
    expect(house.cloud.cloudhooks()).toHaveLength(1);
    expect(houseUrl(twilio)).toBe(lastCloudhook());
    await messageArrives("after the first login");
  });

  test("after a restart of the app, the relay uses the existing cloudhook", async () => {
    await app.restart();
    await messageArrives("after a restart of the app");
    expect(house.cloud.cloudhooks()).toHaveLength(1);
  });

  test("after a restart of Core, messages arrive through the same cloudhook", async () => {
    await house.core.restart();
    await vi.waitFor(() => expect(house.cloud.announced()).toBe(1));
    await messageArrives("after a restart of Core");
    expect(houseUrl(twilio)).toBe(lastCloudhook());
    expect(house.cloud.cloudhooks()).toHaveLength(1);
  });

  test("a cloudhook that the user has deleted is created again, and the relay moves to its URL", async () => {
    const { prefs } = await client.command<{ prefs: { cloudhooks: object } }>({ type: "cloud/status" });
    const [id = ""] = Object.keys(prefs.cloudhooks);
    await client.command({ type: "cloud/cloudhook/delete", webhook_id: id });
    await changeSettings({ location_name: "Home" });
    await vi.waitFor(() => expect(house.cloud.cloudhooks()).toHaveLength(2));
    await vi.waitFor(() => expect(houseUrl(twilio)).toBe(lastCloudhook()));
    await messageArrives("after a deleted cloudhook");
  });

  test("after a logout, the panel says what is missing, until the relay moves to the external URL", async () => {
    await house.logOut();
    await changeSettings({ location_name: "Home" });
    await vi.waitFor(async () =>
      expect(await relayPage(app)).toContain("Home Assistant cannot be reached from outside any more"),
    );
    await changeSettings({ external_url: house.core.url });
    await vi.waitFor(() => expect(houseUrl(twilio)).toMatch(`${house.core.url}/api/webhook/`));
    await messageArrives("by the external URL");
    expect(await relayPage(app)).not.toContain("cannot be reached from outside");
  });

  test("after another login, the relay moves back to the same cloudhook", async () => {
    await house.logIn();
    await changeSettings({ location_name: "Home" });
    await vi.waitFor(() => expect(houseUrl(twilio)).toBe(lastCloudhook()));
    expect(house.cloud.cloudhooks()).toHaveLength(2);
    await messageArrives("after another login");
  });

  test("removing the relay deletes its cloudhook", async () => {
    await pressRelay(app, "remove");
    await vi.waitFor(async () => expect(await relayPage(app)).toContain("Set up the relay</button>"));
    await vi.waitFor(() => expect(house.cloud.announced()).toBe(0));
    expect(twilio.cloud.services.size + twilio.cloud.syncServices.size).toBe(0);
    expect(twilio.violations()).toEqual([]);
  });
});
