export interface FaultNoteProps {
  readonly text: string;
  /** More about it in English; null for nothing. */
  readonly reason: string | null;
}

/** Says why a form was not accepted. Screen readers read it at once. */
export function FaultNote({ text, reason }: FaultNoteProps) {
  return (
    <p class="why" role="alert">
      {text}
      {reason === null ? null : (
        <>
          {" "}
          <span lang="en">{reason}</span>
        </>
      )}
    </p>
  );
}
