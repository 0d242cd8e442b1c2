import { freeMemory } from "../../domain/free-memory.ts";

/** The part of Node's request that this file needs. */
interface Incoming {
  readonly socket: { readonly destroyed: boolean };
  readonly readableLength: number;
  read(): unknown;
  destroy(): unknown;
}

/** With this number, a turn takes a few milliseconds even under load from hundreds of connections. */
const MOST_A_TURN = 16;
/** The limit after a connection was accepted: others may wait to be accepted, one in each turn. */
const MOST_WHILE_ACCEPTING = 2;
/** A body is large if more bytes than this have arrived. Webhooks usually have a few kilobytes. */
const LARGE_BYTES = 16_384;
/** Requests with a large body that may wait: Node reads up to 64 kB of each before its answer is begun. */
const MOST_LARGE = 32;

/** Decides when each request is begun. */
export interface RequestTurns<Request, Response> {
  /** Begins to answer a request now or in one of the next turns. */
  add(incoming: Request, outgoing: Response): void;
  /** Called for each new connection. */
  connectionAccepted(): void;
}

/**
 * Begins to answer at most 16 requests in one turn of the event loop, and the others in the next turns. The order is
 * fair to connections: requests on connections without an earlier one come first. Then come those on the connection whose
 * last request is the oldest. A real webhook therefore overtakes hundreds of connections that repeat requests without a
 * pause. It may come on a new connection, or on a proxy's connection that was idle.
 *
 * Node accepts one new connection a turn. While connections come, a turn begins two requests at most. Otherwise a real
 * webhook would wait for seconds behind a hundred connections that are not accepted yet. A request whose connection was
 * closed meanwhile is dropped.
 *
 * One request with a large body is begun in a turn, and requests with smaller bodies overtake it. If more than 32 large ones
 * wait, the connection of the last one is closed, so that hundreds at once do not fill the memory.
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
  /** How many requests had been begun when the last one of the connection was begun; 0 if the connection had none. */
  readonly lastBegun: number;
}

function inOrder<Request extends Ranked>(requests: readonly Request[]): Request[] {
  return requests.toSorted((a, b) => a.lastBegun - b.lastBegun);
}

function isLarge({ readableLength }: Incoming): boolean {
  return readableLength > LARGE_BYTES;
}

/** Closes the connection and frees the received part of the body. */
function discard(incoming: Incoming): void {
  const body = incoming.read();
  if (Buffer.isBuffer(body)) freeMemory(body);
  incoming.destroy();
}
