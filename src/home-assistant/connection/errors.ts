/** Home Assistant cannot be asked now; try again when it is back. */
export class HomeAssistantUnavailableError extends Error {
  override readonly name = "HomeAssistantUnavailableError";
  /** Whether the command may have reached Home Assistant all the same. */
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
}

/** Home Assistant answered, and the answer is no: asking again changes nothing. */
export class HomeAssistantRefusedError extends Error {
  override readonly name = "HomeAssistantRefusedError";
  /** Core's own word, such as `not_found` or `service_validation_error`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * home-assistant-js-websocket rejects with bare numbers and plain objects, none of them an `Error`: 3 (or an error
 * with that code) is a lost connection, `{code: string, message}` is Core's answer.
 */
export function wrapLibraryError(error: unknown, sent: boolean): Error {
  if (error instanceof HomeAssistantUnavailableError) return error;
  const answer = parts(parts(error)["error"] ?? error);
  const { code, message } = answer;
  if (typeof code === "string")
    return new HomeAssistantRefusedError(code, typeof message === "string" ? withoutValues(message) : code);
  return new HomeAssistantUnavailableError("Home Assistant is not connected.", sent, { cause: error });
}

/** Core's validation repeats what it was given, such as the text of a message. Source: `voluptuous.humanize` */
function withoutValues(message: string): string {
  return message.replace(/\. Got .*/s, "");
}

function parts(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
