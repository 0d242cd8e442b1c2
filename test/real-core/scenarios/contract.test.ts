import { testConnectionContract } from "../../home-assistant/contract/connection-contract.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const configuration = "notify: [{platform: group, name: contract_sms, services: []}]";

describeWithCore("the contract of Home Assistant's API, with a real Core", (installation) => {
  testConnectionContract(() => startCore({ installation, configuration }));
});
