/** Returns the relative URL of a page of the panel, with a query. */
export function pageAddress(page: string, query: Readonly<Record<string, string | number>>): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) words.set(name, String(value));
  return `${page}?${words.toString()}`;
}
