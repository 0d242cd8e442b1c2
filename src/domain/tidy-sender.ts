/** A number in E.164 also without its `+` or with spaces, as Core takes it; `MG…`, names and channels stay. */
export function tidySender(text: string): string {
  const tight = text.replace(/[\s().\-/]/g, "");
  if (/^\+\d+$/.test(tight)) return tight;
  return /^[1-9]\d{7,14}$/.test(tight) ? `+${tight}` : text;
}
