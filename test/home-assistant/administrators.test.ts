import { expect, test } from "vitest";

import { createAdministratorCheck } from "../../src/home-assistant/administrators.ts";
import { fakeUser } from "./fake/fake-user.ts";

const USERS = [
  fakeUser("owner", { is_owner: true }),
  fakeUser("admin", { group_ids: ["system-admin"] }),
  fakeUser("former", { group_ids: ["system-admin"], is_active: false }),
  fakeUser("guest"),
];

test.each([
  ["owner", true],
  ["admin", true],
  ["former", false],
  ["guest", false],
  ["nobody", false],
  ["", false],
])("the app treats the Home Assistant user '%s' as an administrator: %s", async (id, expected) => {
  const isAdministrator = createAdministratorCheck({ request: async () => USERS });
  expect(await isAdministrator(id)).toBe(expected);
});

test.each<[string, () => Promise<unknown>]>([
  ["does not answer", () => Promise.reject(new Error("away"))],
  ["answers something else", async () => ({ users: [] })],
])("the app treats no user as an administrator if Home Assistant %s", async (_what, request) => {
  expect(await createAdministratorCheck({ request })("owner")).toBeNull();
});
