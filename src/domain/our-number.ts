/** A number of ours, as what Twilio reports it to the app. */
export interface OurNumber {
  readonly kind: "message" | "call";
  readonly address: string;
}
