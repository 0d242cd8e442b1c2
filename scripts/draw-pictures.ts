import { readFile } from "node:fs/promises";

import { chromium } from "playwright-core";

const PICTURES = [
  { name: "icon", width: 128, height: 128 },
  { name: "logo", width: 250, height: 100 },
];

/** Draws the app store's pictures again from `pictures/*.svg`. Needs Debian's `chromium`. */
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const { name, width, height } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height } });
  const drawing = await readFile(new URL(`../pictures/${name}.svg`, import.meta.url), "utf8");
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  const path = new URL(`../${name}.png`, import.meta.url).pathname;
  await page.screenshot({ path, omitBackground: true });
}
await browser.close();
