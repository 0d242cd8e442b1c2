import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** Of every answer: nothing is loaded or run but our own files, and nobody frames it but Home Assistant, as whose page it goes. */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'"],
    },
    // What somebody sent is served under a stricter policy of its own.
    overwrite: false,
    // These are about the whole origin, and under ingress that is Home Assistant's.
    strictTransportSecurity: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
  });
}
