import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../house/core/core-client.ts";
import type { CoreClient } from "../house/core/core-client.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const CORE_ENTRY = `  - {platform: twilio_sms, name: twilio_sms, from_number: "${TWILIO_NUMBER}"}\n`;
const ACCOUNT = "\ntwilio: {account_sid: ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, auth_token: nobody}\n";

async function settles(check: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(check, { interval: 50 });
}

/** The text of the app's notification with this title, or undefined if it is not shown. */
async function shown(client: CoreClient, title: string): Promise<string | undefined> {
  return (await client.persistentNotifications()).find((one) => one.title === title)?.message;
}

const PAUSED = "Twilio: notifiers paused";
const MISSING = "Twilio: notify actions are missing";

/** The entries below `notify:` in a notification, which the user puts into configuration.yaml. */
function entriesIn(message: string | undefined): string {
  return /```yaml\nnotify:\n([\s\S]+?)\n```/.exec(message ?? "")?.[1] ?? "";
}

describeWithCore("the app while Core's own Twilio integration is loaded", (installation) => {
  test("pauses its notifier, reports the pause in Home Assistant, and does not pause a notifier with `beside_core`", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    const configuration = `${ACCOUNT}notify:\n${CORE_ENTRY}  - {platform: group, name: house_sms, services: []}\n`;
    await using core = await startCore({ installation, configuration });
    await using client = await connectToCore(core.url, core.token);
    const notifiers = [
      { name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER },
      { name: "house_sms", type: "sms", from_number: TWILIO_NUMBER, beside_core: true },
    ];
    await using app = await startTestApp({ twilio, homeAssistant: core, options: { notifiers } });
    await settles(async () => expect(await shown(client, PAUSED)).toContain("notify.twilio_sms: paused"));
    expect(await shown(client, PAUSED)).not.toContain("house_sms");
    await using results = await client.events("twilio_result");
    // Core's own integration fails here without a network. The test only checks that the app sent nothing.
    await client
      .callService("notify", "twilio_sms", { message: "once", target: MY_NUMBER })
      .catch(() => undefined);
    await vi.waitFor(() => expect(app.lines.join()).toContain("nothing was sent: it is paused"));
    expect((await results.next()).data).toMatchObject({ ok: false, error: { code: "paused" } });
    await client.callService("notify", "house_sms", { message: "mine", target: MY_NUMBER });
    expect((await results.next()).data).toMatchObject({ ok: true });
    expect(twilio.messages().map(({ body }) => body)).toEqual(["mine"]);
  });

  test("shows a notification with steps that end the conflict, and shows the remaining steps if the user does only a part", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    const configuration = `${ACCOUNT}notify:\n${CORE_ENTRY}`;
    await using core = await startCore({ installation, configuration });
    const options = { notifiers: [{ name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER }] };
    const panel = { port: 0, supervised: false, password: null };
    await using app = await startTestApp({
      twilio,
      homeAssistant: core,
      options,
      settings: { panel },
    });
    const file = join(core.directory, "configuration.yaml");
    const written = await readFile(file, "utf8");
    let advice = "";
    {
      await using client = await connectToCore(core.url, core.token);
      await settles(async () => expect(await shown(client, PAUSED)).toContain("notify.twilio_sms: paused"));
      advice = entriesIn(await shown(client, PAUSED));
      expect(await page(app)).toMatch(/row attention.*notify\.twilio_sms.*Paused/);
    }

    // The user follows half of the advice: Core's entry is deleted, and no entry replaces it.
    await writeFile(file, written.replace(CORE_ENTRY, ""));
    await core.restart();
    {
      await using client = await connectToCore(core.url, core.token);
      await settles(async () => expect(await shown(client, MISSING)).toContain("notify.twilio_sms"));
      await expect(client.callService("notify", "twilio_sms", { message: "x" })).rejects.toThrow("not found");
      await settles(async () =>
        expect(await page(app)).toMatch(/row attention.*notify\.twilio_sms.*The action does not exist/),
      );
      expect(entriesIn(await shown(client, MISSING))).toBe(advice);
    }

    // The user follows the whole advice, and Core is restarted twice.
    await writeFile(file, written.replace(CORE_ENTRY, `${advice}\n`));
    for (const text of ["first", "second"]) {
      const connected = connections(app);
      await core.restart();
      await using client = await connectToCore(core.url, core.token);
      // The page may still show the state from before the restart.
      await settles(() => expect(connections(app)).toBeGreaterThan(connected));
      await settles(async () =>
        expect(await page(app)).toMatch(/row good.*notify\.twilio_sms.*Sends messages/),
      );
      expect(await shown(client, PAUSED)).toBeUndefined();
      expect(await shown(client, MISSING)).toBeUndefined();
      await client.callService("notify", "twilio_sms", { message: text, target: MY_NUMBER });
      await settles(() => expect(twilio.messages().at(-1)?.body).toBe(text));
    }
    expect(twilio.messages()).toHaveLength(2);
  });

  test("notices without a restart that the user added or removed a notify action", async () => {
    await using twilio = await startTwilioSimulator({ numbers: [TWILIO_NUMBER] });
    const group = "  - {platform: group, name: twilio_sms, services: []}\n";
    const other = "  - {platform: group, name: other, services: []}\n";
    await using core = await startCore({ installation, configuration: `\nnotify:\n${group}${other}` });
    await using client = await connectToCore(core.url, core.token);
    const options = { notifiers: [{ name: "twilio_sms", type: "sms", from_number: TWILIO_NUMBER }] };
    await using app = await startTestApp({ twilio, homeAssistant: core, options });
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
    const file = join(core.directory, "configuration.yaml");
    const written = await readFile(file, "utf8");
    await writeFile(file, written.replace(group, ""));
    await client.callService("group", "reload");
    await settles(async () => expect(await shown(client, MISSING)).toContain("notify.twilio_sms"));
    await writeFile(file, written);
    await client.callService("group", "reload");
    await settles(async () => expect(await shown(client, MISSING)).toBeUndefined());
    expect(core.log()).not.toMatch(/ERROR.*notify\.twilio_sms/);
  });
});

/** How many times the app has connected to Home Assistant. */
function connections({ lines }: TestApp): number {
  return lines.filter((line) => line.includes("Connected to Home Assistant")).length;
}

async function page({ panelPort }: TestApp): Promise<string> {
  return await (await fetch(`http://127.0.0.1:${panelPort}/checklist`)).text();
}
