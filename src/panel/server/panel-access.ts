import { createHmac } from "node:crypto";

import type { Chance } from "../../domain/chance.ts";
import { constantTimeEqual } from "./constant-time-equal.ts";

/** Supervisor's IP address in the network of the apps. All requests through ingress come from this IP address. */
export const SUPERVISOR_ADDRESS = "172.30.32.2";

/** The browsers that may see the panel. */
export type PanelAccess =
  /** Users of Home Assistant, whose requests come through ingress from this IP address. */
  | { readonly kind: "ingress"; readonly address: string }
  /** Browsers on this machine. */
  | { readonly kind: "loopback" }
  /** People who know the password. */
  | {
      readonly kind: "password";
      readonly isPassword: (text: string) => boolean;
      /**
       * A secret that signs the cookies of browsers that have logged in. It depends on the installation and the
       * password.
       */
      readonly browserKey: string;
    };

export interface PanelAccessOptions {
  readonly chance: Chance;
  readonly supervised: boolean;
  /**
   * The password; null or empty if the panel has none. Not used under Supervisor, where Home Assistant checks its
   * users.
   */
  readonly password: string | null;
  /** The IP address from which ingress requests come. Tests replace Supervisor's. */
  readonly ingressAddress?: string | undefined;
  /** A secret that stays the same after a restart. Without it, the app recognizes no browser after a restart. */
  readonly installationKey?: string | undefined;
}

/**
 * Decides who may see the panel: Home Assistant's users under Supervisor, otherwise people with the password. Without a
 * password, only this machine's browsers may.
 */
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

/**
 * Returns the IP address on which the panel listens. It is the loopback address if only browsers on this machine may
 * see the panel, and otherwise `listenHost`.
 */
export function panelHost(access: PanelAccess, listenHost: string): string {
  return access.kind === "loopback" ? "127.0.0.1" : listenHost;
}

/** Describes who may see the panel, for the log. */
export function describeAccess(access: PanelAccess): string {
  switch (access.kind) {
    case "ingress":
      return "for Home Assistant's ingress";
    case "loopback":
      return "for this machine only, because PANEL_PASSWORD is not set";
    case "password":
      return "for everybody who knows PANEL_PASSWORD";
  }
}
