type Data = Readonly<Record<string, unknown>>;

/** The data of the event that a trigger of platform `event` reports. */
export function triggerData(trigger: unknown): Data {
  return asObject(asObject(asObject(trigger)["event"])["data"]);
}

export function asObject(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}
