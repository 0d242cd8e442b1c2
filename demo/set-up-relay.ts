import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MS = 250;
const READY_MS = 120_000;
/** Opens a connection for each request, because the panel may close a kept one at the moment of the next request. */
const SEPARATELY = { connection: "close" };

/** Presses "Set up the relay" on the app's page, as a user does, and waits until the relay works. */
export async function setUpRelay(panelUrl: string): Promise<void> {
  const page = await relayPage(panelUrl);
  const [, token = ""] = /name="change_token" value="([^"]*)"/.exec(page) ?? [];
  const ticked = [...page.matchAll(/name="number" value="(PN\w+)" checked/g)];
  const numbers = ticked.map(([, sid = ""]): [string, string] => ["number", sid]);
  const body = new URLSearchParams([["change_token", token], ["action", "set_up"], ...numbers]);
  await fetch(`${panelUrl}/relay`, { method: "POST", headers: SEPARATELY, body, redirect: "manual" });
  const end = Date.now() + READY_MS;
  while (Date.now() < end) {
    const shown = await relayPage(panelUrl);
    if (shown.includes("From Twilio&#39;s cloud to the app and back")) return;
    if (shown.includes("This step failed")) break;
    await sleep(LOOK_MS);
  }
  throw new Error(`The webhook relay could not be set up. The page ${panelUrl}/relay shows the reason.`);
}

async function relayPage(panelUrl: string): Promise<string> {
  return await (await fetch(`${panelUrl}/relay`, { headers: SEPARATELY })).text();
}
