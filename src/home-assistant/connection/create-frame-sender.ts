/**
 * The highest number of messages in one WebSocket frame. `MOST_LENGTH` limits the frame's length, because Core accepts
 * at most 4 MiB in one frame.
 */
const MOST_MESSAGES = 64;
const MOST_LENGTH = 512 * 1024;

/**
 * Creates a function that sends messages. Messages that are sent directly after one another go as an array into one
 * WebSocket frame, up to the limits above. If thousands of events wait, this is much less work for Home Assistant.
 *
 * @returns a function that sends one message, given as JSON
 */
export function createFrameSender(sendFrame: (text: string) => void): (message: string) => void {
  let messages: string[] = [];
  let length = 0;

  function flush(): void {
    if (messages.length === 0) return;
    const [only] = messages;
    const frame = messages.length === 1 && only !== undefined ? only : `[${messages.join(",")}]`;
    messages = [];
    length = 0;
    sendFrame(frame);
  }

  return (json) => {
    const message = withoutHalfCharacters(json);
    if (messages.length >= MOST_MESSAGES || length + message.length > MOST_LENGTH) flush();
    length += message.length;
    if (messages.push(message) === 1) queueMicrotask(flush);
  };
}

/**
 * Replaces each half of a surrogate pair, such as half an emoji, by the replacement character. Core's parser refuses a
 * message with such a half and ends the connection, again after each reconnection. `JSON.stringify` writes the halves,
 * and nothing else, as `\uD8…` to `\uDF…`.
 */
function withoutHalfCharacters(json: string): string {
  if (!json.includes("\\ud")) return json;
  // Each match is one complete escape, so a backslash that the text itself contains does not begin another one.
  return json.replace(/\\(?:ud[89a-f][\da-f]{2}|.)/g, (escape) => (escape.length === 6 ? "\\ufffd" : escape));
}
