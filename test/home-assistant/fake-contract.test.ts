import { describe } from "vitest";

import { testConnectionContract } from "./connection-contract.ts";
import { startFakeHomeAssistant } from "./start-fake-home-assistant.ts";

describe("the contract with Home Assistant, kept by the fake", () => {
  testConnectionContract(() => startFakeHomeAssistant({ notifyActions: ["contract_sms"] }));
});
