import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { OpenAPIBackend } from "openapi-backend";
import type { Document } from "openapi-backend";

/** The paths of the simulator. The whole document takes seconds to compile. */
const PATHS = [
  "/2010-04-01/Accounts/{AccountSid}/Messages.json",
  "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
  "/2010-04-01/Accounts/{AccountSid}/Calls.json",
  "/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json",
  "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json",
  "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json",
  "/2010-04-01/Accounts/{AccountSid}/Recordings.json",
  "/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.json",
];

/** The paths of Twilio's other hosts, and of the account itself. */
const OTHER_PATHS: Readonly<Record<string, readonly string[]>> = {
  api_v2010: [
    "/2010-04-01/Accounts/{Sid}.json",
    "/2010-04-01/Accounts/{AccountSid}/Balance.json",
    "/2010-04-01/Accounts/{AccountSid}/Usage/Records/ThisMonth.json",
  ],
  messaging_v1: [
    "/v1/a2p/BrandRegistrations",
    "/v1/Services",
    "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
    "/v1/Services/{ServiceSid}/PhoneNumbers",
    "/v1/Tollfree/Verifications",
  ],
  messaging_v2: ["/v2/Channels/Senders"],
  monitor_v1: ["/v1/Alerts"],
  voice_v1: ["/v1/DialingPermissions/Countries/{IsoCode}"],
};

const FOLDER = "@twilio/cli-core/src/services/twilio-api";

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string | string[]>> | null;
}

export interface TwilioOpenApi {
  /** Lists the violations of Twilio's API description in a request. */
  problemsOfRequest(request: ApiRequest): string[];
  /** Lists the violations in an answer to that request. */
  problemsOfAnswer(request: ApiRequest, status: number, body: unknown): string[];
}

/** Checks with the API description of the host that has the path. Each is loaded when it is first used. */
export function createHostJudge(): (path: string) => Promise<TwilioOpenApi> {
  const loaded = new Map<string, Promise<TwilioOpenApi>>();
  return (path) => {
    const names = Object.keys(OTHER_PATHS);
    const name = names.find((one) => OTHER_PATHS[one]?.some((known) => fits(path, known))) ?? "api_v2010";
    const judge = loaded.get(name) ?? loadTwilioOpenApi(name, OTHER_PATHS[name]);
    loaded.set(name, judge);
    return judge;
  };
}

function fits(path: string, known: string): boolean {
  const parts = path.split("/");
  const wanted = known.split("/");
  return (
    parts.length === wanted.length &&
    wanted.every((part, index) => part.startsWith("{") || part === parts[index])
  );
}

/** Checks requests and answers with one of Twilio's published OpenAPI documents. */
export async function loadTwilioOpenApi(
  name = "api_v2010",
  paths: readonly string[] = PATHS,
): Promise<TwilioOpenApi> {
  const file = createRequire(import.meta.url).resolve(`${FOLDER}/twilio_${name}.json`);
  const document = strict(JSON.parse(await readFile(file, "utf8"))) as {
    paths: Record<string, unknown>;
    servers?: unknown;
  };
  document.paths = Object.fromEntries(paths.map((path) => [path, document.paths[path]]));
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

/** Adapts a document for checks: `nullable` gets a type, and forms allow no unknown parameters. */
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
