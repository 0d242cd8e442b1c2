const { setImmediate: realImmediate, setTimeout: realTimeout } = globalThis;

/** Activities that show work outside of virtual time: files, name look-ups and real sockets. */
const OUTSIDE = /^(FSReqCallback|FSReqPromise|CloseReq|GetAddrInfoReq|GetNameInfoReq|TCP|TLS|UDP)/;
/**
 * Reading a folder takes some turns of the event loop. After them, each further wait takes a millisecond, and all
 * together at most a minute.
 */
const QUICK_TURNS = 1_000;
const MOST_TURNS = 61_000;

/**
 * Resolves when everything has happened that needs no time: promises, ticks, streams, and files that are being read.
 * One turn of the real event loop is enough, unless the machine is doing something.
 *
 * @throws if something other than files is active, so that the app has bypassed its clock or its transport
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
