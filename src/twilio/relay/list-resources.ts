import * as z from "zod";

import type { CloudClient, CloudHost } from "./cloud-client.ts";

const metaSchema = z.object({ meta: z.object({ next_page_url: z.string().nullable() }) });

/** How many pages of a list the app reads, which is more than the account of a home has. */
const MOST_PAGES = 20;

/**
 * Reads the items of a list page by page, at most `MOST_PAGES` pages. Twilio's answer contains the URL of the next page.
 * This function uses only the query of this URL, so no answer can send the credentials to a host other than Twilio's.
 */
export async function listResources<Item>(
  client: Pick<CloudClient, "call">,
  host: CloudHost,
  path: string,
  { key, item }: { readonly key: string; readonly item: z.ZodType<Item> },
): Promise<Item[]> {
  const items: Item[] = [];
  let query: Record<string, string> = { PageSize: "100" };
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const body = await client.call(host, { method: "GET", path, query });
    items.push(...(z.object({ [key]: z.array(item) }).parse(body)[key] ?? []));
    const next = metaSchema.parse(body).meta.next_page_url;
    if (next === null) break;
    query = Object.fromEntries(new URL(next).searchParams);
  }
  return items;
}
