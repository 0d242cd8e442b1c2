import { createHmac } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";
import { constantTimeEqual } from "./constant-time-equal.ts";

/** Supervisor's own address in the network of the apps: all that comes through ingress comes from it. */
export const SUPERVISOR_ADDRESS = "172.30.32.2";

/** Who may see the panel. */
export type PanelAccess =
  /** Only whom Home Assistant has let through: requests from this address. */
  | { readonly kind: "ingress"; readonly address: string }
  /** Only this machine. */
  | { readonly kind: "loopback" }
  /** Whoever knows the password. */
  | {
      readonly kind: "password";
      readonly isPassword: (text: string) => boolean;
      /** Secret: signs what browsers that have logged in are known by. Of this installation and password alone. */
      readonly browserKey: string;
    };

export interface PanelAccessOptions {
  readonly chance: Chance;
  readonly supervised: boolean;
  /** Null or empty for none. Means nothing under Supervisor: Home Assistant knows its users. */
  readonly password: string | null;
  /** Another than Supervisor's, in tests. */
  readonly ingressAddress?: string | undefined;
  /** Unguessable, the same after a restart; without it browsers are forgotten then. */
  readonly installationKey?: string | undefined;
}

export function panelAccess(options: PanelAccessOptions): PanelAccess {
  const { supervised, password, ingressAddress = SUPERVISOR_ADDRESS } = options;
  if (supervised) return { kind: "ingress", address: ingressAddress };
  if (!password) return { kind: "loopback" };
  const installationKey = options.installationKey ?? options.chance.bytes(32).toString("base64url");
  return {
    kind: "password",
    isPassword: (text) => constantTimeEqual(text, password),
    browserKey: createHmac("sha256", installationKey).update(password).digest("base64url"),
  };
}

/** The address to bind, where the user wants `listenHost`. */
export function panelHost(access: PanelAccess, listenHost: string): string {
  return access.kind === "loopback" ? "127.0.0.1" : listenHost;
}

/** Who may see the panel, for the log. */
export function describeAccess(access: PanelAccess): string {
  switch (access.kind) {
    case "ingress":
      return "for Home Assistant's ingress";
    case "loopback":
      return "for this machine alone, since PANEL_PASSWORD is not set";
    case "password":
      return "for whoever knows PANEL_PASSWORD";
  }
}
