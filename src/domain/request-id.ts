/** The id of a request that came without one. `uuid`: unguessable, made once. */
export function generatedRequestId(what: "notify" | "event", uuid: string): string {
  return `${what}_${uuid}`;
}

/** Nobody can ask again under such an id: every hearing of it is a request of its own. */
export function isGeneratedRequestId(requestId: string): boolean {
  return /^(notify|event)_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(requestId);
}
