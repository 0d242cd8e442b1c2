import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createMediaFetcher } from "../home-assistant/media/fetch-media.ts";
import { createMediaPublisher } from "../media/publish-media.ts";
import type { TemporaryFiles } from "../twilio/media/temporary-files.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

export interface MediaPublisherDependencies {
  readonly settings: Pick<AppSettings, "homeAssistant" | "transport" | "clock">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "request">;
  readonly temporaryFiles: Pick<TemporaryFiles, "add">;
  readonly address: Pick<PublicAddress, "current">;
}

/** Fetches what only Home Assistant has, and offers it to Twilio for some minutes. */
export function openMediaPublisher(parts: MediaPublisherDependencies) {
  const { settings, homeAssistant, temporaryFiles, address } = parts;
  const { transport, clock } = settings;
  const { url, token } = settings.homeAssistant;
  return createMediaPublisher({
    fetchMedia: createMediaFetcher({ url, token, request: homeAssistant.request, transport, clock }),
    temporaryFiles,
    publicAddress: address.current,
    clock,
  });
}
