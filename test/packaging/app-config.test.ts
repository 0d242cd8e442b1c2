import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { APP_CONFIG } from "./app-config.ts";
import { lintAppConfig } from "./lint-app-config.ts";
import { rateSecurity } from "./rate-security.ts";
import { ROOT } from "./root-file.ts";

test("config.yaml fits the tests' copy of the rules of Home Assistant's app linter and of Supervisor", () => {
  expect(lintAppConfig(APP_CONFIG)).toEqual([]);
});

const { version: _, ...withoutVersion } = APP_CONFIG;

test.each<[string, object, RegExp]>([
  ["a key is missing", withoutVersion, /^version /],
  ["a key is unknown", { ...APP_CONFIG, colour: "red" }, /colour/],
  ["an image is named, so that nothing is built", { ...APP_CONFIG, image: "some/image" }, /image/],
  ["a deprecated key is set", { ...APP_CONFIG, advanced: true }, /advanced/],
  ["an obsolete key is set", { ...APP_CONFIG, watchdog: "tcp://[HOST]:8080" }, /watchdog/],
  ["a processor is no longer supported", { ...APP_CONFIG, arch: ["armv7"] }, /^arch\.0 /],
  ["a boolean is set to its default", { ...APP_CONFIG, init: true }, /^init .*default/],
  ["a number is set to its default", { ...APP_CONFIG, ingress_port: 8099 }, /^ingress_port .*default/],
  ["a text is set to its default", { ...APP_CONFIG, startup: "application" }, /^startup .*default/],
  ["a mapping is set to its default", { ...APP_CONFIG, ulimits: {} }, /^ulimits .*default/],
  ["a device has the old format", { ...APP_CONFIG, devices: ["/dev/a:/dev/b:rwm"] }, /^devices/],
  ["tmpfs has the old format", { ...APP_CONFIG, tmpfs: "size=1m" }, /^tmpfs/],
  ["an option has an unknown type", { ...APP_CONFIG, schema: { number: "phone" } }, /^schema\.number/],
  ["an option is nested too deep", { ...APP_CONFIG, schema: { a: { b: { c: "str" } } } }, /^schema\.a/],
  ["a default belongs to no option", { ...APP_CONFIG, options: { colour: "red" } }, /no type/],
  ["webui is set in addition to ingress", { ...APP_CONFIG, webui: "http://[HOST]:[PORT:80]" }, /webui/],
  ["the port of ingress is 0", { ...APP_CONFIG, ingress_port: 0 }, /ingress_port/],
  ["a cold backup has backup commands", { ...APP_CONFIG, backup: "cold" }, /cold backup/],
  ["a folder has its old name", { ...APP_CONFIG, map: ["addon_config:rw"] }, /map/],
  ["usb is set in addition to full access", { ...APP_CONFIG, full_access: true, usb: true }, /full_access/],
])("the tests' copy of the app linter reports config.yaml if %s", (_what, config, fault) => {
  expect(lintAppConfig(config)).toEqual([expect.stringMatching(fault)]);
});

test("the app has one public port, and its panel is reached only through Home Assistant", () => {
  expect(APP_CONFIG).toMatchObject({ ports: { "8080/tcp": 8080 }, ingress: true });
  expect(Object.keys(APP_CONFIG.ports)).toHaveLength(1);
});

test("Home Assistant rates the app's security with 8 of 8", () => {
  expect(rateSecurity(APP_CONFIG, existsSync(join(ROOT, "apparmor.txt")))).toBe(8);
});

test.each([
  ["no AppArmor profile of its own", {}, false, 7],
  ["no AppArmor profile at all", { apparmor: false }, true, 6],
  ["the host's network", { host_network: true }, true, 7],
  ["the Supervisor role admin", { hassio_role: "admin" }, true, 6],
  ["a dangerous capability", { privileged: ["NET_ADMIN"] }, true, 7],
  ["access to Docker", { docker_api: true }, true, 1],
])("with %s, Home Assistant would rate the app's security lower", (_what, change, hasProfile, rating) => {
  expect(rateSecurity({ ...APP_CONFIG, ...change }, hasProfile)).toBe(rating);
});
