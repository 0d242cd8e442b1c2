import { normalizeSender } from "../domain/address/normalize-sender.ts";

export interface SenderOptions {
  readonly defaultSender: string | null;
  readonly notifiers: readonly { readonly type: "sms" | "call"; readonly fromNumber: string }[];
}

/** The senders of messages that the options name, each one time: the default sender and those of the notifiers. */
export function sendersInUse({ defaultSender, notifiers }: SenderOptions): string[] {
  const ofNotifiers = notifiers.filter(({ type }) => type === "sms").map(({ fromNumber }) => fromNumber);
  const all = defaultSender === null ? ofNotifiers : [defaultSender, ...ofNotifiers];
  return [...new Set(all.map(normalizeSender))];
}
