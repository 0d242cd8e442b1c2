import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** Starts Chromium without its sandbox, which needs rights that containers lack. It opens only pages of the panel. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
