import type { HealthCheck } from "../../../domain/transport.ts";
import type { PublicAddress } from "../public-address.ts";

export interface HealthCheckOptions {
  /** Identifies this process in the answer. The text is new at each start and not secret. */
  readonly identity: string;
  readonly address: Pick<PublicAddress, "path">;
  /** Whether the app can store webhooks at present. */
  readonly canKeep: () => Promise<boolean>;
}

/** Creates the health check of the public port, which shows whether the app can store webhooks. */
export function createHealthCheck({ identity, address, canKeep }: HealthCheckOptions): HealthCheck {
  return {
    // A proxy may forward the path of `public_url` or remove it.
    paths: new Set(["/health", `${address.path}/health`]),
    async answer() {
      const isAble = await canKeep();
      const status = isAble ? "ok" : "cannot store webhooks: is the disk full?";
      return { status: isAble ? 200 : 503, body: { status, app: identity } };
    },
  };
}
