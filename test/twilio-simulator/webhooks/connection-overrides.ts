/** The failures of a request to the app: no connection, no complete answer in time, or an HTTP status. */
export type RequestFailure = "ct" | "rt" | "4xx" | "5xx";

export interface ConnectionOverrides {
  /** The URL without the fragment, as it is signed and sent. */
  readonly url: string;
  readonly retries: number;
  readonly retriedFailures: readonly RequestFailure[];
  /** The timeouts of one attempt, in milliseconds. */
  readonly readMs: number;
  /** The timeout of all attempts together, in milliseconds. */
  readonly totalMs: number;
}

/** How long Twilio waits at most for the app's answer, in milliseconds. */
export const TWILIO_TIMEOUT_MS = 15_000;
const ALL: readonly RequestFailure[] = ["ct", "rt", "4xx", "5xx"];

/**
 * Parses the retries and timeouts in the fragment of a webhook's URL, such as `#rc=5&rp=all`. `timeoutMs`: the timeouts
 * of a URL that sets none, in milliseconds.
 *
 * @throws {RangeError} for values out of range, which Twilio reports as 11243 and others. Source: twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export function connectionOverrides(address: string, timeoutMs = TWILIO_TIMEOUT_MS): ConnectionOverrides {
  const [url = "", fragment = ""] = address.split("#", 2);
  const given = new URLSearchParams(fragment);
  for (const name of given.keys()) {
    if (!["ct", "rt", "tt", "rc", "rp", "sni", "e"].includes(name))
      throw new RangeError(`unknown override ${name}`);
  }
  const whole = (name: string, least: number, most: number, fallback: number): number => {
    const text = given.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new RangeError(`override ${name} is out of range`);
  };
  whole("ct", 100, 10_000, 5_000);
  const policies = (given.get("rp") ?? "ct").split(",");
  for (const policy of policies) {
    if (policy !== "all" && !ALL.includes(policy as RequestFailure))
      throw new RangeError(`unknown retry policy ${policy}`);
  }
  return {
    url,
    retries: whole("rc", 0, 5, 1),
    retriedFailures: policies.includes("all") ? ALL : ALL.filter((one) => policies.includes(one)),
    readMs: whole("rt", 100, TWILIO_TIMEOUT_MS, timeoutMs),
    totalMs: whole("tt", 100, TWILIO_TIMEOUT_MS, timeoutMs),
  };
}
