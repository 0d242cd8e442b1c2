type Data = Readonly<Record<string, unknown>>;

/** The data of the event that has fired a trigger of platform `event`. */
export function triggerData(trigger: unknown): Data {
  return asObject(asObject(asObject(trigger)["event"])["data"]);
}

/** Returns the value if it is an object, else an empty object. */
export function asObject(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}
