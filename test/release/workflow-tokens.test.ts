import { describe, expect, test } from "vitest";

import { readWorkflow, readWorkflows } from "./read-workflows.ts";
import type { Job, Step } from "./read-workflows.ts";

const RELEASE = readWorkflow("release.yaml");
const stepsOf = (job: Job | undefined): readonly Step[] => job?.steps ?? [];
const isAllowedToWrite = (job: Job): boolean => Object.values(job.permissions ?? {}).includes("write");

describe.each(readWorkflows())("the GitHub workflow $file", ({ jobs, text }) => {
  test("leaves no token on the disk after a checkout", () => {
    const checkouts = Object.values(jobs)
      .flatMap(stepsOf)
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  test("installs and runs nothing from npm in a job that may write", () => {
    const steps = Object.values(jobs).filter(isAllowedToWrite).flatMap(stepsOf);
    expect(steps.filter(({ run }) => /\b(npm|npx|node|corepack)\b/.test(run ?? ""))).toEqual([]);
    expect(steps.filter(({ uses }) => uses?.startsWith("actions/setup-node@"))).toEqual([]);
  });

  test("gives a secret only to single steps, and no step with a secret runs code of the repository", () => {
    const steps = Object.values(jobs).flatMap(stepsOf);
    const secret = /secrets\.|github\.token/;
    const withSecret = steps.filter((step) => secret.test(JSON.stringify([step.env, step.with])));
    expect(text.match(/secrets\.|github\.token/g) ?? []).toHaveLength(withSecret.length);
    const runs = withSecret.map(({ run = "" }) => run.replaceAll(/'.*'/g, "''"));
    expect(
      runs.filter((run) => !/^(git -c \S+ \\\s+push origin refs\/heads\/release)?\s*$/.test(run)),
    ).toEqual([]);
  });
});

test("in the release workflow, only the jobs that publish have write permission, either for packages or for the repository", () => {
  const granted = Object.entries(RELEASE.jobs).map(([name, { permissions }]) => [name, permissions ?? {}]);
  expect(Object.fromEntries(granted)).toEqual({
    version: {},
    gate: {},
    image: { contents: "read", packages: "write", "id-token": "write" },
    manifest: { packages: "write", "id-token": "write" },
    branch: { contents: "write" },
  });
});

test("the release workflow builds images from the released Dockerfile, without a cache, with SBOM and provenance", () => {
  const build = stepsOf(RELEASE.jobs["image"]).find(({ uses }) =>
    uses?.startsWith("docker/build-push-action@"),
  );
  expect(build?.with).toMatchObject({
    file: "${{ runner.temp }}/release/Dockerfile",
    push: true,
    sbom: true,
    provenance: "mode=max",
  });
  expect(Object.keys(build?.with ?? {}).filter((key) => key.startsWith("cache"))).toEqual([]);
  const written = stepsOf(RELEASE.jobs["version"]).flatMap(({ run }) => run ?? []);
  expect(written.join("\n")).toContain('release.ts dockerfile "$RUNNER_TEMP/release/Dockerfile"');
});

test("the release workflow publishes a release to users only after both images have SBOM and provenance", () => {
  expect(RELEASE.jobs["branch"]?.needs).toContain("manifest");
  const { run = "" } = stepsOf(RELEASE.jobs["manifest"]).at(-1) ?? {};
  expect(run).toMatch(/\.SBOM\b[^]+--exit-status[^]+\.Provenance\b[^]+--exit-status/);
});
