/** Of the pages of activity and of what can be pasted. */
export const ACTIVITY_STYLE = `/* Activity and ready to paste */
.lines, .happened { margin: 0; padding: 0; list-style: none; }
.lines li + li { margin-top: 8px; }
.lines .note { margin: 0; }
.happened li { padding: 12px 0; border-top: 1px solid var(--divider); overflow-wrap: anywhere; }
.happened li:first-child { border-top: 0; padding-top: 0; }
.happened p { margin: 0; }
.happened .why { margin: 4px 0; padding-left: 12px; color: var(--text); border-left: 3px solid var(--attention); font-size: 14px; }
.happened + nav { padding-top: 12px; border-top: 1px solid var(--divider); }
.bar { margin-bottom: 16px; }
.bar p { display: flex; justify-content: space-between; gap: 16px; margin: 0 0 4px; }
.bar .note { color: var(--attention); }
progress {
  display: block;
  width: 100%;
  height: 8px;
  appearance: none;
  background: var(--field);
  border: 0;
  border-radius: 4px;
  overflow: hidden;
}
progress::-webkit-progress-bar { background: var(--field); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.choices { flex-direction: column; gap: 4px; margin-bottom: 16px; padding: 0; }
.choices a { padding: 8px 12px; color: inherit; border: 1px solid var(--divider); border-radius: 8px; }
.choices a[aria-current] { color: inherit; border-color: var(--accent); border-width: 2px; padding: 7px 11px; }
.choices a > span { display: block; overflow-wrap: anywhere; }
.copy-block { margin: 16px 0; }
.copy-block ~ .note { margin-bottom: 8px; }
.copy-block div { flex-direction: column; align-items: flex-start; }
.copy-block textarea {
  width: 100%;
  padding: 12px;
  background: var(--field);
  color: inherit;
  border: 0;
  border-radius: 8px;
  font: 14px/1.5 "Roboto Mono", ui-monospace, monospace;
  resize: vertical;
}
`;
