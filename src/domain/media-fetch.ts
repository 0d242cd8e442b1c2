export interface FetchedMedia {
  /** Such as `image/jpeg`, without parameters. */
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What came of asking Home Assistant for a file. Messages are whole sentences that name what was asked for. */
export type MediaFetch =
  | ({ readonly kind: "fetched" } & FetchedMedia)
  /** `size` in bytes; null where it was not told and reading was given up. */
  | { readonly kind: "too_large"; readonly type: string; readonly size: number | null }
  /** Asking again changes nothing. */
  | { readonly kind: "refused"; readonly message: string }
  /** May pass. */
  | { readonly kind: "unavailable"; readonly message: string };
