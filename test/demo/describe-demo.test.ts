import { describe, expect, test } from "vitest";

import { describeDemo, stepsAsMarkdown } from "../../demo/describe-demo.ts";

const HOUSE = {
  isReal: true,
  url: "http://127.0.0.1:8123",
  login: { username: "demo", password: "demo-demo" },
};
const ADDRESSES = {
  telephone: "http://127.0.0.1:8180/phone",
  panel: "http://127.0.0.1:8099",
  webhook: "http://127.0.0.1:8080/webhook",
};

describe("the demo's description", () => {
  const text = describeDemo(HOUSE, ADDRESSES).join("\n");

  test("names every page with what it is for", () => {
    for (const [name, address, use] of [
      ["Home Assistant", HOUSE.url, "the garage"],
      ["Telephone", ADDRESSES.telephone, "Call the house"],
      ["The app's page", ADDRESSES.panel, "All conversations"],
    ]) {
      expect(text).toMatch(new RegExp(`^ +${name} +${address}\\n.*${use}`, "m"));
    }
  });

  test("says how to log in, what to try in three steps, whom actions can name, and how to stop", () => {
    expect(text).toContain('Log in as "demo" with the password "demo-demo"');
    expect(text.match(/^ {2}\d\. (Telephone|Home Assistant): /gm)).toHaveLength(3);
    expect(text).toContain("Alice (+12125550123) and Bob (+12125550124)");
    expect(text).toContain("Ctrl-C");
  });

  test("says of the webhooks' address that it is Twilio's, and that Twilio is simulated", () => {
    const about = text.slice(text.indexOf("Webhooks come in"));
    expect(about).toContain(ADDRESSES.webhook);
    expect(about).toContain("Twilio reports calls and messages to that address");
    expect(about).toContain("a simulated Twilio");
  });

  test("fits into a terminal of 120 columns", () => {
    expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});

test("with Twilio itself there is no telephone and nothing to try on it, but an address to enter at Twilio", () => {
  const text = describeDemo(HOUSE, { ...ADDRESSES, telephone: null }).join("\n");
  expect(text).not.toMatch(/telephone|simulated/i);
  expect(text).toContain(`Twilio must reach ${ADDRESSES.webhook}`);
});

test("where there is no Home Assistant, the description says so and sends nobody to its page", () => {
  const text = describeDemo({ isReal: false, url: "http://127.0.0.1:9", login: null }, ADDRESSES).join("\n");
  expect(text).toContain("Home Assistant  Not available");
  expect(text).not.toContain("http://127.0.0.1:9\n");
  expect(text).not.toContain("garage door opens");
});

test("the dashboard's card has the same steps and links to the other pages", () => {
  const markdown = stepsAsMarkdown(ADDRESSES);
  expect(markdown.match(/^\d\. \*\*(Telephone|Home Assistant)\*\*: /gm)).toHaveLength(3);
  expect(markdown).toContain(`(${ADDRESSES.telephone})`);
  expect(markdown).toContain(`(${ADDRESSES.panel})`);
});
