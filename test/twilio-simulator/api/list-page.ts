/** The fields of Twilio's lists by which a list can be filtered. */
interface Listable {
  readonly to?: string;
  readonly from?: string | null;
  readonly date_created?: string;
  readonly date_sent?: string | null;
  readonly start_time?: string | null;
}

/** One page of a list, filtered as Twilio's API does: dates by whole days, in UTC. The newest come first, or last. */
export function listPage(
  url: string,
  name: string,
  all: readonly Listable[],
  order: "falling" | "rising" = "falling",
): object {
  const { pathname, searchParams } = new URL(url);
  const get = (parameter: string): string | null => searchParams.get(parameter);
  const found = all
    .filter((one) => (get("To") ?? one.to) === one.to && (get("From") ?? one.from) === one.from)
    .filter((one) => isWithin(one, "DateSent", searchParams) && isWithin(one, "StartTime", searchParams))
    .toReversed()
    .toSorted((one, other) => timeOf(other) - timeOf(one));
  if (order === "rising") found.reverse();
  const size = Number(get("PageSize") ?? 50);
  const page = Number(get("Page") ?? 0);
  const shown = found.slice(page * size, (page + 1) * size);
  const pageUri = (number: number): string => {
    const query = new URLSearchParams(searchParams);
    query.set("Page", String(number));
    query.set("PageSize", String(size));
    return `${pathname}?${query.toString()}`;
  };
  return {
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: pageUri(page),
    first_page_uri: pageUri(0),
    next_page_uri: (page + 1) * size < found.length ? pageUri(page + 1) : null,
    previous_page_uri: page > 0 ? pageUri(page - 1) : null,
    [name]: shown,
  };
}

/** `DateSent>` means that day or later, and `DateSent<` that day or earlier. */
function isWithin(one: Listable, parameter: "DateSent" | "StartTime", query: URLSearchParams): boolean {
  const date = (parameter === "DateSent" ? one.date_sent : one.start_time) ?? one.date_created;
  if (date === undefined) return true;
  const day = dayOf(date);
  const [on, since, until] = [parameter, `${parameter}>`, `${parameter}<`].map((name) => query.get(name));
  if (on && day !== dayOf(on)) return false;
  if (since && day < dayOf(since)) return false;
  return !(until && day > dayOf(until));
}

function timeOf({ date_created: created }: Listable): number {
  return created === undefined ? 0 : Date.parse(created);
}

function dayOf(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
