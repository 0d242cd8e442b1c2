// Loaded into the app's process before the app. All HTTPS requests go to the simulator of Twilio, by plain HTTP.
// `import` of `node:http` would load more than the app itself does.
import { syncBuiltinESMExports } from "node:module";

const http = process.getBuiltinModule("node:http");
const https = process.getBuiltinModule("node:https");
const simulator = process.env.TWILIO_SIMULATOR ?? "";
const agent = new http.Agent({ keepAlive: true });
/** The URL of Sync as a form contains it. */
const SYNC = encodeURIComponent("https://sync.twilio.com");
const simulatedSync = encodeURIComponent(`${simulator}/sync`);

https.request = (url, options) => {
  const outgoing = http.request(simulator + pathOf(new URL(url)), { ...options, agent });
  // The app sends its request when the TLS connection is ready, so this event must come without TLS, too.
  outgoing.once("socket", (socket) => {
    if (socket.connecting) socket.once("connect", () => socket.emit("secureConnect"));
    else queueMicrotask(() => socket.emit("secureConnect"));
  });
  // The relay's Function runs in the simulator. Its variables must contain the simulator's URL of Sync.
  const { end } = outgoing;
  outgoing.end = (body) =>
    end.call(outgoing, typeof body === "string" ? body.replaceAll(SYNC, simulatedSync) : body);
  return outgoing;
};
syncBuiltinESMExports();

/** The path of a request at the simulator, which has each of Twilio's hosts below a path of its own. */
function pathOf({ host, pathname, search }) {
  const [name = ""] = host.split(".");
  if (host.endsWith(".twil.io")) return `/functions/${host}${pathname}${search}`;
  return ["serverless", "serverless-upload", "sync"].includes(name)
    ? `/${name}${pathname}${search}`
    : pathname + search;
}
