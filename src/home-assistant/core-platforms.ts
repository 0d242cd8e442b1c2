import type { CorePlatforms } from "../outbound/ports.ts";

/**
 * Returns which of Core's own Twilio platforms Home Assistant has loaded. `components`: the list of this name in the
 * answer to `get_config`.
 */
export function corePlatformsLoaded(components: readonly string[]): CorePlatforms {
  return { sms: components.includes("twilio_sms.notify"), call: components.includes("twilio_call.notify") };
}
