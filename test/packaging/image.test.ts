import { expect, test } from "vitest";

import { APP_CONFIG } from "./app-config.ts";
import { buildContext } from "./build-context.ts";
import { readDockerfile } from "./read-dockerfile.ts";
import { rootYaml } from "./root-file.ts";

const stages = readDockerfile();
const [build, final] = stages;
const { scripts } = rootYaml<{ scripts: { start: string } }>("package.json");

test("one stage of the Dockerfile builds the bundle, and the other stage contains nothing but the bundle", () => {
  expect(stages).toHaveLength(2);
  expect(final?.steps).toEqual([{ from: build?.name, sources: ["/app/dist"], target: "./" }]);
});

test("both stages of the Dockerfile have the version of Node that the tests use", () => {
  const { packages } = rootYaml<{ packages: Record<string, { version: string }> }>("package-lock.json");
  const image = `node:${packages["node_modules/node"]?.version}-alpine3.`;
  expect(stages.map((stage) => stage.image)).toEqual([
    expect.stringMatching(new RegExp(`^${image}\\d+$`)),
    build?.image,
  ]);
});

test("the Dockerfile installs no test tools", () => {
  expect(build?.steps).toContainEqual(expect.stringMatching(/^npm ci --omit=dev\b/));
});

test("the image starts the app with the same command as `npm start`, without a shell", () => {
  const start = scripts.start.replace("dist/", "").split(" ");
  expect(final).toMatchObject({ workdir: "/app", entrypoint: [], command: start });
});

test("the image checks the app's health and backs up the journal with commands of the bundle", () => {
  expect(final?.healthCheck).toEqual(["node", "/app/main.mjs", "health"]);
  expect(APP_CONFIG.backup_pre).toBe("node /app/main.mjs backup");
});

test("the image's labels have everything that Supervisor and registries require, with the values of config.yaml", () => {
  expect(final?.labels).toEqual({
    "io.hass.type": "app",
    "io.hass.name": APP_CONFIG.name,
    "io.hass.arch": "${BUILD_ARCH}",
    "io.hass.version": "${BUILD_VERSION}",
    "org.opencontainers.image.title": rootYaml<{ name: string }>("repository.yaml").name,
    "org.opencontainers.image.description": APP_CONFIG.description,
    "org.opencontainers.image.licenses": rootYaml<{ license: string }>("package.json").license,
    "org.opencontainers.image.source": APP_CONFIG.url,
    "org.opencontainers.image.url": APP_CONFIG.url,
    "org.opencontainers.image.version": "${BUILD_VERSION}",
  });
});

test("Docker's build context contains the files that the Dockerfile copies, and no others", () => {
  const copied = stages.flatMap(({ steps }) =>
    steps.flatMap((step) => (typeof step === "string" || step.from !== null ? [] : step.sources)),
  );
  const context = buildContext();
  const isOf = (source: string) => (file: string) => file === source || file.startsWith(`${source}/`);
  expect(copied.filter((source) => !context.some(isOf(source)))).toEqual([]);
  expect(context.filter((file) => !copied.some((source) => isOf(source)(file)))).toEqual([]);
});
