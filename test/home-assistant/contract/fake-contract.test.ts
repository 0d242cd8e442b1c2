import { describe } from "vitest";

import { startFakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import { testConnectionContract } from "./connection-contract.ts";

describe("the fake Home Assistant behaves like the real one", () => {
  testConnectionContract(() => startFakeHomeAssistant({ notifyActions: ["contract_sms"] }));
});
