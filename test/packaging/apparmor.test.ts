import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { APP_CONFIG } from "./app-config.ts";
import { compileProfile, findAppArmorParser } from "./find-apparmor-parser.ts";
import { readDockerfile } from "./read-dockerfile.ts";
import { rootFile } from "./root-file.ts";

const PROFILE = rootFile("apparmor.txt");
/** The first lines of profiles, found as by `RE_PROFILE` in `supervisor/utils/apparmor.py`. */
const HEADS = PROFILE.split("\n").filter((line) => /^profile ([^ ]+).*$/.test(line));
const RULES = PROFILE.split("\n")
  .map((line) => line.trim())
  .filter((line) => line.endsWith(",") && !line.startsWith("#"))
  .map((line) => line.slice(0, -1));

/** The rules for files, each with its path and with what it allows. */
const FILES = RULES.flatMap((rule) => {
  const [, path, access] = /^((?:\/|@\{)\S+) ([a-zA-Z]+)$/.exec(rule) ?? [];
  return path === undefined || access === undefined ? [] : [{ path, access }];
});

test("the AppArmor file has one profile with the app's name, so that Supervisor can rename it", () => {
  expect(HEADS).toEqual([`profile ${APP_CONFIG.slug} flags=(attach_disconnected,mediate_deleted) {`]);
  expect(RULES.filter((rule) => /peer=/.test(rule) && !rule.includes("@{profile_name}"))).toEqual([]);
});

test("the AppArmor profile lets the app read its bundle, and read, write and lock files in /data", () => {
  const { workdir } = readDockerfile().at(-1) ?? {};
  expect(FILES).toContainEqual({ path: `${workdir}/{,**}`, access: "r" });
  expect(FILES).toContainEqual({ path: "/data/**", access: "rwk" });
});

test("the AppArmor profile lets the app write only in /data and in temporary folders, and never to the options", () => {
  const written = FILES.filter(({ access }) => access.includes("w")).map(({ path }) => path);
  expect(written).toEqual(["/data/**", "/{,var/}tmp/**"]);
  expect(RULES).toContain("deny /data/options.json wkl");
});

test("the AppArmor profile lets the app run only tini and Node", () => {
  const programs = FILES.filter(({ access }) => access.includes("x")).map(({ path }) => path);
  expect(programs).toEqual(["/{,usr/}{s,}bin/docker-init", "/dev/init", "/usr/local/bin/node"]);
});

test("the AppArmor profile allows internet protocols and the signals that stop the app, and no capability of root", () => {
  const others = RULES.filter((rule) => !/^(deny )?(\/|@\{)/.test(rule));
  expect(others).toEqual([
    "network inet stream",
    "network inet6 stream",
    "network inet dgram",
    "network inet6 dgram",
    "signal receive",
    "signal send peer=@{profile_name}",
  ]);
});

const parser = await findAppArmorParser();
const missing = "missing" in parser ? parser.missing : null;
const title = missing === null ? "AppArmor's own parser" : `AppArmor's own parser (SKIPPED: ${missing})`;

// oxlint-disable-next-line vitest/valid-title -- it says why the suite is skipped
describe.runIf(missing === null || process.env["CI"])(title, () => {
  const id = `0a1b2c3d_${APP_CONFIG.slug}`;

  async function compile(profile: string): Promise<void> {
    if ("missing" in parser) throw new Error(parser.missing);
    const directory = await mkdtemp(join(tmpdir(), "twilio-apparmor-"));
    try {
      await writeFile(join(directory, id), profile);
      await compileProfile(parser, join(directory, id));
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  test("accepts the app's profile under the ID that Supervisor gives it", async () => {
    const renamed = PROFILE.replace(/^profile \S+/m, `profile ${id}`);
    await expect(compile(renamed)).resolves.toBeUndefined();
  });

  test("refuses a faulty profile", async () => {
    await expect(compile(PROFILE.replace("rwk,", "rwz,"))).rejects.toThrow(/syntax error/);
  });
});
