import type { RelayDeployment } from "./deploy-relay.ts";

/** The stored state of the webhook relay. It survives restarts. */
export interface RelayRecord {
  /** The key that encrypts the relay's notes: 32 bytes in base64. */
  readonly key: string;
  /** The ID of Home Assistant's webhook: 64 hex digits that nobody can guess. */
  readonly webhookId: string;
  /** Null until the relay has been deployed in the account. */
  readonly deployed: DeployedRelay | null;
}

export interface DeployedRelay extends RelayDeployment {
  /** The public URL of Home Assistant's webhook, to which the relay posts. */
  readonly houseUrl: string;
}

/** Stores the record, so that it survives restarts; null for no relay. */
export interface RelayMemory {
  get(): RelayRecord | null;
  set(record: RelayRecord | null): void;
}

/** The relay's public address, without a slash at its end; null while there is none. */
export function relayBase(memory: Pick<RelayMemory, "get">): string | null {
  const deployed = memory.get()?.deployed ?? null;
  return deployed === null ? null : `https://${deployed.domain}`;
}
