import { expect, vi } from "vitest";

import type { TestApp } from "../app/start-test-app.ts";

/** Opens a connection for each request, because the panel may close a kept one at the moment of the next request. */
const SEPARATELY = { connection: "close" };

const urlOf = (app: Pick<TestApp, "panelPort">, path: string): string =>
  `http://localhost:${app.panelPort}/${path}`;

/** The HTML of the relay's page. */
export async function relayPage(app: Pick<TestApp, "panelPort">): Promise<string> {
  return await (await fetch(urlOf(app, "relay"), { headers: SEPARATELY })).text();
}

/** Submits the form of the relay's page with the ticked numbers, by one of its buttons. */
export async function pressRelay(
  app: Pick<TestApp, "panelPort">,
  action: "set_up" | "remove",
): Promise<void> {
  const page = await relayPage(app);
  const [, token = ""] = /name="change_token" value="([^"]*)"/.exec(page) ?? [];
  const ticked = [...page.matchAll(/name="number" value="(PN\w+)" checked/g)];
  const numbers = ticked.map(([, sid = ""]) => ["number", sid] as [string, string]);
  const body = new URLSearchParams([["change_token", token], ["action", action], ...numbers]);
  const answer = await fetch(urlOf(app, "relay"), {
    method: "POST",
    headers: SEPARATELY,
    body,
    redirect: "manual",
  });
  expect(answer.status, page).toBe(303);
}

/** Presses the button and waits until the relay works. Throws an error with the page if the set-up fails. */
export async function setUpRelay(app: Pick<TestApp, "panelPort">): Promise<void> {
  await pressRelay(app, "set_up");
  await vi.waitFor(async () => {
    const page = await relayPage(app);
    if (page.includes("This step failed")) throw new Error(page.replaceAll(/<[^>]+>/g, " "));
    expect(page).toContain("From Twilio&#39;s cloud to the app and back");
  });
}
