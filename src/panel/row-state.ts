/** What a line of a checklist says at a glance; `plain` where it says nothing. */
export type RowState = "good" | "waiting" | "attention" | "plain";
