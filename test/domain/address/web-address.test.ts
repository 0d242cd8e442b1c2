import { expect, test } from "vitest";

import { webAddress } from "../../../src/domain/address/web-address.ts";
import { HONEST_LINKS, HOSTILE_LINKS } from "../../panel/hostile-links.ts";

test.each(HOSTILE_LINKS)("%j is not accepted as a URL for a link", (text) => {
  expect(webAddress(text)).toBeNull();
});

test.each([null, undefined, 1, {}, ["https://www.twilio.com"], { href: "https://www.twilio.com" }])(
  "%j, which is no text, is not accepted as a URL for a link",
  (value) => {
    expect(webAddress(value)).toBeNull();
  },
);

test.each(HONEST_LINKS)("%s is accepted as a URL for a link", (text) => {
  expect(webAddress(text)).toBe(text);
});

test("a URL for a link is returned in its normalized spelling", () => {
  expect(webAddress(' HTTPS://Example.COM:443/a b"><\n ')).toBe("https://example.com/a%20b%22%3E%3C");
});
