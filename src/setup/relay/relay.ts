import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import { withCode } from "../../domain/reported-error.ts";
import { RELAY_EN } from "../../texts/en/relay.ts";
import { CloudRequestError } from "./cloud-request-error.ts";
import type { RelayProbe } from "./ports.ts";
import type { RelayMemory, RelayRecord } from "./relay-record.ts";
import type { RelayPlan, RelayProblem, RelayState, RelayStep, RelayWork } from "./relay-state.ts";
import type { RelayWorkContext } from "./set-up-relay.ts";

/** The usual time between two checks of the relay, in milliseconds. */
const CHECK_EVERY_MS = 15 * 60_000;
/** The time between two checks while Home Assistant has no webhook or no cloudhook for the relay, in milliseconds. */
const CHECK_AGAIN_MS = 30_000;
const TEST_EVERY_MS = 6 * 60 * 60_000;
const RENEW_PRESENCE_EVERY_MS = 60 * 60_000;
/** How long a stopping app waits for open requests to Twilio, in milliseconds. */
const STOP_PATIENCE_MS = 500;

export interface RelayOptions {
  readonly memory: RelayMemory;
  readonly plan: () => Promise<RelayPlan>;
  readonly setUp: (chosen: readonly string[], context: RelayWorkContext) => Promise<{ readonly ms: number }>;
  readonly remove: (context: RelayWorkContext) => Promise<void>;
  /**
   * Checks and repairs the relay, and resolves with its problem; null if it has none. Rejects if Twilio or Home
   * Assistant does not answer.
   */
  readonly check: (signal: AbortSignal) => Promise<RelayProblem | null>;
  readonly probe: RelayProbe;
  /**
   * Renews the document in Twilio's Sync by which the relay sees that the app is running. Rejects if Twilio does not
   * answer.
   */
  readonly renewPresence: () => Promise<void>;
  /** Called after an attempt to set up or remove the relay, which may have changed numbers at Twilio. */
  readonly onNumbersChanged: () => void;
  /** Called when the relay works again after a problem. Webhooks may have been lost meanwhile. */
  readonly onWorksAgain: () => void;
  /** Called after each change of the result of `state()`. */
  readonly onState: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The webhook relay (the app's small program at Twilio) as the panel shows it. */
export interface Relay extends AsyncDisposable {
  state(): RelayState;
  plan(): Promise<RelayPlan>;
  /**
   * Begins to set up or repair the relay. `numbers`: the SIDs of the numbers that shall use it. Does nothing while the
   * relay is being set up or removed.
   */
  setUp(numbers: readonly string[]): void;
  /** Begins to remove the relay. Does nothing while the relay is being set up or removed. */
  remove(): void;
  /** Makes the next check soon. Called when Home Assistant is connected again, or its URLs have changed. */
  checkSoon(): void;
}

/** Sets up, checks and removes the relay in the user's Twilio account. */
export function createRelay(options: RelayOptions): Relay {
  const { memory, probe, renewPresence, onState, clock, logger } = options;
  const stopping = new AbortController();
  let work: { readonly kind: RelayWork; readonly step: RelayStep; readonly since: number } | null = null;
  let failure: {
    readonly kind: RelayWork;
    readonly step: RelayStep;
    readonly error: ReportedError;
  } | null = null;
  let problem: RelayProblem | null = null;
  let test: { readonly at: number; readonly ms: number } | null = null;
  let testedAt = -Infinity;
  let hasTestFailed = false;
  /** The Sync service that has the document of `renewPresence`, and when the document was renewed. */
  let presence = { answers: "", at: -Infinity };
  let running: Promise<void> = Promise.resolve();
  let sooner = new AbortController();

  function begin(kind: RelayWork, act: (context: RelayWorkContext) => Promise<void>): void {
    if (work !== null) return;
    failure = null;
    const since = clock.now();
    let last: RelayStep = kind === "setting_up" ? "house" : "numbers_back";
    const onStep = (step: RelayStep): void => {
      last = step;
      work = { kind, step, since };
      onState();
    };
    onStep(last);
    running = running
      .then(() => act({ onStep, signal: stopping.signal }))
      .catch((error: unknown) => {
        const reported = withoutSecrets(reportedOf(error), memory.get());
        failure = { kind, step: last, error: reported };
        logger.error(
          `The webhook relay could not be ${kind === "removing" ? "removed" : "set up"}. The failed step is “${RELAY_EN.steps.names[last]}”. Press the button on the app's page again. The error was: ${withCode(reported)}`,
        );
      })
      .finally(() => {
        work = null;
        options.onNumbersChanged();
        onState();
        sooner.abort();
      });
  }

  async function keepRight(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Create this before the check. If `checkSoon` is called during the check, the next check then follows at once.
      const changed = new AbortController();
      sooner = changed;
      if (work === null && memory.get()?.deployed) {
        running = running.then(checkNow);
        await running;
      }
      const isTemporary = problem === "not_registered" || problem === "no_cloudhook";
      const pauseMs = isTemporary ? CHECK_AGAIN_MS : CHECK_EVERY_MS;
      await clock.wait(pauseMs, AbortSignal.any([changed.signal, stopping.signal]));
    }
  }

  async function checkNow(): Promise<void> {
    const deployed = memory.get()?.deployed ?? null;
    if (deployed === null || work !== null) return;
    try {
      const found = await options.check(stopping.signal);
      const isPresent = await renewPresenceWhenDue();
      if (!isPresent) testedAt = -Infinity;
      if (found === null) await testWhenDue(deployed.domain);
      setProblem(found ?? (hasTestFailed ? "test_failed" : null));
    } catch {
      // Twilio or Home Assistant does not answer, which other parts of the app report. So the result of the last check
      // still counts.
    }
  }

  /**
   * Renews the document once an hour, and at once in a new Sync service. Resolves to false if this fails, for example
   * because the Sync service was deleted. Then the relay cannot read the app's answers either.
   */
  async function renewPresenceWhenDue(): Promise<boolean> {
    const answers = memory.get()?.deployed?.answers ?? "";
    const at = clock.monotonic();
    if (answers === presence.answers && at - presence.at < RENEW_PRESENCE_EVERY_MS) return true;
    try {
      await renewPresence();
    } catch {
      return false;
    }
    presence = { answers, at };
    return true;
  }

  async function testWhenDue(domain: string): Promise<void> {
    const startedAt = clock.monotonic();
    if (startedAt - testedAt < TEST_EVERY_MS && !hasTestFailed) return;
    testedAt = startedAt;
    const result = await probe.test(domain);
    if (result.ok) test = { at: clock.now(), ms: result.ms };
    else
      logger.warning(
        `The self-test of the webhook relay failed, so webhooks may not arrive. The app tests again within 15 minutes. The reason was: ${result.reason}`,
      );
    hasTestFailed = !result.ok;
  }

  function setProblem(next: RelayProblem | null): void {
    if (next !== null && next !== problem)
      logger.warning(`The webhook relay has a problem. ${RELAY_EN.ready.problems[next]}`);
    const worksAgain = next === null && problem !== null;
    problem = next;
    if (worksAgain) options.onWorksAgain();
    onState();
  }

  const loop = keepRight();

  return {
    state() {
      if (work !== null) return { kind: "busy", work: work.kind, step: work.step, since: work.since };
      if (failure !== null) {
        const { kind, step, error } = failure;
        return { kind: "failed", work: kind, step, error };
      }
      const deployed = memory.get()?.deployed ?? null;
      return deployed === null ? { kind: "none" } : { kind: "ready", domain: deployed.domain, problem, test };
    },
    plan: options.plan,
    setUp: (numbers) =>
      begin("setting_up", async (context) => {
        const { ms } = await options.setUp(numbers, context);
        testedAt = clock.monotonic();
        test = { at: clock.now(), ms };
        hasTestFailed = false;
        setProblem(null);
      }),
    remove: () => begin("removing", options.remove),
    checkSoon: () => sooner.abort(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      // Wait only a short time for an open request to Twilio. If the request creates a resource at Twilio afterwards,
      // the next set-up finds and uses this resource.
      const enough = new AbortController();
      await Promise.race([Promise.all([running, loop]), clock.wait(STOP_PATIENCE_MS, enough.signal)]);
      enough.abort();
    },
  };
}

/** Removes the relay's key and webhook ID from an error, because Twilio may quote a refused value. */
function withoutSecrets(error: ReportedError, record: RelayRecord | null): ReportedError {
  if (record === null) return error;
  const message = error.message.replaceAll(record.webhookId, "…").replaceAll(record.key, "…");
  return { code: error.code, message, more_info: error.more_info };
}

function reportedOf(error: unknown): ReportedError {
  if (error instanceof CloudRequestError) return error.reported;
  return {
    code: "failed",
    message: error instanceof Error ? error.name : "Something failed",
    more_info: null,
  };
}
