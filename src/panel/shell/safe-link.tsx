import type { Child } from "hono/jsx";

import { webAddress } from "../../domain/address/web-address.ts";

/** As `pageAddress` writes it: a page of ours with its query, in which nothing but letters, digits and `%` stands. */
const OWN_PAGE = /^[a-z-]+\?[\w.*+%=&-]*$/i;

export interface SafeLinkProps {
  /** Anything: only an `http` or `https` address, or the address of a page of ours, becomes a link. */
  readonly to: unknown;
  readonly class?: string;
  /** Shown where it is neither. */
  readonly fallback?: Child;
  readonly children?: Child;
}

/**
 * The only component that writes a link to an address out of data, and the only one that opens a new tab; the page that
 * is opened learns neither the panel's address nor gets hold of its window.
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
