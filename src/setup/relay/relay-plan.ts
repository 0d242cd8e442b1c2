import type { NumberWebhooks } from "../number-webhooks.ts";
import type { AccountNumbers } from "../ports.ts";
import { CloudRequestError } from "./cloud-request-error.ts";
import type { FunctionHosting, HouseAddress, HouseWebhook, SyncHosting } from "./ports.ts";
import type { RelayObstacle, RelayPlan } from "./relay-state.ts";

export interface RelayPlanOptions {
  /**
   * Whether the app uses another provider with Twilio's API. Only Twilio itself has Functions, and only in its US
   * region.
   */
  readonly isProvider: boolean;
  readonly region: string | null;
  readonly house: Pick<HouseWebhook, "hasAddress">;
  readonly hosting: Pick<FunctionHosting, "findService" | "findEnvironment" | "variables">;
  readonly sync: Pick<SyncHosting, "findService">;
  readonly numbers: Pick<AccountNumbers, "list">;
  /** The name of the relay's Service at Twilio. Rejects if Home Assistant does not answer. */
  readonly name: () => Promise<string>;
  /** The ID of this installation of the app. */
  readonly owner: string;
  /** The public address of the present relay; null if there is none. */
  readonly base: () => string | null;
}

/**
 * Creates a function that says what setting up the webhook relay would do, or why it is not possible. It creates
 * nothing at Twilio and never rejects.
 */
export function createRelayPlanner(options: RelayPlanOptions): () => Promise<RelayPlan> {
  const { house, hosting, sync, numbers, owner, base } = options;

  return async () => {
    if (options.isProvider) return { kind: "provider" };
    if (options.region !== null && options.region !== "us1") return { kind: "region" };
    const home = await askHome();
    if (typeof home === "string") return { kind: home };
    try {
      // Ask both Functions and Sync, because an API key may allow only one of them.
      const [found, listed] = await Promise.all([
        findRelay(home.name),
        numbers.list(),
        sync.findService(home.name),
      ]);
      const items = listed.kind === "listed" ? listed.items : [];
      // If the journal was lost, `base()` is null. But numbers may still have the URLs of the relay that is in the
      // account.
      const bases = [base(), found.base].filter((one) => one !== null);
      const choices = items.map((number) => ({
        sid: number.sid,
        number: number.number,
        isFree: isFree(number, bases),
      }));
      const { isForeign } = found;
      return { kind: "possible", name: home.name, house: home.house, isForeign, numbers: choices };
    } catch (error) {
      const failure = error instanceof CloudRequestError ? error.failure : "away";
      return { kind: failure === "forbidden" || failure === "refused" ? "forbidden" : "twilio_away" };
    }
  };

  async function askHome(): Promise<
    { readonly name: string; readonly house: HouseAddress["kind"] } | RelayObstacle
  > {
    try {
      const [name, way] = await Promise.all([options.name(), house.hasAddress()]);
      return way === null ? "no_address" : { name, house: way };
    } catch {
      return "home_assistant_away";
    }
  }

  /** Finds the relay with this name in the account: its public address, and whether another installation made it. */
  async function findRelay(
    name: string,
  ): Promise<{ readonly base: string | null; readonly isForeign: boolean }> {
    const service = await hosting.findService(name);
    const environment = service === null ? null : await hosting.findEnvironment(service);
    if (service === null || environment === null) return { base: null, isForeign: false };
    const known = (await hosting.variables(service, environment.sid)).get("OWNER")?.value;
    return { base: `https://${environment.domain}`, isForeign: known !== undefined && known !== owner };
  }
}

/** The webhook URLs that Twilio enters for a new number. */
const DEMO = /^https:\/\/demo\.twilio\.com\//;

/**
 * Whether the relay may have the number. This is so if its messages and calls already go to the relay, to Twilio's demo
 * URL, or nowhere. `bases`: the relay's public addresses.
 */
function isFree({ settings, service, hasTrunk }: NumberWebhooks, bases: readonly string[]): boolean {
  if (service !== null || hasTrunk) return false;
  if (settings.smsApplicationSid !== "" || settings.voiceApplicationSid !== "") return false;
  return [settings.smsUrl, settings.voiceUrl].every(
    (url) => url === "" || DEMO.test(url) || bases.some((base) => url.startsWith(`${base}/`)),
  );
}
