import type { Chance } from "../domain/chance.ts";
import type { Listener } from "../domain/transport.ts";
import type { Secret } from "../options/secret.ts";
import { panelAccess, panelHost } from "../panel/server/panel-access.ts";
import type { PanelAccess } from "../panel/server/panel-access.ts";
import { createPanelApp } from "../panel/server/panel-app.ts";
import type { AppState } from "../panel/shell/app-state.ts";
import { createPanelActivity } from "./panel-activity.ts";
import type { PanelActivityDependencies } from "./panel-activity.ts";
import { createPanelConversations } from "./panel-conversations.ts";
import type { PanelConversationsDependencies } from "./panel-conversations.ts";
import { createPanelSetup } from "./panel-setup.ts";
import type { PanelSetupDependencies } from "./panel-setup.ts";
import { APP_VERSION } from "./process/settings.ts";

export interface PanelSettings {
  readonly port: number;
  /** Null for none. */
  readonly password: Secret | null;
  /** Whether Supervisor runs the app: then the panel is for its ingress alone. */
  readonly supervised: boolean;
  /** Where ingress comes from, in tests. */
  readonly ingressAddress?: string;
}

type Parts = PanelSetupDependencies & PanelActivityDependencies & PanelConversationsDependencies;

export interface PanelDependencies extends Parts {
  /** There is no panel without. */
  readonly panelSettings: PanelSettings | undefined;
  readonly listenHost: string;
  readonly chance: Chance;
  /** At the same time. */
  readonly maxConnections: number;
}

/** Null where there is none: a port that is taken must not stop the telephony. */
export async function startPanel(parts: PanelDependencies): Promise<Listener | null> {
  const { panelSettings, options, journal, homeAssistant, address, clock, chance, logger } = parts;
  if (panelSettings === undefined) return null;
  const { port, password, supervised, ingressAddress } = panelSettings;
  const access = panelAccess({
    supervised,
    password: password?.reveal() ?? null,
    ingressAddress,
    chance,
    installationKey: password === null ? undefined : installationKey(),
  });
  const startedAt = clock.now();
  const stopping = new AbortController();
  const panel = createPanelApp({
    access,
    changeToken: chance.bytes(32).toString("base64url"),
    canKeep: journal.canKeep,
    appState,
    clock,
    chance,
    setup: createPanelSetup(parts),
    ...createPanelActivity(parts),
    ...createPanelConversations(parts),
    live: { onChange: journal.onChange, stopping: stopping.signal },
    logger,
  });
  try {
    const listener = await parts.transport.listen(panel.fetch, {
      host: panelHost(access, parts.listenHost),
      port,
      maxConnections: parts.maxConnections,
    });
    logger.info(`The panel is on port ${listener.port}, ${forWhom(access)}.`);
    return {
      port: listener.port,
      async [Symbol.asyncDispose]() {
        // Pages that listen for changes would be waited for.
        stopping.abort();
        await listener[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    logger.error(`There is no panel, since port ${port} is not to be had: ${String(error)}`);
    return null;
  }

  /** Made at the first start. A full disk must not cost the panel: then the key is of this start alone. */
  function installationKey(): string {
    const made = chance.bytes(32).toString("base64url");
    try {
      return journal.facts.setIfAbsent("panel_key", made);
    } catch {
      return made;
    }
  }

  function appState(): AppState {
    const { info, running } = homeAssistant;
    const base = address.current();
    const source = address.source();
    return {
      appVersion: APP_VERSION,
      startedAt,
      homeAssistant: {
        connected: running,
        version: info?.version ?? null,
        language: info?.language ?? "en",
        timeZone: info?.timeZone ?? "UTC",
      },
      accountSid: masked(options.accountSid),
      publicAddress: base === null || source === null ? null : { base, source },
      lastSignedAt: parts.lastSignedAt(),
      waiting: journal.waiting(),
    };
  }
}

function forWhom(access: PanelAccess): string {
  switch (access.kind) {
    case "ingress":
      return "for Home Assistant's ingress";
    case "loopback":
      return "for this machine alone, since PANEL_PASSWORD is not set";
    case "password":
      return "for whoever knows PANEL_PASSWORD";
  }
}

/** Enough to tell one account from another. */
function masked(sid: string): string {
  return `${sid.slice(0, 4)}…${sid.slice(-4)}`;
}
