import type { RecordedRequest } from "../api/rest-app.ts";
import { deliveredTo } from "./delivered-to.ts";
import type { WebhookTarget } from "./send-webhook.ts";

export interface HouseAddressesOptions {
  /** Whether queries are sorted after signing, as users have reported of Twilio. */
  readonly sortsQueries: boolean;
  /** The real URL of requests to a domain of Twilio's Functions, or null for another domain. */
  readonly functionsAt: (domain: string) => string | null;
  readonly onViolation: (problem: string) => void;
}

export interface HouseAddressBook {
  /** All URLs of the app that Twilio has received, unchanged. */
  addresses(): readonly string[];
  /** The app's public origin. Callbacks to it go to `realOrigin`. */
  routeCallbacks(origin: string, realOrigin: string): void;
}

/** Collects the URLs that the app sends to Twilio, and finds the real URLs on this machine. */
export function createHouseAddresses({ sortsQueries, functionsAt, onViolation }: HouseAddressesOptions) {
  const all = new Set<string>();
  let route = { origin: "", realOrigin: "" };

  function note(text: string): void {
    const isOurs = route.origin !== "" && text.startsWith(`${route.origin}/`);
    if (!isOurs || all.has(text)) return;
    all.add(text);
    const problem = addressProblem(text);
    if (problem !== null) onViolation(`the address ${text} ${problem}`);
  }

  const book: HouseAddressBook = {
    addresses: () => [...all],
    routeCallbacks(origin, realOrigin) {
      route = { origin, realOrigin };
    },
  };

  return {
    book,
    /** Collects the URLs in requests to the API, which then continue to `next`. */
    noteForms:
      (next: (request: RecordedRequest) => void) =>
      (request: RecordedRequest): void => {
        for (const value of Object.values(request.form).flat()) {
          note(value);
          if (value.startsWith("<")) noteDocument(value);
        }
        next(request);
      },
    noteDocument,
    deliveredTo(address: string, webhook?: WebhookTarget): string {
      const url = URL.parse(address);
      const functions = url === null ? null : functionsAt(url.host);
      const real =
        url === null || functions === null
          ? deliveredTo(address, webhook, route)
          : functions + address.slice(url.origin.length);
      return sortsQueries ? withSortedQuery(real) : real;
    },
  };

  /** Collects the URLs in attributes and texts of TwiML. */
  function noteDocument(xml: string): void {
    for (const [, found = ""] of xml.matchAll(/["'>\s](https?:\/\/[^"'<>\s]+)/g))
      note(found.replaceAll("&amp;", "&"));
  }
}

/** The problem of a URL whose query changes by sorting or another encoding; null if there is none. */
export function addressProblem(address: string): string | null {
  const [url = ""] = address.split("#", 1);
  if (withSortedQuery(url) !== url) return "has an unsorted query";
  const [, query = ""] = url.split("?", 2);
  return /^[\w.=&-]*$/.test(query) ? null : "has a query that can be written differently";
}

/** Sorts a query by the names of its parameters, without changing their encoding. */
export function withSortedQuery(address: string): string {
  const [, path = "", query, fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(address) ?? [];
  if (query === undefined) return address;
  const nameOf = (pair: string): string => pair.split("=", 1)[0] ?? "";
  const pairs = query
    .split("&")
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return `${path}?${pairs.join("&")}${fragment}`;
}
