import { describe } from "vitest";

import { JPEG, MP3, PNG } from "../../media/sample-files.ts";
import { startFakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import { testMediaContract } from "./media-contract.ts";

describe("the fake Home Assistant serves media like the real one", () => {
  testMediaContract(async () => {
    const home = await startFakeHomeAssistant();
    const { pictures, files } = home.media;
    pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
    pictures.set("camera.broken", { type: "image/jpeg", content: JPEG, status: 500 });
    pictures.set("image.plan", { type: "image/png", content: PNG });
    files.set("/media/local/bell%20sound.mp3", { type: "audio/mpeg", content: MP3 });
    return Object.assign(home, { door: JPEG, plan: PNG, bell: MP3 });
  });
});
