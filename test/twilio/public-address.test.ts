import { describe, expect, test } from "vitest";

import { createPublicAddress } from "../../src/twilio/public-address.ts";

const HEADERS = { host: "10.0.0.5:8080", forwardedHost: "home.example", forwardedProto: "https" };

function learning() {
  let kept: string | null = null;
  const learnt: string[] = [];
  const address = () =>
    createPublicAddress({
      configured: null,
      learnt: () => kept,
      learn: (origin) => (kept ??= origin),
      onLearnt: (origin) => learnt.push(origin),
    });
  return { address, learnt };
}

describe("a configured address", () => {
  const address = createPublicAddress({
    configured: "https://home.example/twilio",
    learnt: () => "https://old.example",
    learn: (origin) => origin,
    onLearnt: () => {},
  });

  test("is the only one believed, whatever the headers say", () => {
    expect(address.candidates({ ...HEADERS, host: "evil.example" })).toEqual(["https://home.example/twilio"]);
  });

  test("has a path that a proxy may pass through", () => {
    expect(address.path).toBe("/twilio");
  });
});

describe("an unknown address", () => {
  test("is guessed from what the proxy says", () => {
    expect(learning().address().candidates(HEADERS)).toEqual([
      "https://home.example",
      "http://home.example",
      "https://10.0.0.5:8080",
      "http://10.0.0.5:8080",
    ]);
  });

  test("leaves out a Host that is none", () => {
    expect(
      learning().address().candidates({ host: "a b/c", forwardedHost: undefined, forwardedProto: undefined }),
    ).toEqual([]);
  });

  test("is kept once a signature proves it, also by the next process", () => {
    const { address, learnt } = learning();
    const first = address();
    first.confirm("https://home.example");
    first.confirm("https://other.example");
    expect(learnt).toEqual(["https://home.example"]);
    expect(first.candidates(HEADERS)).toEqual(["https://home.example"]);
    expect(address().known()).toBe("https://home.example");
  });
});
