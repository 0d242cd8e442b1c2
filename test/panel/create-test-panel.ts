import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { NO_OPTION_PROBLEMS } from "../../src/health/option-problems.ts";
import { panelAccess } from "../../src/panel/server/panel-access.ts";
import type { PanelAccessOptions } from "../../src/panel/server/panel-access.ts";
import { createPanelApp } from "../../src/panel/server/panel-app.ts";
import type { ReadState } from "../../src/panel/shell/app-state.ts";
import { clockWith } from "../clock-with.ts";
import { createTestActivity } from "./activity/create-test-activity.ts";
import type { TestActivity } from "./activity/create-test-activity.ts";
import { createTestAlarms } from "./alarms/create-test-alarms.ts";
import type { TestAlarms } from "./alarms/create-test-alarms.ts";
import { createTestContacts } from "./contacts/create-test-contacts.ts";
import type { TestContacts } from "./contacts/create-test-contacts.ts";
import { createTestConversations } from "./conversations/create-test-conversations.ts";
import type { TestConversations } from "./conversations/create-test-conversations.ts";
import { createTestRelay } from "./relay/create-test-relay.ts";
import type { TestRelay } from "./relay/create-test-relay.ts";
import { createTestSetup } from "./setup/create-test-setup.ts";
import type { TestSetup } from "./setup/create-test-setup.ts";

export const CHANGE_TOKEN = "token-of-this-start";

export const APP_STATE: ReadState = {
  appVersion: "1.2.3",
  startedAt: Date.UTC(2026, 10, 24, 12),
  homeAssistant: { connected: true, version: "2026.11.0", language: "en-GB", timeZone: "Europe/Berlin" },
  accountSid: "AC00…0001",
  isInHomeAssistant: true,
  publicAddress: { base: "https://home.example/twilio", source: "configured" },
  bases: ["https://home.example/twilio"],
  lastSignedAt: Date.UTC(2026, 10, 24, 13, 14, 15),
  alarms: [],
  unread: 0,
  now: Date.UTC(2026, 10, 24, 14),
  waiting: { events: 0, commands: 0 },
  optionProblems: NO_OPTION_PROBLEMS,
  configurationPath: "/config/app/a1b2c3d4_twilio/config",
};

export interface AskOptions {
  readonly from?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TestPanel {
  /** Sends a request from the IP address `from`. */
  ask(options?: AskOptions): Promise<Response>;
  readonly lines: readonly string[];
  /** The state that the panel shows. */
  appState: ReadState;
  canStore: boolean;
  /** The ports of the page Setup. */
  setup: TestSetup;
  /** The ports of the page about the relay. */
  readonly relay: TestRelay;
  /** The ports of the page Contacts. */
  readonly contacts: TestContacts;
  /** The ports of the alarms. */
  readonly alarms: TestAlarms;
  /** The ports of the conversations. */
  readonly talk: TestConversations;
  /** The IDs of Home Assistant's administrators, or null while Home Assistant does not answer. */
  administrators: readonly string[] | null;
  /** The time of the clock, in milliseconds. */
  now: number;
}

/** Makes the panel without a socket. */
export function createTestPanel(
  access: Omit<PanelAccessOptions, "chance">,
  from = "127.0.0.1",
  activity: TestActivity = createTestActivity(),
): TestPanel {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const panel: TestPanel = {
    lines,
    appState: APP_STATE,
    canStore: true,
    setup: createTestSetup(),
    relay: createTestRelay(),
    alarms: createTestAlarms(),
    contacts: createTestContacts(),
    talk: createTestConversations(),
    administrators: ["admin"],
    now: Date.UTC(2026, 10, 24, 14),
    async ask({ from: peer = from, method = "GET", path = "/", headers = {}, body } = {}) {
      const request = new Request(`http://localhost:8099${path}`, {
        method,
        headers: { host: "localhost:8099", ...headers },
        body: body ?? null,
      });
      const env = { incoming: { socket: { remoteAddress: peer, remoteFamily: family(peer) } } };
      return await app.request(request, undefined, env);
    },
  };
  const app = createPanelApp({
    access: panelAccess({ ...access, chance: SYSTEM_CHANCE }),
    changeToken: CHANGE_TOKEN,
    canStore: async () => panel.canStore,
    appState: () => panel.appState,
    clock: clockWith({ now: () => panel.now }),
    chance: SYSTEM_CHANCE,
    setup: panel.setup,
    relay: panel.relay,
    activity: activity.activity,
    examples: activity.examples,
    alarms: panel.alarms,
    contacts: panel.contacts,
    conversations: panel.talk.conversations,
    isAdministrator: access.supervised ? async (user) => panel.administrators?.includes(user) ?? null : null,
    live: panel.talk.live,
    logger: { debug: log, info: log, warning: log, error: log },
  });
  return panel;
}

function family(address: string): string {
  return address.includes(":") ? "IPv6" : "IPv4";
}
