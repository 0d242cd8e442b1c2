import { expect, test } from "vitest";

import { inputReference } from "../../src/provisioning/blueprint-inputs.ts";
import type { BlueprintForm, OwnBlueprint } from "../../src/provisioning/own-blueprint.ts";
import type { BlueprintStore, OwnBlueprints } from "../../src/provisioning/ports.ts";
import { provisionBlueprints } from "../../src/provisioning/provision-blueprints.ts";
import type { ProvisionBlueprintsOptions } from "../../src/provisioning/provision-blueprints.ts";

/** A blueprint whose texts have German translations. */
const GATE: OwnBlueprint = {
  name: "gate.yaml",
  form: {
    name: "Twilio: open on a call",
    input: { contacts: { name: "Who may call", default: ["Done."], selector: { text: { multiple: true } } } },
  },
  body: { triggers: inputReference("contacts"), mode: "single" },
};
const GATE_BODY = { triggers: "twilio input contacts", mode: "single" };
const MENU: OwnBlueprint = { name: "menu_v2.yaml", form: { name: "Twilio: menu with a PIN" }, body: {} };
const MENU_DE = { name: "Twilio: Menü mit PIN" };

/** The form of the gate's blueprint, as Core lists it. */
const gateForm = (name: string, input: string, first: unknown, selector: object = {}): BlueprintForm => ({
  name,
  input: { contacts: { name: input, default: first, selector: { text: { multiple: true, ...selector } } } },
});
const GATE_EN = gateForm("Twilio: open on a call", "Who may call", ["Done."], { multiline: false });

interface Given extends Partial<Omit<BlueprintStore, "list">>, Partial<OwnBlueprints> {
  readonly present?: Readonly<Record<string, BlueprintForm>>;
  readonly body?: object;
  readonly used?: boolean;
}

/** A Home Assistant with these blueprints, and an app with two. Records what is asked and logged. */
function house({ present = {}, body = GATE_BODY, used = false, ...given }: Given) {
  const asked: string[] = [];
  const lines: string[] = [];
  const log =
    (level: string) =>
    (line: string): void =>
      void lines.push(`${level}: ${line}`);
  const saving = (how: string) => async (path: string, yaml: string) => {
    asked.push(`${how} ${path} = ${yaml}`);
    return { kind: "saved" } as const;
  };
  const options: ProvisionBlueprintsOptions = {
    own: { list: given.list ?? (async () => [GATE, MENU]) },
    store: {
      async readAgain() {
        asked.push("read again");
      },
      substitute: async () => body,
      isUsed: async () => used,
      add: saving("add"),
      replace: saving("replace"),
      ...given,
      list: async () => new Map(Object.entries(present)),
    },
    logger: { debug: log("debug"), info: log("info"), warning: log("warning"), error: log("error") },
  };
  return { options, asked, lines };
}

const run = (options: ProvisionBlueprintsOptions, forms = "en", speech = forms) =>
  provisionBlueprints(options, { forms, speech }, new AbortController().signal);

const gateYaml = (name: string, input: string, first: string) =>
  `{"blueprint": {"name": "${name}", "input": {"contacts": {"name": "${input}", "default": ["${first}"], "selector": {"text": {"multiple": true}}}}}, "triggers": !input "contacts", "mode": "single"}`;

test("all missing blueprints are installed, and one log line names them", async () => {
  const { options, asked, lines } = house({});
  await run(options);
  expect(asked).toEqual([
    `add twilio/gate.yaml = ${gateYaml("Twilio: open on a call", "Who may call", "Done.")}`,
    'add twilio/menu_v2.yaml = {"blueprint": {"name": "Twilio: menu with a PIN"}}',
  ]);
  expect(lines).toEqual([
    "info: Installed blueprints in Home Assistant: twilio/gate.yaml, twilio/menu_v2.yaml.",
  ]);
});

test.each([
  ["de", "de", "Twilio: Bei Anruf öffnen", "Wer anrufen darf", "Erledigt."],
  ["de-AT", "en-GB", "Twilio: Bei Anruf öffnen", "Wer anrufen darf", "Done."],
  ["pl", "pl", "Twilio: open on a call", "Who may call", "Done."],
])(
  "with Home Assistant's language %s and the option language %s, a blueprint's form has the first and its spoken texts the second, or English",
  async (...row) => {
    const [forms, speech, name, input, first] = row;
    const { options, asked } = house({ present: { "twilio/menu_v2.yaml": {} } });
    await run(options, forms, speech);
    expect(asked).toEqual([`add twilio/gate.yaml = ${gateYaml(name, input, first)}`]);
  },
);

test("if all blueprints exist in Home Assistant's language, the app saves and logs nothing, and keeps files of earlier versions", async () => {
  const { options, ...recorded } = house({
    present: { "twilio/gate.yaml": GATE_EN, "twilio/menu_v2.yaml": MENU.form, "twilio/menu.yaml": {} },
  });
  await run(options);
  expect(recorded).toEqual({ asked: [], lines: [] });
});

test("an unedited blueprint in another language is translated after Home Assistant has read it again", async () => {
  const { options, asked, lines } = house({
    present: { "twilio/gate.yaml": GATE_EN, "twilio/menu_v2.yaml": MENU_DE },
  });
  await run(options, "de");
  expect(asked).toEqual([
    "read again",
    `replace twilio/gate.yaml = ${gateYaml("Twilio: Bei Anruf öffnen", "Wer anrufen darf", "Erledigt.")}`,
  ]);
  expect(lines).toEqual(["info: Translated blueprints in Home Assistant: twilio/gate.yaml."]);
});

test("if Home Assistant's language changes from German to one without a translation, the blueprints get their English forms again", async () => {
  const { options, asked } = house({
    present: {
      "twilio/gate.yaml": gateForm("Twilio: Bei Anruf öffnen", "Wer anrufen darf", ["Erledigt."]),
      "twilio/menu_v2.yaml": MENU.form,
    },
  });
  await run(options, "pl");
  expect(asked.at(-1)).toBe(
    `replace twilio/gate.yaml = ${gateYaml("Twilio: open on a call", "Who may call", "Done.")}`,
  );
});

test("a blueprint that automations use keeps its language, so that writing the file cannot break these automations", async () => {
  const { options, asked, lines } = house({
    used: true,
    present: { "twilio/gate.yaml": GATE_EN, "twilio/menu_v2.yaml": MENU_DE },
  });
  await run(options, "de");
  expect({ asked, lines }).toEqual({ asked: [], lines: [] });
});

test.each<[string, BlueprintForm, object]>([
  ["name", { ...GATE_EN, name: "Mine" }, GATE_BODY],
  ["description", { ...GATE_EN, description: "My own" }, GATE_BODY],
  ["input's name", gateForm("Twilio: open on a call", "Who", ["Done."]), GATE_BODY],
  ["default", gateForm("Twilio: open on a call", "Who may call", ["Bob"]), GATE_BODY],
  ["number of defaults", gateForm("Twilio: open on a call", "Who may call", []), GATE_BODY],
  ["selector", gateForm("Twilio: open on a call", "Who may call", ["Done."], { multiple: false }), GATE_BODY],
  [
    "selector's keys",
    gateForm("Twilio: open on a call", "Who may call", ["Done."], { type: "tel" }),
    GATE_BODY,
  ],
  ["content", GATE_EN, { ...GATE_BODY, mode: "queued" }],
])("a blueprint stays as it is if the user edited its %s", async (_what, form, body) => {
  const { options, asked, lines } = house({
    body,
    present: { "twilio/gate.yaml": form, "twilio/menu_v2.yaml": MENU_DE },
  });
  await run(options, "de");
  expect({ asked, lines }).toEqual({ asked: [], lines: [] });
});

test("a blueprint file that the user edited stays as it is, even if Home Assistant has not read it again", async () => {
  const present = { "twilio/gate.yaml": GATE_EN, "twilio/menu_v2.yaml": MENU_DE };
  const { options, asked } = house({
    present,
    async readAgain() {
      present["twilio/gate.yaml"] = { ...GATE_EN, name: "Mine" };
    },
  });
  const list = async () => new Map(Object.entries(present));
  await run({ ...options, store: { ...options.store, list } }, "de");
  expect(asked).toEqual([]);
});

test("if somebody adds a blueprint while the app installs it, no problem is reported", async () => {
  const { options, lines } = house({ add: async () => ({ kind: "exists" }) });
  await run(options);
  expect(lines).toEqual([]);
});

test("a blueprint that Home Assistant refuses does not block the other blueprints, and each reason is logged once", async () => {
  const named = (name: string): OwnBlueprint => ({ name, form: { name }, body: {} });
  const { options, lines } = house({
    list: async () => ["a.yaml", "b.yaml", "c.yaml"].map(named),
    add: async (path) =>
      path === "twilio/b.yaml" ? { kind: "saved" } : { kind: "refused", reason: "Unsupported domain" },
  });
  await run({ ...options, store: { ...options.store, list: async () => new Map() } });
  expect(lines).toEqual([
    "info: Installed blueprints in Home Assistant: twilio/b.yaml.",
    "warning: Home Assistant refused the app's blueprints twilio/a.yaml, twilio/c.yaml. The app tries again when it connects next time. The reason was: Unsupported domain",
  ]);
});

test("if Home Assistant cannot be reached, the installation of the blueprints fails with the error", async () => {
  const { options } = house({});
  const list = () => Promise.reject(new Error("away"));
  await expect(run({ ...options, store: { ...options.store, list } })).rejects.toThrow("away");
});
