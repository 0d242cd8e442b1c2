/** A `notify.<name>` action that the app answers. */
export interface Notifier {
  readonly name: string;
  readonly type: "sms" | "call";
  readonly fromNumber: string;
  /** The user says that the name is not Core's although Core's platform is loaded. */
  readonly besideCore: boolean;
  /** Numbers and contacts that a call without `target` means, as they were entered. */
  readonly targets: readonly string[];
}
