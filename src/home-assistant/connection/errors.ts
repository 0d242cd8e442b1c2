/** Thrown if Home Assistant does not answer. A retry can help when Home Assistant runs again. */
export class HomeAssistantUnavailableError extends Error {
  override readonly name = "HomeAssistantUnavailableError";
  /** Whether the command may have reached Home Assistant. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
}

/** Thrown if Home Assistant refuses a command. A retry cannot help. */
export class HomeAssistantRefusedError extends Error {
  override readonly name = "HomeAssistantRefusedError";
  /** Core's error code, such as `not_found` or `service_validation_error`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Turns an error of the library home-assistant-js-websocket, which rejects with numbers and plain objects, into one of
 * the classes above. The number `3`, or an error with the code 3, means a lost connection. `{code: string, message}` is
 * an error from Core.
 *
 * @param sent whether the command may have reached Home Assistant
 */
export function wrapLibraryError(error: unknown, sent: boolean): Error {
  if (error instanceof HomeAssistantUnavailableError) return error;
  const answer = parts(parts(error)["error"] ?? error);
  const { code, message } = answer;
  if (typeof code === "string")
    return new HomeAssistantRefusedError(code, typeof message === "string" ? withoutValues(message) : code);
  return new HomeAssistantUnavailableError("Home Assistant is not connected.", sent, { cause: error });
}

/**
 * Removes the quoted values from an error of Core, because they may be the text of a message. Source:
 * `voluptuous.humanize`
 */
function withoutValues(message: string): string {
  return message.replace(/\. Got .*/s, "");
}

function parts(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
