import { expect, test } from "vitest";

import { addressProblem, createHouseAddresses, withSortedQuery } from "./house-addresses.ts";

test.each([
  ["https://home.example/talk?s=abc", null],
  ["https://home.example/status/call?ref=1#rc=2&rp=ct", null],
  ["https://home.example/a?a=1&b=2", null],
  ["https://home.example/media/abc", null],
  ["https://home.example/talk/CA1/hold?h=8&s=30&l=en-US", "has an unsorted query"],
  ["https://home.example/a?b=1&a=2", "has an unsorted query"],
  ["https://home.example/a?a=b/c", "has a query that can be written differently"],
  ["https://home.example/a?a=%7E", "has a query that can be written differently"],
])("the simulated Twilio checks the app's URL %s: %s", (address, problem) => {
  expect(addressProblem(address)).toBe(problem);
});

test("the simulated Twilio sorts a query by its encoded names, and keeps the fragment", () => {
  expect(withSortedQuery("https://home.example/a?h=8&a=%3f&l=1#rc=2")).toBe(
    "https://home.example/a?a=%3f&h=8&l=1#rc=2",
  );
});

test("the simulated Twilio sends requests to the app's real URL, with a sorted query if that is configured", () => {
  const to = (sortsQueries: boolean): string => {
    const house = createHouseAddresses({
      sortsQueries,
      functionsAt: () => null,
      onViolation: () => undefined,
    });
    house.book.routeCallbacks("https://home.example", "http://127.0.0.1:1");
    return house.deliveredTo("https://home.example/talk?h=8&a=1");
  };
  expect(to(false)).toBe("http://127.0.0.1:1/talk?h=8&a=1");
  expect(to(true)).toBe("http://127.0.0.1:1/talk?a=1&h=8");
});

test("the simulated Twilio finds the app's URLs in forms, in TwiML in forms, and in documents", () => {
  const problems: string[] = [];
  const house = createHouseAddresses({
    sortsQueries: false,
    functionsAt: () => null,
    onViolation: (problem) => problems.push(problem),
  });
  house.book.routeCallbacks("https://home.example", "http://127.0.0.1:1");
  const form = {
    Url: "https://home.example/form",
    Twiml:
      "<Response><Play>https://home.example/played</Play><Redirect>https://other.example/?b&a</Redirect></Response>",
  };
  house.noteForms(() => undefined)({ method: "POST", path: "/Calls.json", form });
  house.noteDocument('<Response><Gather action="https://home.example/gather?b=1&amp;a=2"/></Response>');
  expect(house.book.addresses()).toEqual([
    "https://home.example/form",
    "https://home.example/played",
    "https://home.example/gather?b=1&a=2",
  ]);
  expect(problems).toEqual(["the address https://home.example/gather?b=1&a=2 has an unsorted query"]);
});
