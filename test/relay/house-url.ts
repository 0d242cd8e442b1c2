import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";

/** The URL of Home Assistant's webhook to which the deployed relay posts; undefined while there is no relay. */
export function houseUrl({ cloud }: Pick<TwilioSimulator, "cloud">): string | undefined {
  return [...cloud.services.values()]
    .flatMap(({ environments }) => [...environments.values()])
    .flatMap(({ variables }) => [...variables.values()])
    .find(({ key }) => key === "HOUSE_URL")?.value;
}
