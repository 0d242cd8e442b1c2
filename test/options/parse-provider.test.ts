import { describe, expect, test } from "vitest";

import { parseOptions } from "../../src/options/parse-options.ts";
import { CREDENTIALS, parsed } from "./parsed.ts";

describe("a Twilio-compatible provider in the options", () => {
  const provider = {
    account_sid: "6f2b1a3e-0000-4000-8000-123456789abc",
    auth_token: "PT123",
    webhook_secret: "k",
    api_base_url: "https://space.example/api/laml",
  };

  test("may have credentials that look different from Twilio's", () => {
    const { options, secrets, warnings } = parsed(provider);
    expect(options).toMatchObject({ accountSid: provider.account_sid, apiBaseUrl: provider.api_base_url });
    expect(secrets.webhookSecret?.reveal()).toBe("k");
    expect(warnings).toEqual([]);
  });

  test.each([
    "https://space.example/api/laml/",
    "space.example/api/laml",
    "https://space.example/api/laml/2010-04-01",
    "https://space.example/api/laml/2010-04-01/Accounts/6f2b1a3e/Messages.json?x=1#y",
  ])("may be entered as `api_base_url: %s`", (url) => {
    expect(parsed({ ...provider, api_base_url: url }).options.apiBaseUrl).toBe(provider.api_base_url);
  });

  test.each(["ftp://space.example", "https://me:secret@space.example", "space"])(
    "may not be entered as `api_base_url: %s`",
    (url) => {
      const { options, warnings } = parsed({ ...CREDENTIALS, api_base_url: url });
      expect(options.apiBaseUrl).toBeNull();
      expect(warnings).toEqual([expect.stringMatching(/^api_base_url: /)]);
    },
  );

  test.each(["two words", "a/b", ".."])(
    "cannot have an account ID such as %s, which would change the URL of requests",
    (sid) => {
      const result = parseOptions({ ...provider, account_sid: sid });
      expect(result).toMatchObject({
        ok: false,
        faults: [expect.stringContaining("account_sid is malformed")],
      });
    },
  );

  test("causes a warning if its URL has no encryption and is not on this machine", () => {
    const { warnings } = parsed({ ...provider, api_base_url: "http://space.example" });
    expect(warnings).toEqual([expect.stringContaining("api_base_url starts with http:")]);
    expect(parsed({ ...provider, api_base_url: "http://127.0.0.1:8000" }).warnings).toEqual([]);
  });

  test("cannot be combined with Twilio's regions", () => {
    const { options, warnings } = parsed({ ...provider, region: "ie1", edge: "dublin" });
    expect(options).toMatchObject({ region: null, edge: null });
    expect(warnings).toEqual([expect.stringContaining("api_base_url is set; neither is used")]);
  });

  test("must be set if `webhook_secret` is set", () => {
    const { secrets, warnings } = parsed({ webhook_secret: "k" });
    expect(secrets.webhookSecret).toBeNull();
    expect(warnings).toEqual([
      expect.stringContaining("webhook_secret: it is not used, because api_base_url"),
    ]);
  });
});

describe("Twilio's region and edge in the options are used only as a valid pair:", () => {
  test.each([
    ["ie1", "dublin"],
    ["au1", "sydney"],
    ["jp1", "tokyo"],
    ["us1", "ashburn"],
    ["us1", "frankfurt"],
    ["us1", "roaming"],
  ])("%s with %s is used", (region, edge) => {
    const { options, warnings } = parsed({ region: region.toUpperCase(), edge: ` ${edge} ` });
    expect(options).toMatchObject({ region, edge });
    expect(warnings).toEqual([]);
  });

  const keys = (region: string): string => ` and the auth token and API key of ${region}`;
  const pairs = "there are us1 with ashburn, ie1 with dublin, au1 with sydney, jp1 with tokyo";
  test.each<[string, string, string]>([
    ["ie1", "", `only one is set; region ie1 needs edge dublin${keys("ie1")}`],
    ["us1", "", "only one is set; region us1 needs edge ashburn"],
    ["", "sydney", `only one is set; edge sydney needs region au1${keys("au1")}`],
    ["", "frankfurt", "only one is set; edge frankfurt needs region us1"],
    ["", "mars", `only one is set; mars is no edge; ${pairs}`],
    ["de1", "frankfurt", "de1 is no region; edge frankfurt needs region us1"],
    ["mars", "", `mars is no region; ${pairs}`],
    ["ie1", "mars", `mars is no edge; region ie1 needs edge dublin${keys("ie1")}`],
    [
      "ie1",
      "frankfurt",
      `ie1 and frankfurt do not work together; region ie1 needs edge dublin${keys("ie1")}, and edge frankfurt needs region us1`,
    ],
  ])("%o with %o is refused", (region, edge, problem) => {
    const { options, warnings } = parsed({ region, edge });
    expect(options).toMatchObject({ region: null, edge: null });
    expect(warnings).toEqual([`region and edge: ${problem}; neither is used.`]);
  });
});
