/** An address for people to recognise: what may be secret in it, a password or a query, is left out. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return address === "" ? "" : "…";
  const url = new URL(address);
  return `${url.origin === "null" ? `${url.protocol}//` : url.origin}${url.pathname}${url.search === "" ? "" : "?…"}${url.hash}`;
}
