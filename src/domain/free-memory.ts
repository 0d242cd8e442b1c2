/**
 * Frees the memory of a part of a request's body at once; the part is empty then. Otherwise it would stay until V8
 * collects it. V8 does that only every 32 MB, because such memory lies outside its heap. A part that shares its memory
 * with others is left as it is.
 */
export function freeMemory({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
