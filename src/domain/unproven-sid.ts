/** What a webhook is about whose age has to be asked for. */
export interface UnprovenSid {
  readonly sid: string;
  readonly isCall: boolean;
}
