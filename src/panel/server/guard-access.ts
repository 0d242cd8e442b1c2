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
 * What a request has to pass, in this order, before the panel looks at it. Only the address of the socket says who
 * asks: `X-Ingress-Path`, `X-Remote-User-*` and their like can be written by anybody.
 */
export function guardAccess({ access, clock, chance, logger }: GuardAccessOptions): MiddlewareHandler[] {
  switch (access.kind) {
    case "ingress":
      return [onlyFrom([access.address], "This page is reached through Home Assistant alone.")];
    case "loopback":
      return [onlyFrom(LOOPBACK, "This page is for its own machine alone."), guardLoopback];
    case "password":
      return [guardPassword({ ...access, clock, chance, logger })];
  }
}

/** Peers under these addresses or, as a socket of IPv6 sees them, `::ffff:` and the address. */
function onlyFrom(addresses: string[], refusal: string): MiddlewareHandler {
  return ipRestriction(peerAddress, { allowList: addresses }, (_peer, c) => c.text(refusal, 403));
}
