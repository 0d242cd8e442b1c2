import { expect, test } from "vitest";

import { createContactList } from "../../src/contacts/contact-list.ts";
import { openContacts } from "../../src/contacts/open-contacts.ts";
import type { StoredContact } from "../../src/contacts/ports.ts";

const OPTIONS = [{ name: "Alice", number: "+12125550123" }];

async function contactsOf(stored: readonly StoredContact[] = [], country: string | null = "DE") {
  let saved = stored;
  let ids = 0;
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const list = createContactList({
    fromOptions: OPTIONS,
    memory: { load: () => stored, save: (contacts) => void (saved = contacts) },
    chance: { uuid: () => `id-${(ids += 1)}` },
  });
  const contacts = await openContacts({
    list,
    settings: { get: () => country, set: () => undefined },
    logger: { debug: log, info: log, warning: log, error: log },
  });
  return { contacts, saved: () => saved, lines };
}

test("a contact of the panel is recognized as soon as the user saves it, until the user removes it", async () => {
  const { contacts, saved } = await contactsOf();
  expect(contacts.contactOf("+4915112345678")).toBeNull();
  expect(await contacts.save({ name: "Bob", number: "0151 12345678" }, null)).toEqual({ ok: true });
  expect(contacts.contactOf("+4915112345678")).toBe("Bob");
  expect(contacts.all().map(({ name }) => name)).toEqual(["Alice", "Bob"]);
  expect(saved()).toEqual([{ id: "id-1", name: "Bob", number: "0151 12345678" }]);
  expect(await contacts.remove("id-1")).toEqual({ ok: true });
  expect(contacts.contactOf("+4915112345678")).toBeNull();
  expect(saved()).toEqual([]);
});

test("if several contacts are saved at the same time, all of them are stored", async () => {
  const { contacts } = await contactsOf();
  await Promise.all([
    contacts.save({ name: "Bob", number: "0151 12345678" }, null),
    contacts.save({ name: "Carol", number: "0151 12345679" }, null),
  ]);
  expect(contacts.contactOf("+4915112345678")).toBe("Bob");
  expect(contacts.contactOf("+4915112345679")).toBe("Carol");
});

test("if the user changes only some fields of a contact, the other fields stay unchanged", async () => {
  const bob = { id: "1", name: "Bob", number: "+12125550124", push: "mobile_app" };
  const { contacts, saved } = await contactsOf([bob]);
  await contacts.save({ name: "Bobby", number: "+12125550124" }, "1");
  expect(saved()).toEqual([{ ...bob, name: "Bobby" }]);
});

test("a contact of the options cannot be removed on the panel", async () => {
  const { contacts } = await contactsOf();
  expect(await contacts.remove("Alice")).toEqual({ ok: false, fault: "gone" });
  expect(contacts.contactOf("+12125550123")).toBe("Alice");
});

test("the national number of a contact is recognized as soon as Home Assistant has reported its country", async () => {
  const { contacts } = await contactsOf([], null);
  await contacts.save({ name: "Bob", number: "0151 12345678" }, null);
  expect(contacts.isComplete()).toBe(false);
  contacts.ready("DE");
  await expect.poll(() => contacts.contactOf("+4915112345678")).toBe("Bob");
});

test.each(["012", "call 12345", "112"])(
  "a contact is not saved if its number cannot be called: %s",
  async (number) => {
    const { contacts, saved } = await contactsOf();
    expect(await contacts.save({ name: "Bob", number }, null)).toEqual({ ok: false, fault: "no_number" });
    expect(saved()).toEqual([]);
  },
);

test.each(["messenger:1234567890", "whatsapp:+4915112345678", "+1 (212) 555-0124"])(
  "a contact with the number %s is saved",
  async (number) => {
    const { contacts } = await contactsOf();
    expect(await contacts.save({ name: "Bob", number }, null)).toEqual({ ok: true });
  },
);
