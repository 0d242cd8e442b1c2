/** The error code with which Core refuses a `call_service`; null if Core accepts it. */
export function serviceRefusal(
  message: Readonly<Record<string, unknown>>,
  notifyActions: readonly string[] | undefined,
): string | null {
  const { domain, service, service_data: data } = message;
  if (domain === "persistent_notification" || (domain === "automation" && service === "reload")) return null;
  if (domain !== "notify" || notifyActions?.includes(String(service)) === false) return "not_found";
  const hasMessage = typeof data === "object" && data !== null && "message" in data;
  return hasMessage ? null : "invalid_format";
}
