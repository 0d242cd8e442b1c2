import { describe, expect, test } from "vitest";

import { rootYaml } from "../packaging/root-file.ts";
import { CORE_VERSION } from "../real-core/install/core-installation.ts";
import { readWorkflow, readWorkflows } from "./read-workflows.ts";
import { workflowComplaints } from "./workflow-complaints.ts";

const WORKFLOWS = readWorkflows();
const CHECK = readWorkflow("check.yaml");

describe.each(WORKFLOWS)("the GitHub workflow $file", ({ file, text, jobs, permissions }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test("has the syntax that GitHub requires", async () => {
    expect(await workflowComplaints(file, text)).toEqual([]);
  });

  test("runs only scripts that package.json contains", () => {
    const { scripts } = rootYaml<{ scripts: Record<string, string> }>("package.json");
    const runs = steps.flatMap(({ run }) => [...(run ?? "").matchAll(/\bnpm (?:run )?([\w-]+)/g)]);
    const names = runs.map(([, name]) => name).filter((name) => name !== "ci");
    expect(names.filter((name) => !Object.hasOwn(scripts, name ?? ""))).toEqual([]);
  });

  test("uses other people's actions only at a fixed commit", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test("has only read permission by default, and every job has a time limit", () => {
    expect(permissions).toEqual({ contents: "read" });
    const endless = Object.values(jobs).filter(
      (job) => job.uses === undefined && job["timeout-minutes"] === undefined,
    );
    expect(endless).toEqual([]);
  });

  test("puts no expression into a shell command, which would run the expression's value", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  });
});

test.each([
  ["an unknown key", "  stpes: 3", /stpes/],
  ["an expression that does not end well", "  name: ${{ format('a' }}", /Unexpected|expression/i],
  ["jobs that wait for nobody", "  needs: nobody", /at least one job with no dependencies/],
])("the tests' parser of GitHub workflows complains about %s", async (_what, line, complaint) => {
  const job = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n  ${line}\n    steps: [{ run: "true" }]\n`;
  expect((await workflowComplaints("test.yaml", job)).join("\n")).toMatch(complaint);
});

test("a pull request runs the same checks as `npm run check`, and the demo", () => {
  const gate = rootYaml<{ scripts: { check: string } }>("package.json").scripts.check.split(" && ");
  const runs = CHECK.jobs["gate"]?.steps?.flatMap(({ run }) => run ?? []);
  expect(runs).toEqual(["npm ci", ...gate, "npm run demo -- --once"]);
});

test("the checks run with the last two monthly releases of Home Assistant, beginning with the release that the tests use", () => {
  const cores = CHECK.jobs["gate"]?.strategy?.matrix.core ?? [];
  const months = cores.map((core) => {
    const [year = 0, month = 0] = core.split(".").map(Number);
    return year * 12 + month;
  });
  expect(months).toEqual([months[0], (months[0] ?? 0) - 1]);
  expect([process.env["HASS_VERSION"], cores[0]]).toContain(CORE_VERSION);
});
