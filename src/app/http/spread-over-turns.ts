import { freeMemory } from "../../domain/free-memory.ts";

/** The part of Node's class `IncomingMessage` that this file uses. */
interface Incoming {
  readonly socket: { readonly destroyed: boolean };
  readonly readableLength: number;
  read(): unknown;
  destroy(): unknown;
}

/**
 * The highest number of requests that are begun in one turn of the event loop. So a turn takes only a few milliseconds,
 * even if hundreds of connections send requests.
 */
const MOST_A_TURN = 16;
/**
 * The highest number of requests that are begun in one turn while new connections come. Node accepts one connection in
 * each turn, so turns must be short.
 */
const MOST_WHILE_ACCEPTING = 2;
/**
 * The body of a request counts as large if more than this number of its bytes have arrived. A webhook has a few
 * kilobytes.
 */
const LARGE_BYTES = 16_384;
/**
 * The highest number of requests with a large body that may wait. Node has already read up to 64 kB of each of them.
 */
const MOST_LARGE = 32;

/** Decides in which turn of the event loop each request is begun. */
export interface RequestTurns<Request, Response> {
  /** Begins to answer a request, now or in a later turn of the event loop. */
  add(incoming: Request, outgoing: Response): void;
  /** Called for each new connection. */
  connectionAccepted(): void;
}

/**
 * Begins to answer at most 16 requests in one turn of the event loop, and leaves the others for later turns. The order
 * is fair to all connections: connections that have not had a request yet come first. Then comes the connection whose
 * last request was begun longest ago. So a real webhook overtakes hundreds of connections that send requests without a
 * pause.
 *
 * Node accepts one new connection in each turn. While new connections come, only two requests are begun in a turn.
 * Otherwise, a real webhook would wait for seconds behind a hundred connections that Node has not accepted yet. If a
 * connection closes, its waiting request is dropped.
 *
 * Only one request with a large body is begun in each turn, and requests with smaller bodies overtake it. If more than
 * 32 requests with large bodies wait, the connection of the last one is closed. Otherwise, they would fill the memory.
 */
export function spreadOverTurns<Request extends Incoming, Response>(
  answer: (incoming: Request, outgoing: Response) => unknown,
): RequestTurns<Request, Response> {
  interface Waiting extends Ranked {
    readonly incoming: Request;
    readonly outgoing: Response;
  }
  const lastBegun = new WeakMap<Request["socket"], number>();
  let waiting: Waiting[] = [];
  let begun = 0;
  let begunInTurn = 0;
  let isLargeBegun = false;
  let wasAccepted = false;
  let isNextTurnDue = false;

  function mayBegin(incoming: Request): boolean {
    const most = wasAccepted ? MOST_WHILE_ACCEPTING : MOST_A_TURN;
    return begunInTurn < most && !(isLargeBegun && isLarge(incoming));
  }

  function begin({ incoming, outgoing }: Waiting): void {
    begun += 1;
    begunInTurn += 1;
    isLargeBegun ||= isLarge(incoming);
    lastBegun.set(incoming.socket, begun);
    answer(incoming, outgoing);
  }

  function closeLargeOnes(): void {
    const large = inOrder(waiting).filter(({ incoming }) => isLarge(incoming));
    for (const { incoming } of large.slice(MOST_LARGE)) discard(incoming);
  }

  function nextTurn(): void {
    isNextTurnDue = false;
    begunInTurn = 0;
    isLargeBegun = false;
    const stillOpen = waiting.filter(({ incoming }) => !incoming.socket.destroyed);
    waiting = [];
    for (const request of inOrder(stillOpen)) {
      if (mayBegin(request.incoming)) begin(request);
      else waiting.push(request);
    }
    wasAccepted = false;
    if (begunInTurn > 0) scheduleNextTurn();
  }

  function scheduleNextTurn(): void {
    if (isNextTurnDue) return;
    isNextTurnDue = true;
    setImmediate(nextTurn);
  }

  return {
    add(incoming, outgoing) {
      scheduleNextTurn();
      const request = { incoming, outgoing, lastBegun: lastBegun.get(incoming.socket) ?? 0 };
      if (waiting.length === 0 && mayBegin(incoming)) return begin(request);
      waiting.push(request);
      if (waiting.length > MOST_LARGE) closeLargeOnes();
    },
    connectionAccepted() {
      wasAccepted = true;
    },
  };
}

interface Ranked {
  /**
   * All begun requests are numbered from 1, over all connections. This is the number of the connection's last begun
   * request; 0 if the connection has had none.
   */
  readonly lastBegun: number;
}

function inOrder<Request extends Ranked>(requests: readonly Request[]): Request[] {
  return requests.toSorted((a, b) => a.lastBegun - b.lastBegun);
}

function isLarge({ readableLength }: Incoming): boolean {
  return readableLength > LARGE_BYTES;
}

/** Closes the connection of a request and frees the memory of the received part of its body. */
function discard(incoming: Incoming): void {
  const body = incoming.read();
  if (Buffer.isBuffer(body)) freeMemory(body);
  incoming.destroy();
}
