import { expect, test } from "vitest";
import { parse } from "yaml";

import { APP_CONFIG } from "../packaging/app-config.ts";
import { rootFile, rootYaml } from "../packaging/root-file.ts";
import { readBlocks } from "./documents.ts";

const GUIDE = "docs/without-supervisor.md";
const { env } = rootYaml<{ env: { IMAGE_NAME: string } }>(".github/workflows/release.yaml");

test("the compose file in the documents uses the image that a release publishes", () => {
  const [block, ...others] = readBlocks().filter(({ file, kind }) => file === GUIDE && kind === "compose");
  expect(others).toEqual([]);
  const { services } = parse(block?.text ?? "") as { services: Record<string, { image?: string }> };
  const [, owner] = /^https:\/\/github\.com\/([^/]+)\//.exec(APP_CONFIG.url) ?? [];
  expect(Object.values(services).map(({ image }) => image)).toEqual([
    `ghcr.io/${owner}/${env.IMAGE_NAME}:latest`,
  ]);
});

test("the documents first name the published image, and say that building the image needs BuildKit", () => {
  const guide = rootFile(GUIDE);
  expect(guide.indexOf("image: ghcr.io/")).toBeLessThan(guide.indexOf("`build: .`"));
  expect(guide).toMatch(/`build: \.`[^#]+needs BuildKit[^#]+`DOCKER_BUILDKIT=1`/);
});

test("in the installation steps, the two switches that only the user can set come before the start of the app", () => {
  const [, install = ""] = /^# Install\n([^]+?)^# /m.exec(rootFile("DOCS.md")) ?? [];
  expect(install).toMatch(/\*\*Watchdog\*\*[^]+\*\*Start on boot\*\*[^]+\*\*Start\*\* the app/);
});
