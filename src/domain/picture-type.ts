const SIGNATURES: readonly (readonly [type: string, first: readonly number[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/**
 * The type of a picture by its first bytes, else null. Cameras say JPEG of whatever they give, and Twilio rejects a
 * file that is not what its Content-Type says.
 */
export function pictureType(content: Uint8Array): string | null {
  const found = SIGNATURES.find(([, first]) => first.every((byte, index) => content[index] === byte));
  return found?.[0] ?? null;
}
