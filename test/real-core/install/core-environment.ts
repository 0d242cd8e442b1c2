import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

const CERTIFICATE_FILES = ["PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
const PASSED_ON =
  /^(PIP_|UV_|SSL_CERT_|REQUESTS_CA_BUNDLE$|CURL_CA_BUNDLE$|(https?|all|no)_proxy$|LANG$|TZ$)/i;
const SYSTEM_FILES = [
  "/etc/resolv.conf",
  "/etc/hosts",
  "/etc/pip.conf",
  "/etc/ssl/certs/ca-certificates.crt",
];

/**
 * The variables of the environment that Core and its installers get: those for the network and for package indexes.
 * With a `SUPERVISOR_TOKEN`, Core would believe that Supervisor runs it.
 */
export function coreEnvironment(root: string | null): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(
    ([name, value]) => PASSED_ON.test(name) && (root === null || !namesAbsentPath(root, value)),
  );
  const index = process.env["PIP_INDEX_URL"];
  return {
    ...(index === undefined ? {} : { UV_INDEX_URL: index }),
    ...Object.fromEntries(passed),
    ...(root === null
      ? { PATH: process.env["PATH"], HOME: process.env["HOME"] }
      : { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" }),
  };
}

/** Gives a Debian tree this machine's name servers, certificates and pip settings. */
export async function copyNetworkSettings(root: string): Promise<void> {
  const home = process.env["HOME"] ?? "/root";
  const copies = new Map([...SYSTEM_FILES, ...certificateFiles()].map((file) => [file, file]));
  copies.set(join(home, ".pip/pip.conf"), "/root/.pip/pip.conf");
  copies.set(join(home, ".config/pip/pip.conf"), "/root/.config/pip/pip.conf");
  for (const [from, to] of copies) {
    if (!existsSync(from)) continue;
    await mkdir(dirname(join(root, to)), { recursive: true });
    await copyFile(from, join(root, to));
  }
}

function certificateFiles(): string[] {
  return CERTIFICATE_FILES.map((name) => process.env[name] ?? "").filter((file) => file.startsWith("/"));
}

function namesAbsentPath(root: string, value: string | undefined): boolean {
  return value?.startsWith("/") === true && !existsSync(join(root, value));
}
