import type { RawOptions } from "./options-schema.ts";

/** Twilio's edges, where traffic enters its network. Source: twilio.com/docs/global-infrastructure/edge-locations */
const EDGES = [
  "ashburn",
  "umatilla",
  "dublin",
  "frankfurt",
  "sydney",
  "singapore",
  "tokyo",
  "sao-paulo",
  "roaming",
  // These edges are for private connections to Twilio.
  "ashburn-ix",
  "san-jose-ix",
  "london-ix",
  "frankfurt-ix",
  "sydney-ix",
  "singapore-ix",
  "tokyo-ix",
];

/**
 * The edges through which each region of Twilio can be reached, the recommended edge first. Source:
 * twilio.com/docs/twilio-cli/general-usage/regional, /docs/global-infrastructure/api-domain-migration-guide
 */
const EDGES_OF: Readonly<Record<string, readonly string[]>> = {
  us1: EDGES,
  ie1: ["dublin"],
  au1: ["sydney"],
  jp1: ["tokyo"],
};

export interface CheckedRegion {
  readonly region: string | null;
  readonly edge: string | null;
  readonly warnings: readonly string[];
}

/**
 * Checks whether region and edge fit each other, because Twilio has host names for certain pairs only. If they do not
 * fit, the app uses neither, and a warning names pairs that fit. With `api_base_url`, the app uses neither of them, and
 * a warning says so.
 */
export function checkRegion(options: RawOptions): CheckedRegion {
  const region = asTwilioWritesIt(options.region);
  const edge = asTwilioWritesIt(options.edge);
  if (region === null && edge === null) return { region, edge, warnings: [] };
  const problem =
    options.api_base_url === null
      ? problemOf(region, edge)
      : "they apply only to Twilio, but api_base_url is set";
  if (problem === null) return { region, edge, warnings: [] };
  return { region: null, edge: null, warnings: [`region and edge: ${problem}; neither is used.`] };
}

function asTwilioWritesIt(name: string | null): string | null {
  return name?.toLowerCase().replace(/[\s_]+/g, "-") ?? null;
}

function problemOf(region: string | null, edge: string | null): string | null {
  if (region === null) return `only one is set; ${fitting(null, edge)}`;
  const edges = EDGES_OF[region];
  if (edges === undefined) return `${called(region)} is no region; ${fitting(null, edge)}`;
  if (edge === null) return `only one is set; ${fitting(region, null)}`;
  if (edges.includes(edge)) return null;
  if (!EDGES.includes(edge)) return `${called(edge)} is no edge; ${fitting(region, null)}`;
  return `${region} and ${edge} do not work together; ${fitting(region, null)}, and ${fitting(null, edge)}`;
}

/**
 * The name of a region or edge as a warning shows it. If the value does not look like a name, it is not shown, because
 * it may be a token in the wrong option.
 */
function called(name: string): string {
  return /^[a-z0-9-]{1,15}$/.test(name) ? name : "what you entered";
}

/**
 * Returns the end of a warning: an edge that fits the region, or a region that fits the edge. If neither is valid,
 * names one pair for each region.
 */
function fitting(region: string | null, edge: string | null): string {
  if (region !== null) return `region ${region} needs edge ${EDGES_OF[region]?.[0]}${ofRegion(region)}`;
  const found = Object.keys(EDGES_OF).findLast((name) => EDGES_OF[name]?.includes(edge ?? "") === true);
  if (found !== undefined) return `edge ${edge} needs region ${found}${ofRegion(found)}`;
  const pairs = Object.entries(EDGES_OF).map(([name, edges]) => `${name} with ${edges[0]}`);
  return `${edge === null ? "" : `${called(edge)} is no edge; `}there are ${pairs.join(", ")}`;
}

/**
 * Returns a hint that the region needs its own credentials. Empty for us1, which is Twilio's default region. Source:
 * twilio.com/docs/global-infrastructure/manage-regional-api-credentials
 */
function ofRegion(region: string): string {
  return region === "us1" ? "" : ` and the auth token and API key of ${region}`;
}
