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

  test("names every page of the demo and its purpose", () => {
    for (const [name, address, use] of [
      ["Home Assistant", HOUSE.url, "a garage door"],
      ["Telephone", ADDRESSES.telephone, "Call the house"],
      ["The app's page", ADDRESSES.panel, "All conversations"],
    ]) {
      expect(text).toMatch(new RegExp(`^ +${name} +${address}\\n.*${use}`, "m"));
    }
  });

  test("says how to log in, what to try on each page, which contacts actions can name, and how to stop the demo", () => {
    expect(text).toContain('Log in as "demo" with the password "demo-demo"');
    const pages = [...text.matchAll(/^ {2}\d\. (.+?): /gm)].map(([, page]) => page);
    expect(new Set(pages)).toEqual(new Set(["Telephone", "Home Assistant", "The app's page"]));
    expect(text).toContain("Alice (+12125550123) and Bob (+12125550124)");
    expect(text).toContain("Ctrl-C");
  });

  test("names the webhook URL to enter at Twilio, and says that Twilio is simulated", () => {
    const about = text.slice(text.indexOf("You need not open"));
    expect(about).toContain(ADDRESSES.webhook);
    expect(about).toContain("Twilio reports calls and messages to that address");
    expect(about).toContain("a simulated Twilio");
  });

  test("is not wider than a terminal of 120 columns", () => {
    expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});

test("with the real Twilio, the demo's description shows no simulated telephone, and has a URL to enter at Twilio", () => {
  const text = describeDemo(HOUSE, { ...ADDRESSES, telephone: null }).join("\n");
  expect(text).not.toMatch(/telephone|simulated/i);
  expect(text).toContain(`Twilio must reach ${ADDRESSES.webhook}`);
});

test("without Home Assistant, the demo's description says that Home Assistant is missing, and has no link to Home Assistant", () => {
  const text = describeDemo({ isReal: false, url: "http://127.0.0.1:9", login: null }, ADDRESSES).join("\n");
  expect(text).toContain("Home Assistant  Not installed");
  expect(text).not.toContain("http://127.0.0.1:9\n");
  expect(text).not.toContain("garage door opens");
});

test("the card on the demo's dashboard has as many steps as the description, and links to the other pages", () => {
  const markdown = stepsAsMarkdown(ADDRESSES);
  const steps = describeDemo(HOUSE, ADDRESSES).filter((line) => /^ {2}\d\. /.test(line));
  expect(markdown.match(/^\d\. \*\*.+?\*\*: /gm)).toHaveLength(steps.length);
  expect(markdown).toContain(`(${ADDRESSES.telephone})`);
  expect(markdown).toContain(`(${ADDRESSES.panel})`);
});
