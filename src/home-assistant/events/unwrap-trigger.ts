type Data = Readonly<Record<string, unknown>>;

/** The data of the event that a trigger of platform `event` reports. */
export function triggerData(trigger: unknown): Data {
  return asObject(asObject(asObject(trigger)["event"])["data"]);
}

/** The value, or an empty object if it is not an object. */
export function asObject(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}
