import type { SetupChecks } from "../../../src/setup/checks.ts";
import type { NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { NUMBER } from "./sample-number.ts";

const INGRESS = "172.30.32.2";

/** A panel behind ingress. */
export const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);
/** The text of a page. */
export const textOf = async (panel: TestPanel, path: string): Promise<string> =>
  await (await panel.ask({ path })).text();
/** The checklist in which all checks are good, except for `checks`. */
export async function checklist(
  checks: Partial<SetupChecks>,
  appState: Partial<typeof APP_STATE> = {},
): Promise<string> {
  const panel = createPanel();
  panel.appState = { ...APP_STATE, ...appState };
  panel.setup.fresh = { ...ALL_GOOD, ...checks };
  return await textOf(panel, "/checklist");
}

/** The check of the account's numbers. Each number is set up, except for the given fields. */
export const numbers = (...items: Partial<NumberWebhooks>[]): Partial<SetupChecks> => ({
  numbers: { kind: "listed", items: items.map((item) => ({ ...NUMBER, ...item })) },
});
