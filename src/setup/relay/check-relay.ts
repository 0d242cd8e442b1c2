import type { Logger } from "../../domain/log/logger.ts";
import { writeVariable } from "./deploy-relay.ts";
import type { FunctionEnvironment, FunctionHosting, HouseWebhook } from "./ports.ts";
import { withBegunHouseUrl } from "./relay-record.ts";
import type { DeployedRelay, RelayMemory, RelayRecord } from "./relay-record.ts";
import { RELAY_PATHS, relayVersionIn } from "./relay-source.ts";
import type { RelaySource } from "./relay-source.ts";
import type { RelayProblem } from "./relay-state.ts";

export interface CheckRelayOptions {
  readonly house: Pick<HouseWebhook, "address" | "isRegistered">;
  readonly hosting: FunctionHosting;
  readonly memory: RelayMemory;
  /** Reads the source text of the relay that belongs to this version of the app. */
  readonly source: () => Promise<RelaySource>;
  readonly owner: string;
  readonly hash: (text: string) => string;
  /** Deploys the app's source text of the relay again, to update the relay at Twilio. */
  readonly redeploy: (signal: AbortSignal) => Promise<void>;
  /** Subscribes again to the webhook that Home Assistant has for the relay. */
  readonly listenAgain: () => void;
  readonly logger: Logger;
}

/**
 * Checks and repairs the webhook relay (the app's small program at Twilio). Home Assistant must have the relay's
 * webhook. The relay must post to Home Assistant's present public URL, and its version must not be earlier than this
 * app's. If somebody else has changed the relay, the app only reports that. The check rejects if Twilio or Home
 * Assistant does not answer.
 */
export function createRelayCheck(options: CheckRelayOptions) {
  const { house, hosting, memory, owner, hash, logger } = options;

  return async function check(signal: AbortSignal): Promise<RelayProblem | null> {
    const record = memory.get();
    return record === null || record.deployed === null
      ? null
      : await problemOf(record, record.deployed, signal);
  };

  async function problemOf(
    record: RelayRecord,
    deployed: DeployedRelay,
    signal: AbortSignal,
  ): Promise<RelayProblem | null> {
    if (!(await house.isRegistered(record.webhookId))) {
      options.listenAgain();
      return "not_registered";
    }
    const environment = await hosting.findEnvironment(deployed.service).catch(whereGone);
    if (environment === null || environment.build === null) return "gone";
    const variables = await hosting.variables(deployed.service, environment.sid);
    const address = await house.address(record.webhookId);
    const posts = variables.get("HOUSE_URL")?.value;
    // If a change of the URL was interrupted, the relay's variable may have a newer URL than the deployed Functions.
    const known = [
      deployed.houseUrl,
      ...deployed.begunHouseUrls,
      ...(typeof address === "string" ? [] : [address.url]),
    ];
    const isOurs = posts !== undefined && known.includes(posts);
    if (variables.get("OWNER")?.value !== owner || !isOurs) return "foreign";
    if (typeof address === "string") return address;
    if (address.url !== deployed.houseUrl || address.url !== posts)
      await moveTo(address.url, record, deployed, environment);
    return await update(deployed.service, environment.build, variables.get("SOURCE")?.value, signal);
  }

  async function moveTo(
    url: string,
    record: RelayRecord,
    deployed: DeployedRelay,
    environment: FunctionEnvironment,
  ): Promise<void> {
    const { service } = deployed;
    memory.set(withBegunHouseUrl(record, deployed, url));
    await writeVariable(hosting, { service, environment, key: "HOUSE_URL", value: url });
    // Twilio passes changed variables to the Functions only with a new deployment.
    await hosting.deploy(service, environment.sid, environment.build ?? "");
    memory.set({ ...record, deployed: { ...deployed, houseUrl: url, begunHouseUrls: [] } });
    logger.info("Home Assistant's public URL has changed. The webhook relay now posts to the new URL.");
  }

  /**
   * Updates the relay if Twilio has an earlier version of it. Does not replace a later version, or a relay whose source
   * text somebody has edited.
   */
  async function update(
    service: string,
    build: string,
    deployedHash: string | undefined,
    signal: AbortSignal,
  ): Promise<RelayProblem | null> {
    const source = await options.source();
    if (deployedHash === hash(source.text)) return null;
    const sources = await hosting.builtSources(service, build);
    const texts = RELAY_PATHS.map((path) => sources.get(path) ?? "");
    // If an update was interrupted after the deployment, only its hash (SOURCE) is missing.
    const isNearlyDone = texts.every((text) => text === source.text);
    if (!isNearlyDone) {
      if (texts.some((text) => hash(text) !== deployedHash)) return "edited";
      if (texts.some((text) => (relayVersionIn(text) ?? Infinity) >= source.version)) return null;
    }
    await options.redeploy(signal);
    logger.info(`The webhook relay at Twilio was updated to version ${source.version}.`);
    return null;
  }
}

function whereGone(error: unknown): null {
  if (error instanceof Error && "failure" in error && error.failure === "missing") return null;
  throw error;
}
