/** A fault to be planted: one text of one source is replaced by another. */
export interface Mutation {
  /** What the app then does, such as `says "delivered" before Home Assistant has answered`. */
  readonly name: string;
  /** From the repository's root. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}
