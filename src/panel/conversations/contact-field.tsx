export interface ContactFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** The names of contacts that the browser suggests. */
  readonly contacts: readonly string[];
}

/** Shows a field into which the user types a number, or the name of a contact. */
export function ContactField({ id, name, label, hint, value, contacts }: ContactFieldProps) {
  return (
    <>
      <label for={id}>{label}</label>
      <input
        {...{ id, name, value }}
        required
        list={`${id}-contacts`}
        autocomplete="off"
        aria-describedby={`${id}-hint`}
      />
      <datalist id={`${id}-contacts`}>
        {contacts.map((contact) => (
          <option value={contact} />
        ))}
      </datalist>
      <p class="note" id={`${id}-hint`}>
        {hint}
      </p>
    </>
  );
}
