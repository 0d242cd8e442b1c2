import { parse, stringify } from "node:querystring";

import { expect, test } from "vitest";

import { urlSpellings } from "../../../../src/twilio/webhooks/verify/url-spellings.ts";

test.each<[string, readonly string[]]>([
  ["https://h.example/webhook", ["https://h.example/webhook", "https://h.example:443/webhook"]],
  ["http://h.example/webhook", ["http://h.example/webhook", "http://h.example:80/webhook"]],
  ["https://h.example:8443/webhook", ["https://h.example/webhook", "https://h.example:8443/webhook"]],
  ["https://[2001:db8::1]:8443/a", ["https://[2001:db8::1]/a", "https://[2001:db8::1]:8443/a"]],
  [
    "https://h.example/webhook?a=it's",
    [
      "https://h.example/webhook?a=it's",
      "https://h.example:443/webhook?a=it's",
      "https://h.example/webhook?a=it%27s",
      "https://h.example:443/webhook?a=it%27s",
    ],
  ],
])("the app tries each spelling of the URL %s only once", (url, spellings) => {
  expect([...urlSpellings(url)]).toEqual(spellings);
});

test("invalid UTF-8 in a URL is escaped as by Node's own decoder and encoder", () => {
  const query = "a=%FF&b=%C3%28&c=%zz%4&d=%C3%A4+%2B";
  expect([...urlSpellings(`https://h.example/webhook?${query}`)]).toContain(
    `https://h.example/webhook?${stringify(parse(query))}`,
  );
});
