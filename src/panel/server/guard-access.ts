import type { MiddlewareHandler } from "hono";
import { ipRestriction } from "hono/ip-restriction";

import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { guardLoopback } from "./guard-loopback.ts";
import { guardPassword } from "./guard-password.ts";
import type { PanelAccess } from "./panel-access.ts";
import { peerAddress } from "./peer-address.ts";

const LOOPBACK = ["127.0.0.0/8", "::1"];

export interface GuardAccessOptions {
  readonly access: PanelAccess;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/**
 * Returns the checks of who may see the panel, in their order. They use the IP address of the socket, because anybody
 * can send headers such as `X-Ingress-Path` and `X-Remote-User-*`.
 */
export function guardAccess({ access, clock, chance, logger }: GuardAccessOptions): MiddlewareHandler[] {
  switch (access.kind) {
    case "ingress":
      return [onlyFrom([access.address], "Forbidden: this page is available only through Home Assistant.")];
    case "loopback":
      return [
        onlyFrom(
          LOOPBACK,
          "Forbidden: without PANEL_PASSWORD, this page is available only on the machine of the app.",
        ),
        guardLoopback,
      ];
    case "password":
      return [guardPassword({ ...access, clock, chance, logger })];
  }
}

/** Makes a check that lets only these IP addresses through, also in IPv6 form (`::ffff:` and the IPv4 address). */
function onlyFrom(addresses: string[], refusal: string): MiddlewareHandler {
  return ipRestriction(peerAddress, { allowList: addresses }, (_peer, c) => c.text(refusal, 403));
}
