import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** Without its sandbox, which needs rights that a container lacks: only our own pages are opened. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
