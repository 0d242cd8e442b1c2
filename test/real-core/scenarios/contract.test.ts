import { testCloudContract } from "../../home-assistant/contract/cloud-contract.ts";
import { testConnectionContract } from "../../home-assistant/contract/connection-contract.ts";
import { startCoreWithCloud } from "../house/cloud/start-core-with-cloud.ts";
import { startCore } from "../house/core/start-core.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const configuration = "notify: [{platform: group, name: contract_sms, services: []}]";

describeWithCore("the contract of Home Assistant's API, with a real Core", (installation) => {
  testConnectionContract(() => startCore({ installation, configuration }));
});

describeWithCore("the contract of Home Assistant Cloud, with a real Core", (installation) => {
  testCloudContract(async () => {
    const { core, ...house } = await startCoreWithCloud(installation);
    return { ...house, url: core.url, token: core.token };
  });
});
