import { expect, test } from "vitest";

import type { BlueprintStore, OwnBlueprints } from "../../src/provisioning/ports.ts";
import { provisionBlueprints } from "../../src/provisioning/provision-blueprints.ts";
import type { ProvisionBlueprintsOptions } from "../../src/provisioning/provision-blueprints.ts";

/** A Home Assistant without blueprints and an app with two, which differs by what is given; and what became of it. */
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

test("all are put where there are none, and one sentence says so", async () => {
  const { options, saved, lines } = house({});
  await run(options);
  expect(saved).toEqual([
    "twilio/gate.yaml = blueprint: gate.yaml",
    "twilio/menu_v2.yaml = blueprint: menu_v2.yaml",
  ]);
  expect(lines).toEqual([
    "info: Put blueprints for automations into Home Assistant: twilio/gate.yaml, twilio/menu_v2.yaml.",
  ]);
});

test("one that is there stays, is not even read, and an earlier version of another keeps out nothing", async () => {
  const { options, saved, read } = house({
    list: () => Promise.resolve(new Set(["twilio/gate.yaml", "twilio/menu.yaml", "homeassistant/x.yaml"])),
  });
  await run(options);
  expect(saved).toHaveLength(1);
  expect(read).toEqual(["menu_v2.yaml"]);
});

test("where all are there, nothing is done or said", async () => {
  const { options, ...seen } = house({
    list: () => Promise.resolve(new Set(["twilio/gate.yaml", "twilio/menu_v2.yaml"])),
  });
  await run(options);
  expect(seen).toEqual({ saved: [], read: [], lines: [] });
});

test("one that somebody else has put there meanwhile is nobody's trouble", async () => {
  const { options, lines } = house({ save: () => Promise.resolve({ kind: "exists" }) });
  await run(options);
  expect(lines).toEqual([]);
});

test("one that is refused keeps out no other, and the reason is told once for all", async () => {
  const { options, lines } = house({
    names: () => Promise.resolve(["a.yaml", "b.yaml", "c.yaml"]),
    save: (path) =>
      Promise.resolve(
        path === "twilio/b.yaml" ? { kind: "saved" } : { kind: "refused", reason: "Unsupported domain" },
      ),
  });
  await run(options);
  expect(lines).toEqual([
    "info: Put blueprints for automations into Home Assistant: twilio/b.yaml.",
    "warning: Home Assistant did not take the app's blueprints twilio/a.yaml, twilio/c.yaml: Unsupported domain",
  ]);
});

test("a Home Assistant that is away is left to the next connection", async () => {
  const { options } = house({ list: () => Promise.reject(new Error("away")) });
  await expect(run(options)).rejects.toThrow("away");
});
