import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * The headers of every response. Pages load and run only the panel's own files. Only pages of the same origin may frame
 * them, which under ingress is Home Assistant.
 *
 * @param styleSource allows the styles of a page; without it, there are none
 */
export function securityHeaders(styleSource = "'none'"): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [styleSource],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'"],
    },
    // Media files set a stricter policy, and pages allow their styles.
    overwrite: false,
    // These apply to the whole origin, which under ingress is Home Assistant's.
    strictTransportSecurity: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
  });
}
