import { connect } from "node:net";
import type { Socket, TcpNetConnectOpts } from "node:net";

/**
 * Opens a connection to this machine. An error only closes it. Without a listener, an error would end the process.
 */
export function openTcp(port: number, options: Omit<TcpNetConnectOpts, "port"> = {}): Socket {
  return connect({ host: "127.0.0.1", ...options, port }).on("error", () => {});
}
