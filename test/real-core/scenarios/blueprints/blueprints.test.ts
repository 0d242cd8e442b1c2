import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { APP_CONFIG } from "../../../packaging/app-config.ts";
import { connectToCore, type CoreClient } from "../../house/core/core-client.ts";
import { type RunningCore, startCore } from "../../house/core/start-core.ts";
import { ADDON, startProvisioner } from "../../house/start-provisioner.ts";
import { removeAutomation, useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const ACTIONS = [{ event: "test_done" }];

/** The inputs of each blueprint that have no default. */
const LEAST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  alarm_call: { alarm: [{ trigger: "event", event_type: "test_alarm" }], contacts: ["Alice"] },
  forward_message: { phones: ["Alice"] },
  gate_on_call: { actions: ACTIONS },
  help_button: {
    button: [{ trigger: "event", event_type: "test_button" }],
    who: "Grandmother",
    contacts: ["Alice"],
  },
  missed_call: {},
  pin_menu: { pin: "4711", counter: "counter.wrong_pins", actions_1: ACTIONS },
  sms_commands: { word_1: "open" },
  tell_message: {},
  voicemail: {},
  water_or_smoke: { sensors: ["binary_sensor.cellar"], contacts: ["Alice"] },
};

interface Input {
  readonly name?: string;
  readonly default?: unknown;
  readonly selector?: object;
  readonly input?: Readonly<Record<string, Input>>;
}
interface Metadata {
  readonly name: string;
  readonly description: string;
  readonly homeassistant: { readonly min_version: string };
  readonly input: Readonly<Record<string, Input>>;
}
type Listed = Readonly<Record<string, { readonly metadata?: Metadata; readonly error?: string }>>;

const inputsOf = ({ input }: Metadata): [string, Input][] =>
  Object.entries(input).flatMap(([key, one]) => (one.input ? Object.entries(one.input) : [[key, one]]));

describeWithCore("the app's blueprints in a real Home Assistant Core", (installation) => {
  let core: RunningCore;
  let client: CoreClient;

  beforeAll(async () => {
    core = await startCore({ installation, configuration: "counter:\n  wrong_pins:\n" });
    client = await connectToCore(core.url, core.token);
    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/Installed blueprints/);
  });
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    await core[Symbol.asyncDispose]();
  });

  const list = () => client.command<Listed>({ type: "blueprint/list", domain: "automation" });
  const file = (name: string) => join(core.directory, "blueprints/automation/twilio", `${name}.yaml`);

  test("are all listed in Home Assistant under the names of their files", async () => {
    const files = await readdir(join(ADDON, "blueprints"));
    const ours = Object.keys(await list()).filter((path) => path.startsWith("twilio/"));
    expect(ours.toSorted()).toEqual(files.map((name) => `twilio/${name}`).toSorted());
    expect(files.map((name) => name.replace(".yaml", "")).toSorted()).toEqual(Object.keys(LEAST));
  });

  test("have a description, and a name and a selector for every input", async () => {
    const listed = await list();
    for (const name of Object.keys(LEAST)) {
      const { metadata, error } = listed[`twilio/${name}.yaml`] ?? {};
      expect(error, name).toBeUndefined();
      if (metadata === undefined) throw new Error(`${name} has no metadata`);
      expect(metadata.name).toMatch(/^Twilio: /);
      expect(metadata.description).toMatch(/\.$/);
      expect(metadata.homeassistant.min_version).toBe(APP_CONFIG.homeassistant);
      for (const [key, input] of inputsOf(metadata)) {
        expect(input, `${name} ${key}`).toMatchObject({
          name: expect.stringMatching(/^[A-Z]/),
          selector: expect.any(Object),
        });
      }
      const needed = inputsOf(metadata).filter(([, input]) => !("default" in input));
      expect(needed.map(([key]) => key).toSorted(), name).toEqual(Object.keys(LEAST[name] ?? {}).toSorted());
    }
  });

  test("get forms in Home Assistant's language, and automations made from them stay as they are", async () => {
    const speak = (language: string) => client.command({ type: "config/core/update", language });
    const formOf = async (name: string): Promise<Metadata | undefined> =>
      (await list())[`twilio/${name}.yaml`]?.metadata;
    const defaultOf = async (name: string, input: string) => (await formOf(name))?.input[input]?.default;
    const automation = async () => [
      await client.state("automation.voicemail"),
      await client.command({ type: "automation/config", entity_id: "automation.voicemail" }),
    ];
    await useBlueprint(client, "voicemail", {});
    const before = await automation();
    // Home Assistant still has the earlier content of the file in memory.
    const mine = (await readFile(file("gate_on_call"), "utf8")).replace("Twilio: open on a call", "Mine");
    await writeFile(file("gate_on_call"), mine);

    await using provisioner = startProvisioner(core, ADDON);
    await provisioner.logged(/twilio_talk is installed and up to date/);
    await speak("de");
    const line = await provisioner.logged(/Translated blueprints/);
    expect(line.match(/twilio\/\w+/g)).toHaveLength(Object.keys(LEAST).length - 2);
    expect(line).not.toContain("gate_on_call");
    expect(await readFile(file("gate_on_call"), "utf8")).toBe(mine);
    expect((await formOf("voicemail"))?.name).toBe("Twilio: voicemail");
    expect((await formOf("missed_call"))?.input["callers"]?.name).toBe("Welche Anrufe");
    expect(await defaultOf("voicemail", "greeting")).toContain("Please leave a message");
    expect(await defaultOf("alarm_call", "alarm_name")).toBe("Alarm zu Hause");
    expect(await automation()).toEqual(before);

    await speak("en");
    await vi.waitFor(async () =>
      expect((await formOf("water_or_smoke"))?.name).toBe("Twilio: water or smoke"),
    );
    expect(await defaultOf("alarm_call", "alarm_name")).toBe("Alarm at home");
    expect(await automation()).toEqual(before);
    expect(provisioner.lines.join()).not.toContain("refused");
    await writeFile(file("gate_on_call"), mine.replace("Mine", "Twilio: open on a call"));
    await client.callService("automation", "reload");
    await removeAutomation(client, "voicemail");
  });

  test.each(Object.entries(LEAST))(
    "become an automation if only the required inputs are filled in: %s",
    async (name, input) => {
      await useBlueprint(client, name, input);
      const { config } = await client.command<{ config: { mode: string } }>({
        type: "automation/config",
        entity_id: `automation.${name}`,
      });
      // Runs of one automation may overlap, for example for another caller or the end of an alarm.
      expect(config.mode).toBe("parallel");
    },
  );

  test("stay if the user has changed them, and are installed again if the user has removed them", async () => {
    const mine = (await readFile(file("gate_on_call"), "utf8")).replace("Twilio: open on a call", "Mine");
    await writeFile(file("gate_on_call"), mine);
    await rm(file("voicemail"));
    await using provisioner = startProvisioner(core, ADDON);
    expect(await provisioner.logged(/Installed blueprints/)).toBe(
      "Installed blueprints in Home Assistant: twilio/voicemail.yaml.",
    );
    expect(await readFile(file("gate_on_call"), "utf8")).toBe(mine);
  });

  test("cause no warning in Home Assistant's log", () => {
    expect(core.log().match(/^.*(WARNING|ERROR).*(blueprint|automation).*$/gim) ?? []).toEqual([]);
  });
});
