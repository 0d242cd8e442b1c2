import { describe } from "vitest";

import { startFakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import { testCloudContract } from "./cloud-contract.ts";

describe("the fake Home Assistant answers about Home Assistant Cloud like the real one", () => {
  testCloudContract(async () => {
    const home = await startFakeHomeAssistant();
    return {
      url: home.url,
      token: home.token,
      logIn: async () => void (home.outside.isCloudLoggedIn = true),
      logOut: async () => void (home.outside.isCloudLoggedIn = false),
      setConnected: async (isConnected) => void (home.outside.isCloudConnected = isConnected),
      [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
    };
  });
});
