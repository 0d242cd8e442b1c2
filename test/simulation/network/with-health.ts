import type { HealthCheck, RequestHandler } from "../../../src/domain/transport.ts";

/** A handler that answers the health check itself, as the app's own listener does. */
export function withHealth(handler: RequestHandler, health: HealthCheck | undefined): RequestHandler {
  return async (request, bindings) => {
    if (health?.paths.has(new URL(request.url).pathname) !== true) return await handler(request, bindings);
    const { status, body } = await health.answer();
    return Response.json(body, { status });
  };
}
