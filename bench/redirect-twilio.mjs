// Loaded into the app's process before the app. All HTTPS requests go to the simulator of Twilio, by plain HTTP.
// `import` of `node:http` would load more than the app itself does.
import { syncBuiltinESMExports } from "node:module";

const http = process.getBuiltinModule("node:http");
const https = process.getBuiltinModule("node:https");
const simulator = process.env.TWILIO_SIMULATOR ?? "";
const agent = new http.Agent({ keepAlive: true });
/** As they are in a form. */
const SYNC = encodeURIComponent("https://sync.twilio.com");
const simulatedSync = encodeURIComponent(`${simulator}/sync`);

https.request = (url, options) => {
  const outgoing = http.request(simulator + pathOf(new URL(url)), { ...options, agent });
  // The app sends a request when TLS is ready.
  outgoing.once("socket", (socket) => {
    if (socket.connecting) socket.once("connect", () => socket.emit("secureConnect"));
    else queueMicrotask(() => socket.emit("secureConnect"));
  });
  // The Function runs in the simulator, too, and has to find Sync there.
  const { end } = outgoing;
  outgoing.end = (body) =>
    end.call(outgoing, typeof body === "string" ? body.replaceAll(SYNC, simulatedSync) : body);
  return outgoing;
};
syncBuiltinESMExports();

/** The simulator has each of these hosts below a path of its own. */
function pathOf({ host, pathname, search }) {
  const [name = ""] = host.split(".");
  if (host.endsWith(".twil.io")) return `/functions/${host}${pathname}${search}`;
  return ["serverless", "serverless-upload", "sync"].includes(name)
    ? `/${name}${pathname}${search}`
    : pathname + search;
}
