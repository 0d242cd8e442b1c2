import { expect, test } from "vitest";

import { BASE_IMAGE, releasedDockerfile } from "../../scripts/released-dockerfile.ts";
import { readDockerfile } from "../packaging/read-dockerfile.ts";
import type { Stage } from "../packaging/read-dockerfile.ts";
import { rootFile } from "../packaging/root-file.ts";

const REPOSITORY = rootFile("Dockerfile");
const RELEASED = releasedDockerfile(REPOSITORY);
const PINNED = `${BASE_IMAGE.name}@${BASE_IMAGE.digest}`;

const lastOf = (dockerfile: string): Stage => {
  const stage = readDockerfile(dockerfile).at(-1);
  if (stage === undefined) throw new Error("there is no stage");
  return stage;
};
const secondsOf = (value = ""): number => Number(/^(\d+)s$/.exec(value)?.[1]);
/** The time of failed health checks after which Docker calls the app unhealthy. */
const patienceOf = ({ interval, retries }: Record<string, string>): number =>
  secondsOf(interval) * Number(retries);

test("in the Dockerfile of a release, every base image of the repository's Dockerfile is pinned by its digest", () => {
  expect(BASE_IMAGE.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(readDockerfile().map(({ image }) => image)).toEqual([BASE_IMAGE.name, BASE_IMAGE.name]);
  expect(RELEASED.match(/^FROM .+$/gm)).toEqual([
    `FROM --platform=$BUILDPLATFORM ${PINNED} AS build`,
    `FROM ${PINNED}`,
  ]);
});

test("in the Dockerfile of a release, the health check runs each second until the app is healthy, and then every half minute", () => {
  expect(lastOf(RELEASED).healthFlags).toMatchObject({ "start-interval": "1s", interval: "30s" });
});

test("the repository's Dockerfile has only options that every builder knows, and its first health check runs within seconds", () => {
  const { healthFlags } = lastOf(REPOSITORY);
  const known = ["interval", "timeout", "start-period", "retries"];
  expect(Object.keys(healthFlags).toSorted()).toEqual(known.toSorted());
  expect(secondsOf(healthFlags["interval"])).toBeLessThanOrEqual(10);
});

test("with the repository's Dockerfile and with that of a release, the app counts as unhealthy only after 90 seconds of failed checks", () => {
  expect([REPOSITORY, RELEASED].map((text) => patienceOf(lastOf(text).healthFlags))).toEqual([90, 90]);
});

test("the labels of a released image also name its base image", () => {
  expect(lastOf(RELEASED).labels).toEqual({
    ...lastOf(REPOSITORY).labels,
    "org.opencontainers.image.base.name": `docker.io/library/${BASE_IMAGE.name}`,
    "org.opencontainers.image.base.digest": BASE_IMAGE.digest,
  });
});

test("apart from base image, labels and health check, a release has the stages of the repository's Dockerfile", () => {
  const rest = (text: string): unknown[] =>
    readDockerfile(text).map((stage) => ({ ...stage, image: null, labels: null, healthFlags: null }));
  expect(rest(RELEASED)).toEqual(rest(REPOSITORY));
});

test.each([
  [
    "another version of Node",
    REPOSITORY.replaceAll("24.21.0", "24.22.0"),
    /base .*not node:24\.22\.0-alpine/,
  ],
  ["a stage with another base image", `${REPOSITORY}\nFROM alpine\n`, /base .*not alpine/],
  ["a base image that is pinned already", REPOSITORY.replaceAll(BASE_IMAGE.name, PINNED), /base .*not node:/],
  [
    "another interval of the health check",
    REPOSITORY.replace("--interval=6s", "--interval=7s"),
    /HEALTHCHECK/,
  ],
])(
  "no Dockerfile for a release is written if the repository's Dockerfile has %s",
  (_what, dockerfile, complaint) => {
    expect(() => releasedDockerfile(dockerfile)).toThrow(complaint);
  },
);
