import type { Child } from "hono/jsx";

import { webAddress } from "../../domain/address/web-address.ts";

/** Matches a URL that `pageAddress` made. */
const OWN_PAGE = /^[a-z-]+\?[\w.*+%=&-]*$/i;

export interface SafeLinkProps {
  /**
   * Any value from data. It becomes a link only if it is an `http` or `https` URL, or the URL of a page of the panel.
   */
  readonly to: unknown;
  readonly class?: string;
  /** The text in place of the link if `to` must not become a link. */
  readonly fallback?: Child;
  readonly children?: Child;
}

/**
 * Shows a link to a URL that comes from data, in a new tab. Other components must not make such links, because a URL
 * may be an attack. The opened page gets neither the panel's URL nor access to its window.
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
