import { Hono } from "hono";

const RATE = 8_000;
const SECONDS = 2;
const HEADER_BYTES = 44;

/** Serves the sound of all recordings, without credentials. That is the default at Twilio. */
export function createRecordingSounds(): Hono {
  const app = new Hono();
  app.get("/Recordings/:file{RE[0-9a-f]{32}(\\.(mp3|wav))?}", (c) =>
    c.body(recordedTone(), 200, { "Content-Type": "audio/wav" }),
  );
  return app;
}

/** Creates a soft tone, as a WAV file of 16-bit samples. */
function recordedTone(): ArrayBuffer {
  const dataBytes = RATE * SECONDS * 2;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + dataBytes));
  const write = (at: number, text: string): void =>
    new Uint8Array(view.buffer).set(new TextEncoder().encode(text), at);
  write(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  // PCM, one channel.
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, dataBytes, true);
  for (let index = 0; index < RATE * SECONDS; index += 1)
    view.setInt16(HEADER_BYTES + index * 2, Math.sin((index / RATE) * 440 * 2 * Math.PI) * 6_000, true);
  return view.buffer;
}
