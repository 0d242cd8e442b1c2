import * as z from "zod";

import type { HomeAssistantConnection } from "./connection/connect.ts";

/** The ID of Home Assistant's group of administrators. Source: homeassistant/auth/const.py */
const ADMINISTRATORS = "system-admin";

/** The part of the answer to `config/auth/list` that the app reads. Source: homeassistant/components/config/auth.py */
const users = z.array(
  z.object({ id: z.string(), is_owner: z.boolean(), is_active: z.boolean(), group_ids: z.array(z.string()) }),
);

/**
 * Makes a function that asks Home Assistant whether a user is an administrator. The function decides as `User.is_admin`
 * in Core does. It returns null if Home Assistant does not answer or refuses the question.
 */
export function createAdministratorCheck(homeAssistant: Pick<HomeAssistantConnection, "request">) {
  return async function isAdministrator(userId: string): Promise<boolean | null> {
    try {
      const all = users.parse(await homeAssistant.request({ type: "config/auth/list" }));
      const user = all.find(({ id }) => id === userId);
      return (
        user !== undefined && (user.is_owner || (user.is_active && user.group_ids.includes(ADMINISTRATORS)))
      );
    } catch {
      return null;
    }
  };
}
