import { startFakeHomeAssistant } from "../test/home-assistant/fake/start-fake-home-assistant.ts";
import type { House } from "./house.ts";

/** A stand-in for Home Assistant if none can be installed: its WebSocket API, without automations. */
export async function startStandIn(stepMs: number): Promise<House> {
  const fake = await startFakeHomeAssistant();

  async function received(matches: (data: Readonly<Record<string, unknown>>) => boolean): Promise<string> {
    const end = Date.now() + stepMs;
    while (Date.now() < end) {
      if (fake.fired.some(({ data }) => matches(data)))
        return "The event reached the program that takes Home Assistant's place.";
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The event did not arrive.");
  }

  return {
    isReal: false,
    url: fake.url,
    token: fake.token,
    login: null,
    becomeReachable() {
      fake.outside.externalUrl = fake.url;
      return Promise.resolve();
    },
    doorOpened: () => received((data) => data["CallStatus"] === "ringing"),
    closeDoor: () => Promise.resolve(),
    notified: (text) => received((data) => data["Body"] === text),
    notify(service, data) {
      fake.emit("call_service", { domain: "notify", service, service_data: data });
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}
