import { describe } from "vitest";

import { testConnectionContract } from "../home-assistant/contract/connection-contract.ts";
import { testMediaContract } from "../home-assistant/contract/media-contract.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { JPEG, MP3, PNG } from "../media/sample-files.ts";
import { putSupervisorBefore } from "./put-supervisor-before.ts";

describe("the contract with Home Assistant's API, through the tests' Supervisor", () => {
  testConnectionContract(
    async () => await putSupervisorBefore(await startFakeHomeAssistant({ notifyActions: ["contract_sms"] })),
  );
});

describe("the contract with Home Assistant's media, through the tests' Supervisor", () => {
  testMediaContract(async () => {
    const core = await startFakeHomeAssistant();
    const { pictures, files } = core.media;
    core.media.internalUrl = core.url;
    pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
    pictures.set("camera.broken", { type: "image/jpeg", content: JPEG, status: 500 });
    pictures.set("image.plan", { type: "image/png", content: PNG });
    files.set("/media/local/bell%20sound.mp3", { type: "audio/mpeg", content: MP3 });
    return Object.assign(await putSupervisorBefore(core), { door: JPEG, plan: PNG, bell: MP3 });
  });
});
