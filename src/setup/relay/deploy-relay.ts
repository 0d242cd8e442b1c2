import type { Clock } from "../../domain/clock.ts";
import { errorOf } from "../../domain/reported-error.ts";
import { CloudRequestError } from "./cloud-request-error.ts";
import type { FunctionEnvironment, FunctionHosting, SyncHosting } from "./ports.ts";
import type { RelaySource } from "./relay-source.ts";
import { RELAY_PATHS } from "./relay-source.ts";
import { untilDone } from "./until-done.ts";

/**
 * The app waits at most this long for Twilio's build of the Functions, in milliseconds. Twilio usually takes one to two
 * minutes.
 */
const MOST_BUILD_MS = 5 * 60_000;
const BUILD_POLL_MS = 2_000;

/** The steps in which the app creates the webhook relay in the Twilio account, in this order. */
export type DeploymentStep =
  | "answers"
  | "service"
  | "environment"
  | "variables"
  | "functions"
  | "build"
  | "deploy";

export interface RelayDeployment {
  /**
   * The SID of the Service of Functions. `environment` has the SID of its Environment, and `answers` that of the Sync
   * service.
   */
  readonly service: string;
  readonly environment: string;
  readonly answers: string;
  readonly domain: string;
}

export interface DeployRelayOptions {
  readonly hosting: FunctionHosting;
  readonly sync: SyncHosting;
  /** The name for both the Service of Functions and the Sync service. */
  readonly name: string;
  readonly source: RelaySource;
  /** A hash of the source text, which the app stores in the relay's variable SOURCE after the source is deployed. */
  readonly sourceHash: string;
  /** The environment variables of the relay, except SOURCE and the URL of its answers in Sync. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onStep: (step: DeploymentStep) => void;
  /** Called as soon as the relay runs. Webhooks of Twilio may reach the app from now on. */
  readonly onDeployed: (deployment: RelayDeployment) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Creates the webhook relay (a small program at Twilio) in the account, and uses resources that exist already. So there
 * is one working relay even if the user presses the button again, the journal was lost, or an earlier deployment was
 * interrupted.
 *
 * @throws {CloudRequestError} with Twilio's reason; the last step that `onStep` named is the one that failed
 */
export async function deployRelay(options: DeployRelayOptions): Promise<RelayDeployment> {
  const { hosting, sync, name, source, sourceHash, variables, onStep, onDeployed, clock, signal } = options;
  const done = <Result>(work: () => Promise<Result>): Promise<Result> => untilDone(work, clock, signal);

  onStep("answers");
  const answers = await done(async () => (await sync.findService(name)) ?? (await sync.createService(name)));
  onStep("service");
  const service = await done(
    async () => (await hosting.findService(name)) ?? (await hosting.createService(name)),
  );
  onStep("environment");
  const environment = await done(
    async () => (await hosting.findEnvironment(service)) ?? (await hosting.createEnvironment(service)),
  );
  onStep("variables");
  const wanted = { ...variables, ANSWERS_URL: sync.documentsUrl(answers) };
  for (const [key, value] of Object.entries(wanted))
    await done(() => writeVariable(hosting, { service, environment, key, value }));
  onStep("functions");
  const build = (await isBuilt(environment)) ? (environment.build ?? "") : await buildAnew();
  onStep("deploy");
  // Twilio passes changed variables to the Functions only with a new deployment.
  await done(() => hosting.deploy(service, environment.sid, build));
  const deployment = { service, environment: environment.sid, answers, domain: environment.domain };
  onDeployed(deployment);
  // The hash comes last. If it named a source that is not deployed, no later check would repair that.
  await done(() => writeVariable(hosting, { service, environment, key: "SOURCE", value: sourceHash }));
  return deployment;

  async function isBuilt({ build: present }: FunctionEnvironment): Promise<boolean> {
    if (present === null) return false;
    const sources = await done(() => hosting.builtSources(service, present));
    return RELAY_PATHS.every((path) => sources.get(path) === source.text);
  }

  async function buildAnew(): Promise<string> {
    const versions: string[] = [];
    for (const path of RELAY_PATHS) {
      const functionSid = await done(async () => {
        const known = (await hosting.functions(service)).get(path);
        return known ?? (await hosting.createFunction(service, path));
      });
      versions.push(await done(() => hosting.upload(service, functionSid, path, source.text)));
    }
    onStep("build");
    const made = await done(() => hosting.createBuild(service, versions));
    const giveUpAt = clock.monotonic() + MOST_BUILD_MS;
    for (;;) {
      const state = await done(() => hosting.buildState(service, made));
      if (state === "completed") return made;
      if (state === "failed") throw buildError("Twilio could not build the Functions");
      if (clock.monotonic() >= giveUpAt || signal.aborted)
        throw buildError("Twilio did not finish the build");
      await clock.wait(BUILD_POLL_MS, signal);
    }
  }
}

/** Writes an environment variable, unless it already has this value. */
export async function writeVariable(
  hosting: Pick<FunctionHosting, "variables" | "createVariable" | "updateVariable">,
  variable: {
    readonly service: string;
    readonly environment: Pick<FunctionEnvironment, "sid">;
    readonly key: string;
    readonly value: string;
  },
): Promise<void> {
  const { service, environment, key, value } = variable;
  const present = (await hosting.variables(service, environment.sid)).get(key);
  if (present === undefined) await hosting.createVariable(service, environment.sid, key, value);
  else if (present.value !== value)
    await hosting.updateVariable(service, environment.sid, present.sid, value);
}

function buildError(message: string): CloudRequestError {
  return new CloudRequestError("refused", { ...errorOf("build_failed", message), more_info: null });
}
