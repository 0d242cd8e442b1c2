import { errorOf } from "../../domain/reported-error.ts";
import { CloudRequestError } from "../../setup/relay/cloud-request-error.ts";
import type { CloudFailure } from "../../setup/relay/cloud-request-error.ts";
import type { AccountCredentials } from "../rest/client.ts";
import { TwilioConnectionLostError, TwilioTooManyRequestsError } from "../rest/errors.ts";
import type { HttpClient, HttpResponse } from "../rest/http-client.ts";

/** Twilio's hosts for Functions (`serverless`), for uploading their sources, and for Sync. */
export type CloudHost = "serverless" | "serverless-upload" | "sync";

export interface CloudCall {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path of a resource in the API, such as `/v1/Services`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** A complete body with its content type, in place of `form`. */
  readonly raw?: { readonly type: string; readonly body: string };
}

export interface CloudClient {
  /** Returns the base URL of a host, for code that sends its own requests. */
  readonly baseOf: (host: CloudHost) => string;
  /**
   * Sends one request, and resolves to the parsed answer.
   *
   * @throws {CloudRequestError} if Twilio refused the request or did not answer
   */
  call(host: CloudHost, asked: CloudCall): Promise<unknown>;
  /** Reads the resource at a path; resolves to null if Twilio does not have it. Throws like `call`. */
  find(host: CloudHost, path: string): Promise<unknown>;
  /** Deletes the resource at a path, if Twilio has it. Throws like `call`. */
  remove(host: CloudHost, path: string): Promise<void>;
}

type CloudCredentials = Pick<AccountCredentials, "username" | "password" | "standIn">;

const FORM = "application/x-www-form-urlencoded";

/**
 * Creates the client for Twilio's APIs of Functions and Sync. Twilio's own client is not used, because it cannot upload
 * sources.
 */
export function createCloudClient(credentials: CloudCredentials, httpClient: HttpClient): CloudClient {
  const { username, password, standIn } = credentials;
  const baseOf = (host: CloudHost): string =>
    standIn === undefined ? `https://${host}.twilio.com` : `${standIn}/${host}`;

  async function call(host: CloudHost, asked: CloudCall): Promise<unknown> {
    const { method, path, query, form, raw } = asked;
    const type = raw?.type ?? (form === undefined ? null : FORM);
    const answer = await send({
      method,
      uri: baseOf(host) + path,
      username,
      password,
      headers: type === null ? {} : { "Content-Type": type },
      params: query,
      data: form,
      body: raw?.body,
    });
    if (answer.statusCode < 300) return answer.body;
    throw failureOf(answer);
  }

  async function send(asked: Parameters<HttpClient["request"]>[0]): Promise<HttpResponse> {
    try {
      return await httpClient.request(asked);
    } catch (error) {
      // The caught error may contain the credentials, so it is not passed on as the cause.
      // eslint-disable-next-line preserve-caught-error
      throw connectionFailure(error);
    }
  }

  async function unlessMissing(host: CloudHost, asked: CloudCall): Promise<unknown> {
    try {
      return await call(host, asked);
    } catch (error) {
      if (error instanceof CloudRequestError && error.failure === "missing") return null;
      throw error;
    }
  }

  return {
    baseOf,
    call,
    find: (host, path) => unlessMissing(host, { method: "GET", path }),
    async remove(host, path) {
      await unlessMissing(host, { method: "DELETE", path });
    },
  };
}

function connectionFailure(error: unknown): CloudRequestError {
  if (error instanceof TwilioTooManyRequestsError) {
    const reported = errorOf(String(error.code ?? 20429), error.message);
    return new CloudRequestError("busy", reported, error.retryAfterMs);
  }
  const message = error instanceof Error ? error.message : "Twilio cannot be reached";
  const failure = error instanceof TwilioConnectionLostError ? "doubt" : "away";
  return new CloudRequestError(failure, { code: "twilio_away", message, more_info: null });
}

function failureOf({ statusCode, body }: HttpResponse): CloudRequestError {
  const { code, message } = partsOf(body);
  if (statusCode >= 500) {
    const reported = {
      code: "twilio_away",
      message: `Twilio answered with HTTP ${statusCode}`,
      more_info: null,
    };
    return new CloudRequestError("doubt", reported);
  }
  const reason = typeof message === "string" ? message : `Twilio refused the request with HTTP ${statusCode}`;
  const reported = errorOf(String(typeof code === "number" ? code : statusCode), reason);
  return new CloudRequestError(kindOf(statusCode), reported);
}

function kindOf(status: number): CloudFailure {
  switch (status) {
    case 401:
    case 403:
      return "forbidden";
    case 404:
      return "missing";
    case 409:
      return "conflict";
    default:
      return "refused";
  }
}

function partsOf(body: unknown): { readonly code?: unknown; readonly message?: unknown } {
  return typeof body === "object" && body !== null ? body : {};
}
