import type { Listener } from "../domain/transport.ts";
import type { Relay } from "../setup/relay/relay.ts";
import type { Inbound } from "./inbound.ts";
import type { AppSettings } from "./process/settings.ts";
import { startRelay } from "./relay.ts";
import type { RelayDependencies } from "./relay.ts";
import type { IntakeDependencies } from "./webhook-intake.ts";
import { openWebhookIntake } from "./webhook-intake.ts";
import { startWebhooks } from "./webhooks.ts";
import type { WebhookDependencies } from "./webhooks.ts";

type Parts = Omit<IntakeDependencies, "clock" | "logger"> &
  Omit<WebhookDependencies, "opened" | "clock" | "logger"> &
  Omit<RelayDependencies, "intake" | "memory" | "backfill" | "onNumbersChanged">;

export interface SourceDependencies extends Parts {
  readonly settings: AppSettings;
  readonly account: RelayDependencies["account"];
  readonly journal: WebhookDependencies["journal"] & RelayDependencies["journal"];
  readonly calls: IntakeDependencies["calls"] & RelayDependencies["calls"];
  readonly problems: IntakeDependencies["problems"] & RelayDependencies["problems"];
  readonly relayMemory: RelayDependencies["memory"];
  readonly inbound: IntakeDependencies["inbound"] & Pick<Inbound, "backfill" | "polling">;
}

export interface Sources extends AsyncDisposable {
  readonly listener: Listener;
  readonly relay: Relay;
}

/**
 * Begins to receive Twilio's webhooks, at the app's own port and from the webhook relay (the app's program at Twilio).
 * The same intake verifies, stores and answers them.
 *
 * @throws the system's error, such as EADDRINUSE
 */
export async function startSources(parts: SourceDependencies): Promise<Sources> {
  const { settings, identity, journal, homeAssistant, account, twilioClock, address, checks } = parts;
  const { temporaryFiles, inbound, problems, calls, refused, language, publish, hash } = parts;
  const { clock, logger } = settings;
  await using undo = new AsyncDisposableStack();
  const opened = openWebhookIntake({
    settings,
    account,
    checks,
    inbound,
    problems,
    calls,
    refused,
    clock,
    logger,
  });
  const listener = undo.use(
    await startWebhooks({
      settings,
      identity,
      opened,
      address,
      checks,
      journal,
      temporaryFiles,
      calls,
      maxConnections: parts.maxConnections,
      clock,
      logger,
    }),
  );
  const relay = undo.use(
    startRelay({
      settings,
      journal,
      memory: parts.relayMemory,
      homeAssistant,
      account,
      twilioClock,
      intake: opened.intake,
      calls,
      problems,
      backfill: inbound.backfill,
      onNumbersChanged: () => inbound.polling()?.numbersChanged(),
      language,
      publish,
      hash,
    }),
  );
  const running = undo.move();
  return { listener, relay, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
