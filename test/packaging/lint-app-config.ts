import { isDeepStrictEqual } from "node:util";

import * as z from "zod";

/** Supervisor's `RE_SCHEMA_ELEMENT`: the type of an option. */
const OPTION_TYPE =
  /^(bool|email|url|port|device(\(subsystem=[a-z]+\))?|(str|password)(\(\d*,\d*\))?|int(\(-?\d*,-?\d*\))?|float(\(-?\d*\.?\d*,-?\d*\.?\d*\))?|match\(.*\)|list\(.+\))\??$/;

/** The type of a key that is refused if it has its default, because then it changes nothing. */
function unlike<Value extends z.ZodType>(type: Value, usual: unknown) {
  return type
    .refine((value) => !isDeepStrictEqual(value, usual), "should be removed: that is the default")
    .optional();
}

const off = () => unlike(z.boolean(), false);
const on = () => unlike(z.boolean(), true);
const texts = () => z.array(z.string()).optional();
const optionType = z.string().regex(OPTION_TYPE, "is no type that Supervisor knows");
const optionTypes = z.record(z.string(), optionType);
const container = z.string().regex(/^\d+\/(tcp|udp)$/, "is no port");

/**
 * All keys of an app that neither Supervisor nor the app linter calls deprecated. Sources:
 * `supervisor/apps/validate.py` and frenck/action-addon-linter. `image` is missing, because Supervisor builds the app
 * itself on this branch.
 */
const SCHEMA = z.strictObject({
  name: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "is no version"),
  slug: z.string().regex(/^[-_.A-Za-z0-9]+$/, "is no slug"),
  description: z.string().min(1),
  arch: z.array(z.enum(["aarch64", "amd64"])).min(1),
  url: z.url().optional(),
  homeassistant: z
    .string()
    .regex(/^\d{4}\.\d+\.\d+$/, "is no release")
    .optional(),
  machine: texts(),
  startup: unlike(z.enum(["initialize", "system", "services", "application", "once"]), "application"),
  boot: unlike(z.enum(["auto", "manual", "manual_only"]), "auto"),
  stage: unlike(z.enum(["stable", "experimental", "deprecated"]), "stable"),
  init: on(),
  timeout: unlike(z.int().min(10).max(300), 10),
  ports: z.record(container, z.int().min(1).max(65_535).nullable()).optional(),
  ports_description: z.record(container, z.string()).optional(),
  webui: z.string().optional(),
  ingress: off(),
  ingress_port: unlike(z.int().min(0).max(65_535), 8099),
  ingress_entry: z.string().optional(),
  ingress_stream: off(),
  panel_icon: unlike(z.string().regex(/^mdi:[-a-z0-9]+$/, "is no icon"), "mdi:puzzle"),
  panel_title: z.string().optional(),
  panel_admin: on(),
  host_network: off(),
  host_pid: off(),
  host_ipc: off(),
  host_uts: off(),
  host_dbus: off(),
  devices: z.array(z.string().regex(/^[^:]+$/, "is a path only")).optional(),
  devicetree: off(),
  udev: off(),
  tmpfs: off(),
  map: z.array(z.unknown()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  privileged: texts(),
  apparmor: on(),
  full_access: off(),
  audio: off(),
  video: off(),
  gpio: off(),
  usb: off(),
  uart: off(),
  kernel_modules: off(),
  realtime: off(),
  journald: off(),
  hassio_api: off(),
  hassio_role: unlike(z.enum(["default", "homeassistant", "backup", "manager", "admin"]), "default"),
  homeassistant_api: off(),
  auth_api: off(),
  docker_api: off(),
  stdin: off(),
  services: z.array(z.string().regex(/^(mqtt|mysql):(provide|want|need)$/, "is no service")).optional(),
  discovery: texts(),
  backup: unlike(z.enum(["hot", "cold"]), "hot"),
  backup_pre: z.string().optional(),
  backup_post: z.string().optional(),
  backup_exclude: texts(),
  breaking_versions: texts(),
  ulimits: unlike(z.record(z.string(), z.unknown()), {}),
  options: unlike(z.record(z.string(), z.unknown()), {}),
  schema: unlike(
    z.record(z.string(), z.union([optionType, optionTypes, z.tuple([z.union([optionType, optionTypes])])])),
    {},
  ),
});

type Config = z.infer<typeof SCHEMA>;

/** The rules that compare several keys. */
const TOGETHER: Readonly<Record<string, (config: Config) => boolean>> = {
  "webui should be removed: there is ingress": ({ ingress, webui }) =>
    ingress === true && webui !== undefined,
  "ingress_port needs no chance without host_network": ({ ingress_port, host_network }) =>
    ingress_port === 0 && host_network !== true,
  "panel_icon and panel_title say nothing without ingress": ({ ingress, panel_icon, panel_title }) =>
    ingress !== true && (panel_icon ?? panel_title) !== undefined,
  "full_access has the devices already": (config) =>
    config.full_access === true && (["devices", "gpio", "uart", "usb"] as const).some((key) => key in config),
  "a cold backup runs no command": ({ backup, backup_pre, backup_post }) =>
    backup === "cold" && (backup_pre ?? backup_post) !== undefined,
  "map names folders as they were called before": ({ map = [] }) =>
    map.some((entry) => /^(config|addons|addon_config|all_addon_configs)\b/.test(folderOf(entry))),
  "a port is described that is not there": ({ ports = {}, ports_description = {} }) =>
    Object.keys(ports_description).some((port) => !(port in ports)),
  "an option has a default and no type": ({ options = {}, schema = {} }) =>
    Object.keys(options).some((name) => !(name in schema)),
};

/** The complaints of the app linter and Supervisor about a `config.yaml`, one sentence each. */
export function lintAppConfig(config: unknown): string[] {
  const parsed = SCHEMA.safeParse(config);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  return Object.entries(TOGETHER).flatMap(([fault, found]) => (found(parsed.data) ? [fault] : []));
}

function folderOf(entry: unknown): string {
  return typeof entry === "string" ? entry : String((entry as { type?: unknown }).type);
}
