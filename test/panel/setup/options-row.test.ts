import { expect, test } from "vitest";

import { APP_STATE, createTestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";
const PATH = "/config/app/a1b2c3d4_twilio/config";
const REFUSED = {
  sentences: ["public_url: it is not a URL; enter one such as https://home.example; it is ignored."],
  refused: ["public_url"],
};

/** A page of a panel with this state. */
async function page(appState: Partial<typeof APP_STATE>, path = "/"): Promise<string> {
  const panel = createTestPanel({ supervised: true, password: null }, INGRESS);
  panel.appState = { ...APP_STATE, ...appState };
  return await (await panel.ask({ path })).text();
}

test("the page Setup names each option that is not valid, with a link that opens outside of the panel's frame", async () => {
  const html = await page({ optionProblems: REFUSED });
  expect(html).toContain("<li>public_url: it is not a URL; enter one such as https://home.example;");
  expect(html).toContain(`<a href="${PATH}" target="_top">Open the app&#39;s configuration</a>`);
});

test("without Supervisor, the page Setup names the options file in place of the link", async () => {
  const html = await page({ optionProblems: REFUSED, configurationPath: null });
  expect(html).toContain("Correct the options file.");
  expect(html).not.toContain('target="_top"');
});

test("the page Setup does not list an option with a risky value as a problem if the app uses it", async () => {
  const sentences = ["public_url starts with http:, so messages are sent without encryption; use https."];
  const html = await page({ optionProblems: { sentences, refused: [] } });
  expect(html).toContain(sentences[0]);
  expect(html).not.toContain("Needs attention:");
});

test("if public_url was entered and refused, the page Setup does not ask for it", async () => {
  const html = await page({ optionProblems: REFUSED, publicAddress: null });
  expect(html).toContain("The option public_url is not used");
  expect(html).not.toContain("enter its address as public_url");
  const asked = await page({ publicAddress: null });
  expect(asked).toContain("enter its address as public_url");
});

test("the page Setup says nothing about options while all of them are valid", async () => {
  expect(await page({})).not.toContain("Options of the app");
});
