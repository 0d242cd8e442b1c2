import { describe, expect, test } from "vitest";

import type { ProvisionalAddress } from "../../../src/inbound/address-evidence.ts";
import { createPublicAddress } from "../../../src/twilio/webhooks/public-address.ts";
import type { AddressHeaders } from "../../../src/twilio/webhooks/public-address.ts";

const NONE: AddressHeaders = {
  host: undefined,
  forwardedHost: undefined,
  forwardedProto: undefined,
  forwardedPort: undefined,
};
const BEHIND_PROXY = {
  ...NONE,
  host: "10.0.0.5:8080",
  forwardedHost: "home.example",
  forwardedProto: "https",
};

/** Stored values of a public address. `address()` creates the public address like a restarted app. */
function remembered(configured: string | null = null) {
  const stored: { learnt: string | null; provisional: ProvisionalAddress | null } = {
    learnt: null,
    provisional: null,
  };
  const address = () =>
    createPublicAddress(configured, {
      learnt: () => stored.learnt,
      provisional: () => stored.provisional,
      saveLearnt: (base) => void (stored.learnt = base),
      saveProvisional: (provisional) => void (stored.provisional = provisional),
    });
  return { address, stored };
}

describe("a public address that the user set in the options", () => {
  const { address, stored } = remembered("https://home.example/twilio");
  stored.learnt = "https://old.example";

  test("is the only accepted one, whatever the headers contain and whatever the app has learnt", () => {
    expect(address().candidates({ ...BEHIND_PROXY, host: "evil.example" })).toEqual([
      "https://home.example/twilio",
    ]);
    expect(address().source()).toBe("configured");
  });

  test("may have a path", () => {
    expect(address().path).toBe("/twilio");
  });

  test("is neither learnt nor removed by the app", () => {
    const configured = address();
    configured.learn("https://other.example");
    configured.setProvisional({ base: "https://other.example", messageSids: [] });
    expect(configured.reset()).toBeNull();
    expect(configured.current()).toBe("https://home.example/twilio");
    expect(stored).toEqual({ learnt: "https://old.example", provisional: null });
  });
});

describe("if the public address is unknown, the app guesses it from a request's headers:", () => {
  test.each<[string, Partial<AddressHeaders>, string[]]>([
    [
      "from the headers of the proxy, then from Host",
      BEHIND_PROXY,
      ["https://home.example", "http://home.example", "https://10.0.0.5:8080", "http://10.0.0.5:8080"],
    ],
    [
      "with the port of Host",
      { host: "home.example:8443" },
      ["https://home.example:8443", "http://home.example:8443"],
    ],
    [
      "without the default port of its scheme",
      { host: "home.example:443", forwardedProto: "https" },
      ["https://home.example", "http://home.example:443"],
    ],
    [
      "with the port that the proxy names, and then without",
      { host: "home.example", forwardedProto: "https", forwardedPort: "8443" },
      [
        "https://home.example:8443",
        "http://home.example:8443",
        "https://home.example",
        "http://home.example",
      ],
    ],
    [
      "with the port of Host rather than the proxy's",
      { host: "home.example:8443", forwardedProto: "https", forwardedPort: "443" },
      ["https://home.example:8443", "http://home.example:8443"],
    ],
    [
      "first with the scheme that the proxy names",
      { host: "home.example", forwardedProto: "http" },
      ["http://home.example", "https://home.example"],
    ],
    [
      "from the first of several proxies",
      { host: "b.example", forwardedHost: "a.example, b.example", forwardedProto: "https, http" },
      ["https://a.example", "http://a.example", "https://b.example", "http://b.example"],
    ],
    [
      "as it is written and in small letters",
      { host: "Home.Example", forwardedProto: "https" },
      ["https://Home.Example", "http://Home.Example", "https://home.example", "http://home.example"],
    ],
    [
      "as an IPv6 address",
      { host: "[2001:db8::1]:8443" },
      ["https://[2001:db8::1]:8443", "http://[2001:db8::1]:8443"],
    ],
    ["never from an invalid Host", { host: "a b/c" }, []],
    ["never from a Host longer than a name can be", { host: "a".repeat(300) }, []],
    ["never without a Host", {}, []],
  ])("%s", (_how, headers, guesses) => {
    const address = remembered().address();
    expect(address.candidates({ ...NONE, ...headers })).toEqual(guesses);
    expect(address.guesses({ ...NONE, ...headers })).toEqual(guesses);
    expect(address.current()).toBeNull();
    expect(address.source()).toBeNull();
  });
});

test("a provisional public address is given to Twilio, also after a restart, and other public addresses are still accepted", () => {
  const { address } = remembered();
  address().setProvisional({ base: "https://home.example", messageSids: ["SM1"] });
  const next = address();
  expect(next.current()).toBe("https://home.example");
  expect(next.source()).toBe("provisional");
  expect(next.provisional()).toEqual({ base: "https://home.example", messageSids: ["SM1"] });
  expect(next.candidates({ ...NONE, host: "other.example" })).toContain("https://other.example");
  next.setProvisional(null);
  expect(next.current()).toBeNull();
  expect(address().current()).toBeNull();
});

test("a learnt public address is used after a restart, too, and is the only accepted one", () => {
  const { address, stored } = remembered();
  const first = address();
  first.setProvisional({ base: "https://wrong.example", messageSids: [] });
  first.learn("https://home.example");
  first.learn("https://other.example");
  first.setProvisional({ base: "https://other.example", messageSids: [] });
  expect(stored).toEqual({ learnt: "https://home.example", provisional: null });
  for (const one of [first, address()]) {
    expect(one.candidates(BEHIND_PROXY)).toEqual(["https://home.example"]);
    expect(one.source()).toBe("learnt");
  }
});

test.each(["learnt", "provisional"] as const)(
  "a public address that is %s can be removed by the user, and is learnt again",
  (source) => {
    const { address, stored } = remembered();
    const one = address();
    if (source === "learnt") one.learn("https://wrong.example");
    else one.setProvisional({ base: "https://wrong.example", messageSids: ["SM1"] });
    expect(one.reset()).toBe("https://wrong.example");
    expect(stored).toEqual({ learnt: null, provisional: null });
    expect(one.current()).toBeNull();
    expect(one.reset()).toBeNull();
    one.learn("https://home.example");
    expect(address().current()).toBe("https://home.example");
  },
);
