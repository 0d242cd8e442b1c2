import { testConnectionContract } from "../home-assistant/connection-contract.ts";
import { describeWithCore } from "./describe-with-core.ts";
import { startCore } from "./start-core.ts";

const configuration = "notify: [{platform: group, name: contract_sms, services: []}]";

describeWithCore("the contract with Home Assistant, kept by a real Core", (installation) => {
  testConnectionContract(() => startCore({ installation, configuration }));
});
