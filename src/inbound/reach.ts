/** The result of a request that the app sent to its own public address from its own network. */
export type Reach =
  | { readonly kind: "ours" }
  /** Another server or process answered, or the path is wrong. */
  | { readonly kind: "other"; readonly status: number }
  | { readonly kind: "redirected" }
  /** The certificate is not trusted. `code`: the code of Node's error, such as `CERT_HAS_EXPIRED`. */
  | { readonly kind: "untrusted"; readonly code: string }
  | { readonly kind: "unreachable"; readonly code: string };
