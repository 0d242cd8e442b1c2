/** The part of a request that tells of its connection. */
interface Incoming {
  readonly socket: { readonly destroyed: boolean };
}

/** A turn takes a few milliseconds then, whatever hundreds of connections send at once. */
const MOST_A_TURN = 16;
/** In a turn in which a connection was accepted: others may wait to be accepted, one in each turn. */
const MOST_WHILE_ACCEPTING = 2;

/** Decides when each request is begun. */
export interface RequestTurns<Request, Response> {
  /** Begins to answer a request now or in one of the next turns. */
  add(incoming: Request, outgoing: Response): void;
  /** Called for each new connection. */
  connectionAccepted(): void;
}

/**
 * Begins to answer at most 16 requests in one turn of the event loop, and the others in the next turns. First come those
 * on connections on which none was begun before, then those whose connection has waited longest since its last one. A
 * real webhook, on a new connection or on a proxy's that was idle, so overtakes hundreds of connections that repeat
 * requests without a pause.
 *
 * Node accepts one new connection a turn. While connections come, a turn begins two requests at most: behind a hundred
 * others that wait to be accepted, a real one would otherwise wait for seconds. A request whose connection was closed
 * meanwhile is dropped.
 */
export function spreadOverTurns<Request extends Incoming, Response>(
  answer: (incoming: Request, outgoing: Response) => unknown,
): RequestTurns<Request, Response> {
  interface Waiting {
    readonly incoming: Request;
    readonly outgoing: Response;
    /** When the last request of its connection was begun, in requests since the start; 0 if none was. */
    readonly lastBegun: number;
  }
  const lastBegun = new WeakMap<Request["socket"], number>();
  let waiting: Waiting[] = [];
  let begun = 0;
  let begunInTurn = 0;
  let wasAccepted = false;
  let isNextTurnDue = false;

  const mostInTurn = (): number => (wasAccepted ? MOST_WHILE_ACCEPTING : MOST_A_TURN);

  function begin(incoming: Request, outgoing: Response): void {
    begun += 1;
    begunInTurn += 1;
    lastBegun.set(incoming.socket, begun);
    answer(incoming, outgoing);
  }

  function nextTurn(): void {
    isNextTurnDue = false;
    begunInTurn = 0;
    const most = mostInTurn();
    wasAccepted = false;
    const inOrder = waiting.filter(({ incoming }) => !incoming.socket.destroyed);
    inOrder.sort((a, b) => a.lastBegun - b.lastBegun);
    waiting = inOrder.slice(most);
    for (const { incoming, outgoing } of inOrder.slice(0, most)) begin(incoming, outgoing);
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
      if (begunInTurn < mostInTurn() && waiting.length === 0) begin(incoming, outgoing);
      else waiting.push({ incoming, outgoing, lastBegun: lastBegun.get(incoming.socket) ?? 0 });
    },
    connectionAccepted() {
      wasAccepted = true;
    },
  };
}
