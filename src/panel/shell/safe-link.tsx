import type { Child } from "hono/jsx";

import { webAddress } from "../../domain/address/web-address.ts";

/** A URL that `pageAddress` made. */
const OWN_PAGE = /^[a-z-]+\?[\w.*+%=&-]*$/i;

export interface SafeLinkProps {
  /** Any value. Only an `http` or `https` URL or the URL of a page of the panel becomes a link. */
  readonly to: unknown;
  readonly class?: string;
  /** Shown instead of a link. */
  readonly fallback?: Child;
  readonly children?: Child;
}

/**
 * A link to a URL from data, in a new tab. No other component may make such a link. The opened page receives neither
 * the panel's URL nor access to its window.
 */
export function SafeLink({ to, class: name, fallback = null, children }: SafeLinkProps) {
  const href = webAddress(to) ?? (typeof to === "string" && OWN_PAGE.test(to) ? to : null);
  if (href === null) return <>{fallback}</>;
  return (
    <a {...(name === undefined ? {} : { class: name })} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
