/** The part of a request that tells whether its sender is still there. */
interface Incoming {
  readonly socket: { readonly destroyed: boolean };
}

/** A turn takes a few milliseconds then, whatever hundreds of connections send at once. */
const MOST_A_TURN = 16;

/**
 * Begins to answer at most 16 requests in one turn of the event loop, and the others in the next turns, in order. Node
 * accepts one new connection a turn: when 250 connections keep sending, a turn with a request of each takes 60 ms and
 * more, and a new connection behind a hundred others would wait for seconds. A request whose connection was closed
 * meanwhile is dropped.
 */
export function spreadOverTurns<Request extends Incoming, Response>(
  answer: (incoming: Request, outgoing: Response) => unknown,
): (incoming: Request, outgoing: Response) => void {
  const waiting: (() => void)[] = [];
  let begunInTurn = 0;
  let isNextTurnDue = false;

  function nextTurn(): void {
    isNextTurnDue = false;
    begunInTurn = 0;
    const due = waiting.splice(0, MOST_A_TURN);
    for (const begin of due) begin();
    begunInTurn = due.length;
    if (begunInTurn > 0) scheduleNextTurn();
  }

  function scheduleNextTurn(): void {
    if (isNextTurnDue) return;
    isNextTurnDue = true;
    setImmediate(nextTurn);
  }

  return function answerInTurn(incoming, outgoing) {
    scheduleNextTurn();
    if (begunInTurn < MOST_A_TURN && waiting.length === 0) {
      begunInTurn += 1;
      answer(incoming, outgoing);
      return;
    }
    waiting.push(() => {
      if (!incoming.socket.destroyed) answer(incoming, outgoing);
    });
  };
}
