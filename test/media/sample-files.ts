/** Files with the first bytes of their types. */
export const JPEG = fileOf([0xff, 0xd8, 0xff, 0xe0], 2_000);
export const PNG = fileOf([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 3_000);
export const MP3 = fileOf([0x49, 0x44, 0x33, 0x04], 4_000);

function fileOf(first: readonly number[], length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => first[index] ?? (index * 31) % 251);
}
