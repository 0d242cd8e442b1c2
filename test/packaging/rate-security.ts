/** The parts of an app's configuration that Supervisor's rating uses. */
export interface RatedApp {
  readonly apparmor?: boolean;
  readonly ingress?: boolean;
  readonly auth_api?: boolean;
  readonly privileged?: readonly string[];
  readonly kernel_modules?: boolean;
  readonly hassio_role?: string;
  readonly host_network?: boolean;
  readonly host_pid?: boolean;
  readonly host_uts?: boolean;
  readonly docker_api?: boolean;
  readonly full_access?: boolean;
}

const DANGEROUS = new Set([
  "BPF",
  "CHECKPOINT_RESTORE",
  "DAC_READ_SEARCH",
  "NET_ADMIN",
  "NET_RAW",
  "PERFMON",
  "SYS_ADMIN",
  "SYS_MODULE",
  "SYS_PTRACE",
  "SYS_RAWIO",
]);

/** The rating of an app's security, from 1 (worst) to 8. Source: `rating_security` in `supervisor/apps/utils.py`. */
export function rateSecurity(app: RatedApp, hasProfile: boolean): number {
  const { privileged = [], hassio_role: role } = app;
  if (app.docker_api === true || app.full_access === true) return 1;
  let rating = 5;
  if (app.apparmor === false) rating -= 1;
  else if (hasProfile) rating += 1;
  if (app.ingress === true) rating += 2;
  else if (app.auth_api === true) rating += 1;
  if (privileged.some((name) => DANGEROUS.has(name)) || app.kernel_modules === true) rating -= 1;
  if (role === "manager") rating -= 1;
  if (role === "admin") rating -= 2;
  if (app.host_network === true) rating -= 1;
  if (app.host_pid === true) rating -= 2;
  if (app.host_uts === true && privileged.includes("SYS_ADMIN")) rating -= 1;
  return Math.min(Math.max(rating, 1), 8);
}
