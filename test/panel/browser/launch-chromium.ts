import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** Without the sandbox, which needs rights that containers lack. Only pages of the panel are opened. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
