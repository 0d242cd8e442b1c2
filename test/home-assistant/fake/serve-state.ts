import type { RequestListener } from "node:http";

/** Serves `/api/core/state`, which Supervisor reads before it forwards requests to Core. */
export function serveState(
  behaviour: { readonly state?: "STARTING" | "RUNNING" },
  token: string,
  next: RequestListener,
): RequestListener {
  return (request, response) => {
    if (request.url !== "/api/core/state") {
      next(request, response);
      return;
    }
    const isOurs = request.headers.authorization === `Bearer ${token}`;
    const recorder = { migration_in_progress: false, migration_is_live: false };
    response.writeHead(isOurs ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify({ state: behaviour.state ?? "RUNNING", recorder_state: recorder }));
  };
}
