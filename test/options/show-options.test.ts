import { expect, test } from "vitest";

import { showOptions } from "../../src/options/show-options.ts";
import { parsed, SID, TOKEN } from "./parsed.ts";

function shown(raw: Record<string, unknown>) {
  const { options, secrets } = parsed(raw);
  return showOptions(options, secrets);
}

test.each([
  ["+1 (500) 555-0006", "number"],
  ["whatsapp:+15005550006", "whatsapp"],
  ["messenger:12345", "channel"],
  [`MG${"0".repeat(32)}`, "messaging_service"],
  ["Fire Station", "sender_id"],
])("the diagnostics show only the kind of the sender %s: %s", (sender, kind) => {
  const { options, secrets } = parsed({});
  expect(showOptions({ ...options, defaultSender: sender }, secrets)).toMatchObject({ default_sender: kind });
});

test("for secrets, URLs and contacts, the diagnostics only show whether they are set, or their number", () => {
  const text = JSON.stringify(
    shown({
      auth_token_previous: "e".repeat(32),
      public_url: "https://home.example",
      contacts: [{ name: "Alice", number: "+4915112345678" }],
    }),
  );
  expect(JSON.parse(text)).toMatchObject({
    auth_token_previous_set: true,
    public_url_set: true,
    contacts: 1,
    api_key_set: false,
  });
  for (const secret of [SID, TOKEN, "eeee", "home.example", "Alice", "4915112345678"])
    expect(text).not.toContain(secret);
});
