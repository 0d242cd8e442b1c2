/** A planted fault: one text in one source file is replaced by another. */
export interface Mutation {
  /** The behaviour of the app with the fault, such as `says "delivered" before Home Assistant has answered`. */
  readonly name: string;
  /** The path of the file, from the repository's root. */
  readonly file: string;
  /** The text to replace, which occurs exactly once. */
  readonly from: string;
  readonly to: string;
}
