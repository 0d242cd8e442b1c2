import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

import { inlineStyleSource } from "../shell/inline-style.tsx";

/**
 * The headers of every response. Pages load and run only the panel's own files. Only pages of the same origin may frame
 * them, which under ingress is Home Assistant.
 */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [inlineStyleSource()],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'"],
    },
    // Media files set a stricter policy.
    overwrite: false,
    // These apply to the whole origin, which under ingress is Home Assistant's.
    strictTransportSecurity: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
  });
}
