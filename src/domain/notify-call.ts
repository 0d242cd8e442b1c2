import { pythonText } from "./python-text.ts";

/** A heard `notify.<name>`, its data as the caller sent it: templates turn numbers into ints. */
export interface NotifyCall {
  /** Without `notify.`. */
  readonly notifier: string;
  readonly message: string;
  /** Numbers or contact names; empty where there is none. */
  readonly target: readonly unknown[];
  readonly mediaUrls: readonly string[];
}

/**
 * Reads the raw `service_data` of a `call_service` event as Core's `twilio_sms` and `twilio_call` do: `target` is one
 * or a list, `data.media_url` likewise, everything else is ignored.
 */
export function parseNotifyCall(
  notifier: string,
  serviceData: Readonly<Record<string, unknown>>,
): NotifyCall {
  const { message, target, data } = serviceData;
  const mediaUrl =
    typeof data === "object" && data !== null ? (data as Record<string, unknown>)["media_url"] : null;
  return {
    notifier,
    message: pythonText(message),
    target: listOf(target),
    mediaUrls: listOf(mediaUrl).map(String),
  };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.flat() : [value];
}
