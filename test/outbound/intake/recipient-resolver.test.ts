import { expect, test } from "vitest";

import type { Contact } from "../../../src/contacts/contact.ts";
import { createRecipientResolver } from "../../../src/outbound/intake/recipient-resolver.ts";
import type { HomeAssistantState } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";

const SENDER_ID = "PARCELS";
const PARCELS: Contact = { name: SENDER_ID, number: "+12125550123" };
const HOUR_MS = 3_600_000;

/** A resolver that knows a message of `SENDER_ID` at the time 0. `now` is the present time. */
function resolverAt(now: number, homeAssistant: Pick<HomeAssistantState, "info"> = { info: null }) {
  return createRecipientResolver({
    contacts: () => [PARCELS],
    lastAddresses: {
      last: (address, kind) => (address === SENDER_ID && kind === "message" ? { at: 0, ours: null } : null),
      isKnown: () => false,
    },
    homeAssistant,
    clock: clockWith({ now: () => now }),
  });
}

test("a reply to the name of a recent alphanumeric sender is refused if a contact has the same name", async () => {
  expect(await resolverAt(1_000)(SENDER_ID, true)).toMatchObject({ ok: false });
});

test.each([
  ["messages that cannot be a reply", 1_000, false],
  ["messages after the received one is no longer recent", HOUR_MS, true],
])("a contact with the same name as a recent alphanumeric sender gets %s", async (_what, now, mayBeReply) => {
  const recipient = await resolverAt(now)(SENDER_ID, mayBeReply);
  expect(recipient).toMatchObject({ ok: true, address: PARCELS.number, contact: SENDER_ID });
});

test("a number without country code is completed with Home Assistant's country as soon as the country is known", async () => {
  const germany = { info: { country: "DE", timeZone: "Europe/Berlin" } };
  expect(await resolverAt(0, germany)("030 123456", false)).toMatchObject({
    ok: true,
    address: "+4930123456",
  });
  expect(await resolverAt(0)("030 123456", false)).toMatchObject({ ok: false });
});
