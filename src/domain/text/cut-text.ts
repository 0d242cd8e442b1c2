/**
 * Returns at most the first `most` characters of a text. An emoji at the end is left out and not cut in half: Home
 * Assistant and Twilio accept no half characters.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return text.slice(0, isHalf ? most - 1 : most);
}
