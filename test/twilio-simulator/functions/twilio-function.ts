import { createRequire } from "node:module";
import { compileFunction } from "node:vm";

/**
 * The context of a Function: its variables and Twilio's. Source: twilio.com/docs/serverless/functions-
 * assets/functions/invocation
 */
export type FunctionContext = Readonly<Record<string, string>>;

/** The parameters of query and form, and `request` with the headers. */
export type FunctionEvent = Readonly<Record<string, unknown>>;

export interface FunctionResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The parts of the machine that a Function uses. A test can replace its time and network. */
export interface FunctionMachine {
  readonly fetch: typeof fetch;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: never) => void;
  readonly Date: { now(): number };
}

type Handler = (
  context: FunctionContext,
  event: FunctionEvent,
  callback: (error: unknown, response: FunctionResponse) => void,
) => void;

type CompiledSource = (...given: unknown[]) => void;

/** The real time and network. */
export const REAL_MACHINE: FunctionMachine = { fetch, setTimeout, clearTimeout, Date };

/** The class `Twilio.Response` of Twilio's runtime. */
class Response {
  statusCode = 200;
  body: unknown = null;
  readonly headers: Record<string, string> = {};

  setStatusCode(status: number): void {
    this.statusCode = status;
  }

  setBody(body: unknown): void {
    this.body = body;
  }

  appendHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
}

/** Compiled sources are reused, because compiling takes longer than most calls of a Function. */
const known = new Map<string, CompiledSource>();

function compiled(source: string, names: readonly string[]): CompiledSource {
  const key = `${names.join()}\n${source}`;
  const run = known.get(key) ?? (compileFunction(source, names) as CompiledSource);
  known.set(key, run);
  return run;
}

/**
 * The source of a Function, ready to be called, with as much of Twilio's runtime as it uses.
 *
 * @param require gives the Function its modules; for example ones without real randomness
 */
export function loadFunction(
  source: string,
  machine: FunctionMachine = REAL_MACHINE,
  require: (name: string) => unknown = createRequire(import.meta.url),
) {
  const exported: { handler?: Handler } = {};
  const names = ["exports", "require", "Twilio", ...Object.keys(machine)];
  const run = compiled(source, names);
  run(exported, require, { Response }, ...Object.values(machine));
  const { handler } = exported;
  if (handler === undefined) throw new Error("The Function exports no handler.");

  return (context: FunctionContext, event: FunctionEvent): Promise<FunctionResponse> =>
    new Promise((resolve, reject) => {
      handler(context, event, (error, response) => {
        if (error === null) resolve(response);
        else reject(new Error("The Function failed.", { cause: error }));
      });
    });
}
