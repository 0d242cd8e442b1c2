import * as z from "zod";

import type { SyncHosting } from "../../setup/relay/ports.ts";
import type { CloudClient } from "./cloud-client.ts";
import { listResources } from "./list-resources.ts";

const ROOT = "/v1/Services";

const serviceSchema = z.object({ sid: z.string(), friendly_name: z.string().nullable() });

/**
 * Creates, finds and deletes services of Twilio Sync. They have no unique names, so the app finds a service by its
 * friendly name.
 */
export function createSyncHosting(client: CloudClient): SyncHosting {
  return {
    async findService(name) {
      const all = await listResources(client, "sync", ROOT, { key: "services", item: serviceSchema });
      return all.find(({ friendly_name: given }) => given === name)?.sid ?? null;
    },
    async createService(name) {
      const form = { FriendlyName: name };
      return serviceSchema.parse(await client.call("sync", { method: "POST", path: ROOT, form })).sid;
    },
    removeService: (service) => client.remove("sync", `${ROOT}/${service}`),
    documentsUrl: (service) => `${client.baseOf("sync")}${ROOT}/${service}/Documents`,
  };
}
