import { connect } from "node:net";
import type { Socket, TcpNetConnectOpts } from "node:net";

/** A raw connection to this machine. An error only closes it; without a listener it would end the process. */
export function openTcp(port: number, options: Omit<TcpNetConnectOpts, "port"> = {}): Socket {
  return connect({ host: "127.0.0.1", ...options, port }).on("error", () => {});
}
