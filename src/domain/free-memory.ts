/**
 * Frees the memory of one received chunk of a request's body at once; the chunk is empty afterwards. V8 would keep it
 * for long: such memory lies outside V8's heap, so V8 collects it only every 32 MB. Leaves a chunk unchanged if it
 * shares its memory with other chunks.
 */
export function freeMemory({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
