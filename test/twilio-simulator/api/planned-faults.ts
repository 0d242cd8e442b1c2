import type { Fault } from "./rest-app.ts";

export interface PlannedFaults {
  /** The next requests with this method fail, by default one POST. With `path`, only requests to such paths count. */
  failNext(fault: Fault, times?: number, method?: "POST" | "GET", path?: RegExp): void;
  /** Returns the fault of a request and removes it from the plan; undefined if the request is to succeed. */
  takeFault(request: { readonly method: string; readonly path: string }): Fault | undefined;
}

/** Creates an empty plan of faults for requests to the API. Every method other than GET counts as POST. */
export function createPlannedFaults(): PlannedFaults {
  const planned: { readonly fault: Fault; readonly method: string; readonly path: RegExp }[] = [];
  return {
    failNext: (fault, times = 1, method = "POST", path = /^/) =>
      void planned.push(...Array.from({ length: times }, () => ({ fault, method, path }))),
    takeFault(request) {
      const method = request.method === "GET" ? "GET" : "POST";
      const index = planned.findIndex((each) => each.method === method && each.path.test(request.path));
      return index === -1 ? undefined : planned.splice(index, 1)[0]?.fault;
    },
  };
}
