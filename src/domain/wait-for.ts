/** How far a command has to get before it is answered. */
export const MESSAGE_WAITS = ["accepted", "sent", "delivered"] as const;
export const CALL_WAITS = ["queued", "answered", "completed"] as const;

export type WaitFor = (typeof MESSAGE_WAITS)[number] | (typeof CALL_WAITS)[number];

/** Whether Twilio's first answer is enough. */
export function isEnoughAtOnce(waitFor: WaitFor): boolean {
  return waitFor === "accepted" || waitFor === "queued";
}
