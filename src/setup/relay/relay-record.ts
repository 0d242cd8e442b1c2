import type { RelayDeployment } from "./deploy-relay.ts";

/** The stored data about the webhook relay (its small program at Twilio). */
export interface RelayRecord {
  /** The key with which the relay encrypts webhooks: 32 bytes in base64. */
  readonly key: string;
  /** The ID of the webhook in Home Assistant to which the relay posts: 64 hex digits that nobody can guess. */
  readonly webhookId: string;
  /**
   * The name of the relay's Services at Twilio. It stays the same, even if the app later uses the token of another user
   * of Home Assistant. Null before the first set-up has created anything at Twilio.
   */
  readonly name: string | null;
  /** The relay in the Twilio account; null until it has been deployed. */
  readonly deployed: DeployedRelay | null;
}

export interface DeployedRelay extends RelayDeployment {
  /** The public URL of Home Assistant's webhook to which the relay posts. */
  readonly houseUrl: string;
  /**
   * Newer URLs that the app has begun to write to the relay. Usually empty, because a URL becomes `houseUrl` as soon as
   * it is deployed. If a change was interrupted, the relay may have any of them.
   */
  readonly begunHouseUrls: readonly string[];
}

/** Stores the record, so that it survives restarts. Null means that there is no relay. */
export interface RelayMemory {
  get(): RelayRecord | null;
  set(record: RelayRecord | null): void;
}

/** The relay's public address, without a slash at its end; null while there is none. */
export function relayBase(memory: Pick<RelayMemory, "get">): string | null {
  const deployed = memory.get()?.deployed ?? null;
  return deployed === null ? null : `https://${deployed.domain}`;
}

/** Returns the record of a relay to which the app begins to write another URL of Home Assistant. */
export function withBegunHouseUrl(record: RelayRecord, deployed: DeployedRelay, url: string): RelayRecord {
  const begunHouseUrls = [...new Set([...deployed.begunHouseUrls, url])];
  return { ...record, deployed: { ...deployed, begunHouseUrls } };
}
