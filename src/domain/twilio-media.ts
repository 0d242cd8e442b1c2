/** What came with a message, or was recorded, as far as a browser may be shown it. */
export type TwilioMedia =
  | {
      readonly ok: true;
      readonly type: string;
      readonly body: ReadableStream<Uint8Array>;
      /** In bytes; null where it is not told. */
      readonly length: number | null;
      /** Whether parts of it can be asked for. */
      readonly hasParts: boolean;
      /** Which part it is, as HTTP's `Content-Range`; null for all of it. */
      readonly part: string | null;
    }
  /**
   * `refused`: not one of our account's files. `unreadable`: of a type that is not shown, or too large. `beyond`: the
   * file ends before the part that was asked for.
   */
  | { readonly ok: false; readonly why: "refused" | "gone" | "unreadable" | "away" | "beyond" };
