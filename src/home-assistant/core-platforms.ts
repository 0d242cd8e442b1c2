/** Which of Core's own Twilio platforms are loaded; `components` is that of `get_config`. */
export function corePlatformsLoaded(components: readonly string[]): {
  readonly sms: boolean;
  readonly call: boolean;
} {
  return { sms: components.includes("twilio_sms.notify"), call: components.includes("twilio_call.notify") };
}
