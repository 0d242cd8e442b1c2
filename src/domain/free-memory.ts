/**
 * Frees the memory of a part of a request's body at once; the part is empty then. V8 counts it outside its heap and
 * collects only every 32 MB of it: hundreds of forms of 64 kB that were dropped would stay that long. A part that
 * shares its memory with others leaves it to them.
 */
export function freeMemory({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
