import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * Sets the security headers of every response. Pages load and run only the panel's own files. Only pages of the same
 * origin can show them in a frame; under ingress that is Home Assistant.
 *
 * @param styleSource allows the styles of a page; without it, no styles are allowed
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
    // Keeps the header of a response that has set it already: media files are stricter, and pages allow their styles.
    overwrite: false,
    // This header and the next two would apply to the whole origin, which under ingress belongs to Home Assistant.
    strictTransportSecurity: false,
    originAgentCluster: false,
    crossOriginOpenerPolicy: false,
  });
}
