import { expect, test } from "vitest";

import { resolvePeople } from "../../src/alarms/intake/resolve-people.ts";

const ALICE = { name: "Alice", number: "+12125550101" };
const OPTIONS = {
  contacts: () => [ALICE],
  resolveRecipient: async () => ({ ok: true, address: ALICE.number, contact: "Alice" }) as const,
  contactOf: () => "Alice",
  defaultSender: null,
  isOwnNumber: () => false,
  hasOptedOut: () => false,
};
const PAYLOAD = { people: [{ person: "Alice", channels: undefined }], confirm: "key" as const };

test("the result of an alarm warns about a person without a push action, and this person is still called", async () => {
  const { people, warnings } = await resolvePeople(
    { ...PAYLOAD, channels: ["push", "call"] },
    "en-US",
    OPTIONS,
  );
  expect(people).toMatchObject([{ name: "Alice", channels: ["call"] }]);
  expect(warnings).toEqual([
    "Alice has no push action, so no push notification is sent. Enter a push action for this contact.",
  ]);
});

test("the result of an alarm with `confirm: pin` warns that a person without a PIN can take it by pressing the key alone", async () => {
  const { warnings } = await resolvePeople(
    { ...PAYLOAD, channels: ["call"], confirm: "pin" },
    "de-DE",
    OPTIONS,
  );
  expect(warnings).toEqual([
    "Alice hat keine PIN, daher genügt es, die Taste zu drücken, um den Alarm zu übernehmen. Trage bei diesem Kontakt eine PIN ein.",
  ]);
});

test("the result of an alarm warns about a person who has opted out of text messages", async () => {
  const { people, warnings } = await resolvePeople({ ...PAYLOAD, channels: ["sms"] }, "en-US", {
    ...OPTIONS,
    hasOptedOut: () => true,
  });
  expect(people).toHaveLength(1);
  expect(warnings).toEqual([
    "Alice has opted out of text messages from this number, so this person gets no text messages. To get them again, this person sends START to the number.",
  ]);
});
