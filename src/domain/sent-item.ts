/** A message or call as Twilio's lists give it. */
export interface SentItem {
  readonly sid: string;
  readonly from: string | null;
  /** Null for a call. */
  readonly body: string | null;
  readonly status: string;
  readonly segments: number | null;
  readonly isOutbound: boolean;
  /** Milliseconds since 1970, to the second. */
  readonly createdAt: number;
}
