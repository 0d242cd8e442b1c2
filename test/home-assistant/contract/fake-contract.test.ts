import { describe } from "vitest";

import { startFakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import { testConnectionContract } from "./connection-contract.ts";

describe("the contract with Home Assistant, kept by the fake", () => {
  testConnectionContract(() => startFakeHomeAssistant({ notifyActions: ["contract_sms"] }));
});
