import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parse } from "yaml";

import { startTestApp } from "../../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore, type CoreClient } from "../../house/core/core-client.ts";
import { type RunningCore, startCore } from "../../house/core/start-core.ts";
import { ADDON, addonWith, startProvisioner } from "../../house/start-provisioner.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const ALARM = "twilio_alarm";
const MESSAGE = "twilio_send_message";
const CALL = "twilio_make_call";
const TALK = "twilio_talk";

/** An earlier version of the script, which runs until the event `test_go`. */
const EARLIER = `
version: 0
alias: "Twilio: send a message"
description: As it was.
mode: parallel
sequence: [{wait_for_trigger: [{trigger: event, event_type: test_go}]}]
`;

const FOREIGN = { alias: "Mine", description: "My own", sequence: [{ event: "test_mine" }] };

type Config = Readonly<Record<string, unknown>> & { readonly description: string };
interface Loaded {
  readonly config: { readonly fields: Readonly<Record<string, { readonly required?: boolean }>> };
}

describeWithCore("the app's scripts in a real Home Assistant Core", (installation) => {
  let core: RunningCore;
  let client: CoreClient;

  beforeAll(async () => {
    core = await startCore({ installation });
    client = await connectToCore(core.url, core.token);
  });
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await keep("{}\n");
    // Core answers a request that stores a script before it has loaded the script. So it may still be loading one that
    // the test before has stored.
    await vi.waitFor(async () => {
      const states = await Promise.all(
        [ALARM, MESSAGE, CALL, TALK].map((id) => client.state(`script.${id}`)),
      );
      const isLoaded = states.some((state) => (state?.state ?? "unavailable") !== "unavailable");
      if (isLoaded) await keep("{}\n");
      expect(isLoaded).toBe(false);
    });
  });

  async function keep(scripts: string): Promise<void> {
    await writeFile(join(core.directory, "scripts.yaml"), scripts);
    await client.callService("script", "reload");
  }
  const stored = async (id = MESSAGE) =>
    (await client.get(`/api/config/script/config/${id}`)) as Promise<Config>;
  const store = (config: object, id = MESSAGE) => client.post(`/api/config/script/config/${id}`, config);
  /** The script as Core has loaded it, which may differ from the stored one. */
  const loaded = async (id: string) => {
    const message = { type: "script/config", entity_id: `script.${id}` };
    return (await client.command<Loaded>(message)).config;
  };
  const notification = async () => {
    const all = await client.persistentNotifications();
    return all.find(({ notification_id: id }) => id === "twilio_scripts")?.message;
  };
  const shown = () =>
    vi.waitFor(async () => {
      const message = await notification();
      if (message === undefined) throw new Error("no notification");
      return message;
    });
  const gone = () => vi.waitFor(async () => expect(await notification()).toBeUndefined());
  const yamlIn = (message: string) => /```yaml\n(.*)```/s.exec(message)?.[1] ?? "";

  /** Connects to Home Assistant, resolves when all scripts are installed, and disconnects. */
  async function provision(): Promise<readonly string[]> {
    await using provisioner = startProvisioner(core, ADDON);
    for (const id of [ALARM, CALL, MESSAGE, TALK])
      await provisioner.logged(new RegExp(`${id} is installed and up to date`));
    return provisioner.lines;
  }

  /**
   * Resolves when the entity has its new name. Core answers before it has removed the entity and added it again. A reload
   * of all scripts in between would lose it.
   */
  async function rename(from: string, to: string): Promise<void> {
    await client.command({ type: "config/entity_registry/update", entity_id: from, new_entity_id: to });
    await vi.waitFor(async () =>
      expect(await client.get(`/api/states/${to}`)).toMatchObject({ state: "off" }),
    );
  }

  async function provisionEarlier(): Promise<void> {
    await using earlier = await addonWith(EARLIER);
    await using provisioner = startProvisioner(core, earlier.directory);
    await provisioner.logged(/Installed script.twilio_send_message, version 0/);
    await provisioner.logged(/is installed and up to date/);
  }

  test("all appear, and the automation editor can show every field for messages, calls and talk steps in a form", async () => {
    await provision();
    for (const id of [MESSAGE, CALL, TALK]) {
      const fields = Object.entries((await loaded(id)).fields);
      expect(fields.length).toBeGreaterThan(11);
      for (const [name, field] of fields) {
        expect(field, name).toMatchObject({
          name: expect.stringMatching(/./),
          description: expect.stringMatching(/\.$/),
          example: expect.stringMatching(/./),
          selector: expect.any(Object),
        });
      }
      const required = fields.filter(([, field]) => field.required).map(([name]) => name);
      expect(required).toEqual([id === TALK ? "call" : "to"]);
    }
    expect((await stored()).description).toMatch(
      /\. \(Installed by the Twilio app, version \d+ · [0-9a-f]{8}\. If you edit this script, the app no longer updates it\.\)$/,
    );
    expect(await notification()).toBeUndefined();
  });

  test("are not written again if they are installed", async () => {
    await provision();
    const lines = await provision();
    expect(lines.join()).not.toMatch(/Installed script/);
  });

  test("follow Home Assistant's language without a restart, except for an edited script", async () => {
    const speak = (language: string) => client.command({ type: "config/core/update", language });
    await provision();
    await store({ ...(await stored(CALL)), alias: "Mine now" }, CALL);
    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/twilio_send_message is installed and up to date/);
    await speak("de");
    await vi.waitFor(async () =>
      expect((await loaded(MESSAGE)).fields["to"]).toMatchObject({ name: "An", required: true }),
    );
    expect(await stored()).toMatchObject({
      alias: "Twilio: Nachricht senden",
      description: expect.stringMatching(/zurück\. \(Von der Twilio-App installiert, Version \d+ · /),
    });
    expect(await stored(CALL)).toMatchObject({ alias: "Mine now", fields: { to: { name: "To" } } });
    await speak("en");
    await vi.waitFor(async () => expect((await loaded(MESSAGE)).fields["to"]).toMatchObject({ name: "To" }));
    expect(await notification()).toBeUndefined();
  });

  test("stay as the user edited them after a reconnection, and the app does not report the edit as a problem", async () => {
    await provision();
    const edited = { ...(await stored()), alias: "Mine now" };
    await store(edited);
    const lines = await provision();
    expect(lines.join()).toContain("script.twilio_send_message was edited");
    expect(await stored()).toEqual(edited);
    expect(await notification()).toBeUndefined();
  });

  test("of an earlier version stay if the user edited them, and a notification says how to get the new version", async () => {
    await provisionEarlier();
    const edited = { ...(await stored()), alias: "Mine now" };
    await store(edited);
    await using provisioner = startProvisioner(core, ADDON);
    expect(await shown()).toMatch(/script.twilio_send_message was edited.*delete it and restart the app/);
    expect(await stored()).toEqual(edited);
    await provisioner.logged(/twilio_make_call is installed and up to date/);
  });

  test("do not replace a user's own script with the same name, and a notification says what to do until the user's script is gone", async () => {
    await store(FOREIGN);
    {
      await using provisioner = startProvisioner(core, ADDON);
      await provisioner.logged(/script.twilio_send_message was not created by the app/);
      expect(await shown()).toMatch(/rename or delete it/);
      expect(await stored()).toEqual(FOREIGN);
    }
    await keep("{}\n");
    await provision();
    await gone();
  });

  test("replace their earlier versions", async () => {
    await provisionEarlier();
    const lines = await provision();
    expect(lines.join()).toMatch(/Installed script.twilio_send_message, version [1-9]/);
    expect((await stored()).description).not.toContain("As it was");
  });

  test("replace an earlier version that is running only after the run has ended", async () => {
    await provisionEarlier();
    const run = client.callService("script", MESSAGE);
    await vi.waitFor(async () =>
      expect((await client.state(`script.${MESSAGE}`))?.attributes["current"]).toBe(1),
    );
    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/running, so its new version/);
    expect((await stored()).description).toContain("As it was");
    await client.command({ type: "fire_event", event_type: "test_go" });
    await run;
    await provisioner.logged(/Installed script.twilio_send_message/);
    await provisioner.logged(/twilio_send_message is installed and up to date/);
  });

  test("are recognized and replaced even if the user renamed their entity", async () => {
    await provisionEarlier();
    await rename(`script.${MESSAGE}`, "script.my_messages");
    const lines = await provision();
    expect(lines.join()).toMatch(/Installed script.twilio_send_message/);
    await rename("script.my_messages", `script.${MESSAGE}`);
  });

  test("are shown as YAML in a notification if scripts.yaml contains `!secret`, and are recognized after the user has pasted them", async () => {
    const secret = 'own: {alias: !secret name, sequence: [{event: "x"}]}\n';
    await writeFile(join(core.directory, "secrets.yaml"), "name: Own\n");
    await keep(secret);
    {
      await using provisioner = startProvisioner(core, ADDON);
      await provisioner.logged(/The app cannot add .*twilio_send_message.*!secret/);
      expect(Object.keys(parse(yamlIn(await shown())) as object)).toEqual([ALARM, CALL, MESSAGE, TALK]);
    }
    await keep(secret + yamlIn(await shown()));
    await provision();
    await gone();
  });

  test("are not written with `install_scripts: false`", async () => {
    await using twilio = await startTwilioSimulator({ numbers: ["+15005550006"] });
    const options = { install_scripts: false };
    await using app = await startTestApp({ twilio, homeAssistant: core, options });
    await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
    // When a second connection has installed its scripts, the first one has had enough time, too.
    await using earlier = await addonWith(EARLIER);
    await using provisioner = startProvisioner(core, earlier.directory);
    await provisioner.logged(/is installed and up to date/);
    await expect(loaded(CALL)).rejects.toThrow(/not found/);
    expect(app.lines.join()).not.toContain("script.");
  });

  test("are shown as YAML in a notification, with the line to add, if `script: !include scripts.yaml` is missing", async () => {
    const file = join(core.directory, "configuration.yaml");
    const configuration = await readFile(file, "utf8");
    await writeFile(file, configuration.replace("script: !include scripts.yaml\n", "script:\n"));
    await core.restart();
    for (const attempt of ["first", "later"]) {
      await using provisioner = startProvisioner(core, ADDON, 1_000);
      await provisioner.logged(/twilio_send_message is in scripts.yaml, but Home Assistant does not load it/);
      const message = await shown();
      expect(message, attempt).toContain("`script: !include scripts.yaml`");
      expect(Object.keys(parse(yamlIn(message)) as object), attempt).toEqual([ALARM, CALL, MESSAGE, TALK]);
    }
    const pasted = yamlIn(await shown()).replaceAll(/^/gm, "  ");
    await writeFile(file, configuration.replace("script: !include scripts.yaml\n", `script:\n${pasted}\n`));
    await core.restart();
    await provision();
    // The connection of the test may return later than that of the app.
    await vi.waitFor(async () => expect(await notification()).toBeUndefined());
    await keep("{}\n");
    await provision();
    expect(await readFile(join(core.directory, "scripts.yaml"), "utf8")).toBe("{}\n");
  });
});
