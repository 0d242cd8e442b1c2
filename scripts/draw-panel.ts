import "./register-tsx.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Locator, Page } from "playwright-core";

import { MY_NUMBER, TWILIO_NUMBER } from "../demo/numbers.ts";
import { startFakeHomeAssistant } from "../test/home-assistant/fake/start-fake-home-assistant.ts";
import { findChromium } from "../test/panel/browser/find-chromium.ts";
import { launchChromium } from "../test/panel/browser/launch-chromium.ts";
import { openVisit } from "../test/panel/browser/open-visit.ts";
import { startBrowserHouse } from "../test/panel/browser/start-browser-house.ts";
import { palettePng } from "./palette-png.ts";
import type { Pixels } from "./palette-png.ts";

const PICTURES = join(import.meta.dirname, "../docs/pictures");
/** The public address in the documents. The pages of the house on this machine have another one. */
const PUBLIC_URL = "https://twilio.example.com";
const BOB = "+12125550124";
const GRANDMOTHER = "+12125550125";
/** Runs in the browser, and returns the pixels of the only picture of the page. */
const READ_PIXELS = [
  "const [image] = document.images;",
  "await image.decode();",
  "const { width, height } = image;",
  'const canvas = new OffscreenCanvas(width, height).getContext("2d");',
  "canvas.drawImage(image, 0, 0);",
  "const { data } = canvas.getImageData(0, 0, width, height);",
  'const bytes = Array.from(data, (byte) => String.fromCharCode(byte)).join("");',
  "return { width, height, rgba: btoa(bytes) };",
];
/** The margin around a picture, in pixels. */
const MARGIN = 8;

/** Takes the pictures of DOCS.md again, as a new user sees the pages. Needs Debian's `chromium`. */
const chromium = findChromium();
if (chromium === null) throw new Error("There is no Chromium.");
await using browser = await launchChromium(chromium);
await using core = await startFakeHomeAssistant();
await using house = await startBrowserHouse({
  core,
  options: {
    contacts: [
      { name: "Alice", number: MY_NUMBER },
      { name: "Bob", number: BOB },
      { name: "Grandmother", number: GRANDMOTHER },
    ],
  },
});
const { twilio } = house;
while (core.scripts.size < 4) await new Promise(setImmediate);
await using wide = await openVisit(browser, house, { width: 1280 });
await using narrow = await openVisit(browser, house, { width: 360 });

for (const [{ page }, name] of [
  [wide, "set-up"],
  [narrow, "set-up-narrow"],
] as const) {
  await page.goto("./");
  const numbers = page.getByRole("region", { name: "Your numbers" });
  await numbers.waitFor();
  await take(page, name, numbers);
}

const { page } = wide;
await page.getByRole("link", { name: /^Set up this number/ }).click();
const number = page.getByRole("region", { name: /^Number/ });
await number.waitFor();
await take(page, "number", number);
await page.getByRole("button", { name: "Save the new settings at Twilio" }).click();
await page.getByText("Twilio has saved the settings.").waitFor();

await twilio.receiveMessage({ from: MY_NUMBER, to: TWILIO_NUMBER, body: "Is the gate closed?" });
await page.goto("./");
await page.getByRole("combobox", { name: "To" }).fill("Alice");
await page.getByRole("button", { name: "Send" }).click();
await page.getByText("In progress").first().waitFor();
await twilio.advanceMessage(sidOf("Hello from Home Assistant."), "delivered");
await page.getByText("Done: Delivered").first().waitFor();
const test = page.getByRole("region", { name: "Try it" });
await take(page, "try-it", test, test);

await narrow.page.goto("conversations");
await narrow.page.locator(".conversations a", { hasText: "Alice" }).first().click();
await narrow.page.getByRole("textbox", { name: "Message" }).fill("Yes, since ten.");
await narrow.page.getByRole("button", { name: "Send" }).click();
await narrow.page.getByText("Yes, since ten.").waitFor();
await twilio.advanceMessage(sidOf("Yes, since ten."), "delivered");
await narrow.page.locator(".entry", { hasText: "Yes, since ten." }).getByText("Delivered").waitFor();
await take(narrow.page, "conversation-narrow", narrow.page.getByRole("region", { name: "Reply" }));

await twilio.receiveMessage({ from: BOB, to: TWILIO_NUMBER, body: "The parcel is in the garage." });
await twilio.ring({ from: GRANDMOTHER, to: TWILIO_NUMBER });
await page.goto("conversations");
await page.getByText("Missed call").waitFor();
await take(page, "conversations", page.locator("main"));
await page.goto("activity");
await page.getByText("Missed call").waitFor();
await take(page, "activity", page.getByRole("region", { name: "History" }));

core.emit("twilio_request", {
  request_id: "picture",
  command: "alarm",
  payload: {
    alarm: "Water in the cellar",
    message: "The sensor has found water.",
    people: ["Alice", "Bob"],
  },
});
await twilio.outgoingCall(MY_NUMBER);
await page.goto("alarms");
await page.getByText("Calling Alice.").waitFor();
await take(page, "alarms", page.locator("main"));

function sidOf(text: string): string {
  const sent = twilio.messages().find(({ body }) => body === text);
  if (sent === undefined) throw new Error(`"${text}" was not sent`);
  return sent.sid;
}

/** Takes a picture of the page, from its top or from `first` to the end of `last`. */
async function take(from: Page, name: string, last: Locator, first?: Locator): Promise<void> {
  await from.evaluate(`{
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const renamed = (text) => text.replaceAll("${house.publicUrl}", "${PUBLIC_URL}");
    while (texts.nextNode()) texts.currentNode.data = renamed(texts.currentNode.data);
    document.activeElement?.blur();
    scrollTo(0, 0);
  }`);
  const body = await boxOf(from.locator("body"));
  const top = first === undefined ? 0 : (await boxOf(first)).y - MARGIN;
  const end = await boxOf(last);
  const clip = { x: body.x, y: top, width: body.width, height: end.y + end.height + MARGIN - top };
  const png = await from.screenshot({ clip, fullPage: true });
  await writeFile(join(PICTURES, `${name}.png`), palettePng(await pixelsOf(png)));
}

/** The browser decodes the picture. */
async function pixelsOf(png: Buffer): Promise<Pixels> {
  await using context = await browser.newContext();
  const empty = await context.newPage();
  await empty.setContent(`<img src="data:image/png;base64,${png.toString("base64")}">`);
  const found: { width: number; height: number; rgba: string } = await empty.evaluate(
    `(async () => { ${READ_PIXELS.join("\n")} })()`,
  );
  return { width: found.width, height: found.height, rgba: Buffer.from(found.rgba, "base64") };
}

async function boxOf(place: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error("The element is not visible.");
  return box;
}
