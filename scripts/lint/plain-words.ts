/**
 * Where a word is refused. `name`: names that the source declares (variables, functions, members, types, files).
 * `type`: the names of types and classes alone. `prose`: comments, test titles and texts.
 */
export type Place = "name" | "type" | "prose";

export interface PrivateWord {
  /** A regular expression over whole words. A name is matched as its words in lower case: `mayPass` is "may pass". */
  readonly words: string;
  /** The words to use instead. */
  readonly say: string;
  readonly places: readonly Place[];
}

/** For words that are needed nowhere. */
const ALWAYS: readonly Place[] = ["name", "prose"];
/** For words that are ordinary English in a sentence, but too vague as a name. */
const NAME: readonly Place[] = ["name"];
const PROSE: readonly Place[] = ["prose"];

/**
 * The private idiom that this project has left behind, and the field's words for it. A word that is ordinary English in
 * a sentence ("late", "once", "seen", "told") is refused in names alone.
 */
export const PRIVATE_WORDS: readonly PrivateWord[] = [
  { words: "(?:heard|kept) requests?", say: "request inbox, pending requests", places: ALWAYS },
  { words: "heard|un ?heard", say: "received, pending", places: NAME },
  { words: "kept|un ?kept", say: "pending, committed, stored", places: NAME },
  { words: "(?:\\w+ )*sends?", say: "delivery", places: ["type"] },
  { words: "(?:a|each|every|one|this|the) send|the sends", say: "delivery", places: PROSE },
  { words: "sends$", say: "deliveries", places: NAME },
  { words: "fates?", say: "initial state, outcome", places: ALWAYS },
  { words: "puts? back|putting back", say: "requeue (a request), restore (a value)", places: ALWAYS },
  { words: "sets? aside|setting aside", say: "reject", places: ALWAYS },
  { words: "unsure", say: "maybe delivered, possibly delivered", places: ALWAYS },
  { words: "late|too late", say: "stale", places: NAME },
  { words: "un ?proven|un ?proved", say: "ageUnverified", places: ALWAYS },
  { words: "prove[ds]?|proving|proven", say: "verify", places: NAME },
  { words: "(?:prove[ds]?|proving|proven) (?:\\w+ )?(?:ages?|sids?)", say: "verify the age", places: PROSE },
  { words: "steer(?:s|ed|ing)?(?: calls?)?", say: "call session, control a call", places: ALWAYS },
  { words: "call lines?|lines? of (?:a|the|this) call", say: "call session", places: ALWAYS },
  { words: "(?:step )?slots?", say: "active step", places: NAME },
  { words: "step slots?", say: "active step", places: PROSE },
  { words: "last words", say: "grace period", places: ALWAYS },
  { words: "in touch", say: "hasRecentRequest", places: ALWAYS },
  { words: "otherwise", say: "fallback (the option `otherwise` keeps its name)", places: NAME },
  { words: "farewells?", say: "goodbye", places: ALWAYS },
  { words: "opening", say: "first step", places: NAME },
  { words: "could be", say: "matchSentItem", places: NAME },
  { words: "rivals?", say: "competing requests", places: ALWAYS },
  { words: "owned", say: "claimed", places: NAME },
  { words: "finds? earlier", say: "look up before sending", places: ALWAYS },
  { words: "shel(?:f|ves?|ved|ving)", say: "temporary files, publish media", places: ALWAYS },
  { words: "offer(?:s|ed|ing)?", say: "publish", places: NAME },
  { words: "hazards?", say: "account warnings", places: ALWAYS },
  { words: "troubles?", say: "problem", places: ALWAYS },
  { words: "tells? happened", say: "describeEvent", places: ALWAYS },
  { words: "happened", say: "HistoryEntry", places: NAME },
  { words: "standing", say: "state", places: NAME },
  { words: "un ?told|told", say: "description, reported", places: NAME },
  { words: "(?:ask )?seldom", say: "cachedCheck", places: ALWAYS },
  { words: "peek(?:s|ed|ing)?", say: "cached", places: ALWAYS },
  { words: "forget", say: "invalidate, or what is removed", places: NAME },
  { words: "(?:read|choose|chosen|fetch|fetched) missed", say: "backfill", places: ALWAYS },
  { words: "until (?:it is )?kept", say: "retryWrites", places: ALWAYS },
  { words: "may pass", say: "isTransient", places: ALWAYS },
  { words: "seen", say: "snapshotHash, or what was received", places: NAME },
  { words: "(?<!at )once", say: "idempotencyKey, or when it happens", places: NAME },
  { words: "facts?", say: "settings table, or what it is about", places: NAME },
  { words: "(?:to |ready to )?pastes?", say: "examples", places: NAME },
  { words: "ready to paste", say: "examples", places: PROSE },
  { words: "moments?", say: "time", places: NAME },

  // Words that need a noun, which says whose they are.
  {
    words: "an address",
    say: "a URL, a public address, an IP address, a number or a channel address",
    places: PROSE,
  },
  {
    words: "by reference|(?:a|this) reference(?! to)",
    say: "the delivery's secret reference",
    places: PROSE,
  },
  { words: "an? sids?", say: "a message's SID, a call's SID", places: PROSE },

  // Sentences whose subject hides in a clause.
  {
    words: "what (?:becomes|became|has become|came|comes) of",
    say: "the outcome, the result",
    places: PROSE,
  },
  { words: "how (?:\\w+ ){1,6}(?:gets|get|got) on", say: "the status of", places: PROSE },
  { words: "(?:has|have) got on", say: "has a new status", places: PROSE },
  { words: "(?:points?|things?) (?:that )?needs? you", say: "problems need attention", places: PROSE },
  { words: "go(?:es)? nowhere", say: "are not handled", places: PROSE },
  { words: "so long it rings", say: "it rings until then", places: PROSE },
];
