import { z } from "zod";

/** The Home Assistant behind Supervisor, with Supervisor's own token. */
export interface CoreBehind {
  readonly url: string;
  readonly token: string;
}

const stateSchema = z.object({
  state: z.string(),
  recorder_state: z
    .object({ migration_in_progress: z.boolean(), migration_is_live: z.boolean() })
    .partial()
    .default({}),
});

/**
 * Whether Supervisor passes requests on to Core, which must be `RUNNING` or migrating its database. Each call asks
 * Core. Source: `check_api_state` of supervisor/homeassistant/api.py.
 */
export async function isCoreRunning({ url, token }: CoreBehind): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/core/state`, { headers: { authorization: `Bearer ${token}` } });
    const { state, recorder_state: recorder } = stateSchema.parse(await response.json());
    const isMoving = recorder.migration_in_progress === true && recorder.migration_is_live !== true;
    return state === "RUNNING" || isMoving;
  } catch {
    return false;
  }
}
