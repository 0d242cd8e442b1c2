import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { OpenAPIBackend } from "openapi-backend";
import type { Document } from "openapi-backend";

/** The paths that the simulator knows; the whole document takes seconds to compile. */
const PATHS = [
  "/2010-04-01/Accounts/{AccountSid}/Messages.json",
  "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
  "/2010-04-01/Accounts/{AccountSid}/Calls.json",
  "/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json",
  "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json",
];

const FILE = "@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json";

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string | string[]>> | null;
}

export interface TwilioOpenApi {
  /** What Twilio's document does not allow in a request; empty if all is well. */
  problemsOfRequest(request: ApiRequest): string[];
  /** What it does not allow in an answer to that request. */
  problemsOfAnswer(request: ApiRequest, status: number, body: unknown): string[];
}

/** Twilio's published OpenAPI document as a judge of requests and answers. */
export async function loadTwilioOpenApi(): Promise<TwilioOpenApi> {
  const file = createRequire(import.meta.url).resolve(FILE);
  const document = strict(JSON.parse(await readFile(file, "utf8"))) as {
    paths: Record<string, unknown>;
    servers?: unknown;
  };
  document.paths = Object.fromEntries(PATHS.map((path) => [path, document.paths[path]]));
  delete document.servers;
  const api = new OpenAPIBackend({
    definition: document as unknown as Document,
    quick: true,
    ajvOpts: { allErrors: true, coerceTypes: "array", strict: false, validateFormats: false },
  });
  await api.init();

  function parsed({ method, path, query, form }: ApiRequest) {
    const headers = form === null ? {} : { "content-type": "application/x-www-form-urlencoded" };
    return { method, path, query: { ...query }, headers, ...(form === null ? {} : { body: { ...form } }) };
  }

  return {
    problemsOfRequest: (request) => problems(api.validateRequest(parsed(request)).errors),
    problemsOfAnswer(request, status, body) {
      const operation = api.matchOperation(parsed(request));
      if (operation === undefined) return [`no operation for ${request.method} ${request.path}`];
      return problems(api.validateResponse(body, operation, status).errors);
    },
  };
}

function problems(
  errors: readonly { instancePath?: string; message?: string; params?: unknown }[] | null | undefined,
) {
  return (errors ?? []).map((one) =>
    `${one.instancePath ?? ""} ${one.message ?? ""} ${JSON.stringify(one.params ?? {})}`.trim(),
  );
}

/** The document as a judge needs it: `nullable` alone is no schema, and a form takes no parameter it does not name. */
function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key]) => key !== "nullable" || "type" in node)
    .map(([key, value]): [string, unknown] => [
      key,
      key === "application/x-www-form-urlencoded" ? closed(strict(value)) : strict(value),
    ]);
  return Object.fromEntries(entries);
}

function closed(form: unknown): unknown {
  const { schema, ...rest } = form as { schema: Record<string, unknown> };
  return { ...rest, schema: { ...schema, additionalProperties: false } };
}
