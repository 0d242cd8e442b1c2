/** The most messages and bytes in one frame. Core reads at most 4 MiB per frame. */
const MOST_MESSAGES = 64;
const MOST_LENGTH = 512 * 1024;

/**
 * Collects all messages of one turn of the event loop in one frame, as an array. With thousands of waiting events, this
 * is much less work for Home Assistant.
 *
 * @returns a function that sends one message, as JSON
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

  return (message) => {
    if (messages.length >= MOST_MESSAGES || length + message.length > MOST_LENGTH) flush();
    length += message.length;
    if (messages.push(message) === 1) queueMicrotask(flush);
  };
}
