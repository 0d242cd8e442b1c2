const { setImmediate: realImmediate, setTimeout: realTimeout } = globalThis;

/** What shows that work goes on outside of virtual time: files, name look-ups, real sockets. */
const OUTSIDE = /^(FSReqCallback|FSReqPromise|CloseReq|GetAddrInfoReq|GetNameInfoReq|TCP|TLS|UDP)/;
/** Reading a folder takes the machine some turns; then it is waited for a millisecond each time, for a minute at most. */
const QUICK_TURNS = 1_000;
const MOST_TURNS = 61_000;

/**
 * Resolves when all that needs no time has happened: promises, ticks, streams, and files that are being read. One turn
 * of the real event loop does it, unless something of the machine is under way.
 *
 * @throws if something else than files goes on: the app has found a way around its clock or its transport
 */
export async function drainTurn(): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    await new Promise<void>((resolve) => {
      if (turns < QUICK_TURNS) realImmediate(resolve);
      else realTimeout(resolve, 1);
    });
    const outside = process.getActiveResourcesInfo().filter((name) => OUTSIDE.test(name));
    if (outside.length === 0) return;
    const foreign = outside.find((name) => !name.startsWith("FSReq") && name !== "CloseReq");
    if (foreign !== undefined) throw new Error(`the app uses the machine's ${foreign}`);
  }
  throw new Error("a file is read for ever");
}
