export interface FaultNoteProps {
  readonly text: string;
  /** More details about the fault, in English; null if the app has none. */
  readonly reason: string | null;
}

/** Shows why the app did not accept a form. Screen readers read the text at once. */
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
