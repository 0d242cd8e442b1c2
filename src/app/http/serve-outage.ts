import type { DiskProblem } from "../../domain/disk-problem.ts";
import { panelAccess, panelHost } from "../../panel/server/panel-access.ts";
import { createOutageWebhookApp } from "../../twilio/webhooks/http/outage-webhook-app.ts";
import type { AppSettings } from "../process/settings.ts";

/**
 * Answers 503 on the app's ports while the app cannot start, so that Twilio, the health check and the user get an
 * answer. Disposing closes the ports again.
 *
 * @throws the system's error if the port for webhooks cannot be used
 */
export async function serveOutage(
  { webhookPort, listenHost, panel, clock, chance, transport, logger }: AppSettings,
  problem: () => DiskProblem,
): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  undo.use(
    await transport.listen(createOutageWebhookApp(problem).fetch, { host: listenHost, port: webhookPort }),
  );
  if (panel !== undefined) {
    const { supervised, password, ingressAddress } = panel;
    const access = panelAccess({ supervised, password: password?.reveal() ?? null, ingressAddress, chance });
    // Import this module only during an outage, because it contains all texts of the panel, which take memory.
    const { createOutagePanelApp } = await import("../../panel/server/outage-panel-app.tsx");
    const app = createOutagePanelApp({ problem, access, clock, chance, logger });
    const listener = await transport
      .listen(app.fetch, { host: panelHost(access, listenHost), port: panel.port })
      .catch(() => null);
    if (listener !== null) undo.use(listener);
  }
  return undo.move();
}
