import { expect, test } from "vitest";

import type { BlueprintStore, OwnBlueprints } from "../../src/provisioning/ports.ts";
import { provisionBlueprints } from "../../src/provisioning/provision-blueprints.ts";
import type { ProvisionBlueprintsOptions } from "../../src/provisioning/provision-blueprints.ts";

/** A Home Assistant without blueprints and an app with two; `given` replaces methods. Records what is saved, read and logged. */
function house(given: Partial<OwnBlueprints & BlueprintStore>) {
  const saved: string[] = [];
  const read: string[] = [];
  const lines: string[] = [];
  const log =
    (level: string) =>
    (line: string): void =>
      void lines.push(`${level}: ${line}`);
  const options: ProvisionBlueprintsOptions = {
    own: {
      names: () => Promise.resolve(["gate.yaml", "menu_v2.yaml"]),
      read(name) {
        read.push(name);
        return Promise.resolve(`blueprint: ${name}`);
      },
      ...given,
    },
    store: {
      list: () => Promise.resolve(new Set()),
      save(path, yaml) {
        saved.push(`${path} = ${yaml}`);
        return Promise.resolve({ kind: "saved" });
      },
      ...given,
    },
    logger: { debug: log("debug"), info: log("info"), warning: log("warning"), error: log("error") },
  };
  return { options, saved, read, lines };
}

const run = (options: ProvisionBlueprintsOptions) =>
  provisionBlueprints(options, new AbortController().signal);

test("missing blueprints are all installed, and one log line names them", async () => {
  const { options, saved, lines } = house({});
  await run(options);
  expect(saved).toEqual([
    "twilio/gate.yaml = blueprint: gate.yaml",
    "twilio/menu_v2.yaml = blueprint: menu_v2.yaml",
  ]);
  expect(lines).toEqual([
    "info: Installed blueprints in Home Assistant: twilio/gate.yaml, twilio/menu_v2.yaml.",
  ]);
});

test("an existing blueprint is not changed or read, and an earlier version does not block the new one", async () => {
  const { options, saved, read } = house({
    list: () => Promise.resolve(new Set(["twilio/gate.yaml", "twilio/menu.yaml", "homeassistant/x.yaml"])),
  });
  await run(options);
  expect(saved).toHaveLength(1);
  expect(read).toEqual(["menu_v2.yaml"]);
});

test("if all blueprints exist, nothing is saved, read or logged", async () => {
  const { options, ...recorded } = house({
    list: () => Promise.resolve(new Set(["twilio/gate.yaml", "twilio/menu_v2.yaml"])),
  });
  await run(options);
  expect(recorded).toEqual({ saved: [], read: [], lines: [] });
});

test("a blueprint that was added meanwhile is not a problem", async () => {
  const { options, lines } = house({ save: () => Promise.resolve({ kind: "exists" }) });
  await run(options);
  expect(lines).toEqual([]);
});

test("a refused blueprint does not block others, and each reason is logged one time", async () => {
  const { options, lines } = house({
    names: () => Promise.resolve(["a.yaml", "b.yaml", "c.yaml"]),
    save: (path) =>
      Promise.resolve(
        path === "twilio/b.yaml" ? { kind: "saved" } : { kind: "refused", reason: "Unsupported domain" },
      ),
  });
  await run(options);
  expect(lines).toEqual([
    "info: Installed blueprints in Home Assistant: twilio/b.yaml.",
    "warning: Home Assistant refused the app's blueprints twilio/a.yaml, twilio/c.yaml: Unsupported domain",
  ]);
});

test("while Home Assistant cannot be reached, the installation is left to the next connection", async () => {
  const { options } = house({ list: () => Promise.reject(new Error("away")) });
  await expect(run(options)).rejects.toThrow("away");
});
