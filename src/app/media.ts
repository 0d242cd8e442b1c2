import type { HomeAssistantConnection } from "../home-assistant/connection/connect.ts";
import { createMediaFetcher } from "../home-assistant/media/fetch-media.ts";
import { createHouseMediaHost } from "../home-assistant/media/house-media-host.ts";
import { createHouseFiles } from "../journal/house-files.ts";
import type { Journal } from "../journal/journal.ts";
import { createOwnMediaHost } from "../media/own-media-host.ts";
import type { MediaHost } from "../media/ports.ts";
import { createMediaPublisher } from "../media/publish-media.ts";
import { createMediaUpload } from "../media/upload-media.ts";
import type { TemporaryFiles } from "../twilio/media/temporary-files.ts";
import type { PublicAddress } from "../twilio/webhooks/public-address.ts";
import type { AppSettings } from "./process/settings.ts";

export interface MediaPublisherDependencies {
  readonly settings: Pick<AppSettings, "homeAssistant" | "transport" | "chance" | "clock">;
  readonly journal: Pick<Journal, "settings">;
  readonly homeAssistant: Pick<HomeAssistantConnection, "request" | "onRunning">;
  readonly temporaryFiles: Pick<TemporaryFiles, "add">;
  readonly address: Pick<PublicAddress, "current" | "source">;
  readonly stopping: AbortSignal;
}

/**
 * Creates the functions that fetch media from Home Assistant and publish them for Twilio for some minutes. If the app
 * has its own public address, it publishes the media itself. If it has none, or only that of the webhook relay, it
 * uploads the media to Home Assistant. Home Assistant then publishes them.
 */
export function openMediaPublisher(parts: MediaPublisherDependencies) {
  const { settings, homeAssistant, temporaryFiles, address, stopping } = parts;
  const { transport, chance, clock } = settings;
  const { url, token } = settings.homeAssistant;
  const { request } = homeAssistant;
  const house = createHouseMediaHost({
    url,
    token,
    request,
    memory: createHouseFiles(parts.journal.settings),
    transport,
    chance,
    clock,
    stopping,
  });
  homeAssistant.onRunning(house.deleteOld);
  const fetchMedia = createMediaFetcher({ url, token, request, transport, clock });
  return {
    publishMedia: createMediaPublisher({ fetchMedia, host, clock }),
    uploadMedia: createMediaUpload(host),
  };

  function host(): MediaHost {
    const base = address.current();
    const isOwn = base !== null && address.source() !== "relay";
    return isOwn ? createOwnMediaHost(temporaryFiles, base) : house;
  }
}
