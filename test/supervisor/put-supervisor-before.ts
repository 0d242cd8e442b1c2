import type { ContractHouse } from "../home-assistant/contract/connection-contract.ts";
import { startSupervisor } from "./start-supervisor.ts";

/** Puts a Supervisor in front of a Home Assistant. Both end together. */
export async function putSupervisorBefore(core: ContractHouse): Promise<ContractHouse> {
  const supervisor = await startSupervisor({ core });
  return {
    url: supervisor.url,
    token: supervisor.token,
    restart: () => core.restart(),
    async [Symbol.asyncDispose]() {
      await supervisor[Symbol.asyncDispose]();
      await core[Symbol.asyncDispose]();
    },
  };
}
