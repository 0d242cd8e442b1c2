/** An entry of `config/auth/list`. */
export type FakeUser = ReturnType<typeof fakeUser>;

/** A user as Home Assistant lists it: an active one who is no administrator, unless `over` changes it. */
export function fakeUser(
  id: string,
  over: Partial<Record<"is_owner" | "is_active", boolean>> & { readonly group_ids?: readonly string[] } = {},
) {
  return {
    id,
    username: id,
    name: id,
    is_owner: false,
    is_active: true,
    local_only: false,
    system_generated: false,
    group_ids: ["system-users"] as readonly string[],
    credentials: [{ type: "homeassistant" }],
    ...over,
  };
}
