/** More messages, or bytes, go into a further frame: Core reads at most 4 MiB at once. */
const MOST_MESSAGES = 64;
const MOST_LENGTH = 512 * 1024;

/**
 * Puts all messages of one turn into one frame, which Home Assistant takes as an array: a replay of thousands of
 * events costs it far less so.
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
