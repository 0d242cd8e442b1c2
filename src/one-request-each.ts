import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;

/**
 * Answers one request of a connection at a time, and closes one that sends the next before its answer. Neither Twilio
 * nor a proxy does that, and 64 kB of short requests, which Node reads at once, would hold up everybody else.
 */
export function oneRequestEach(answer: Answer): Answer {
  const answering = new WeakSet<Socket>();
  return (incoming, outgoing) => {
    const { socket } = incoming;
    if (socket.destroyed) return;
    if (answering.has(socket)) return void socket.destroy();
    answering.add(socket);
    outgoing.once("close", () => answering.delete(socket));
    return answer(incoming, outgoing);
  };
}
