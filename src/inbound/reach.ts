/** What answered when the app asked its own public address, seen from inside the house. */
export type Reach =
  | { readonly kind: "ours" }
  /** Something else answered, or with another path. */
  | { readonly kind: "other"; readonly status: number }
  | { readonly kind: "redirected" }
  /** `code`: Node's, such as `CERT_HAS_EXPIRED`. */
  | { readonly kind: "untrusted"; readonly code: string }
  | { readonly kind: "unreachable"; readonly code: string };
