/** Of the first page and of what it leads to. */
export const SETUP_STYLE = `/* Set up and try */
.row .action, form button { margin-top: 8px; }
.row .action {
  display: inline-block;
  padding: 8px 20px;
  background: var(--accent);
  color: var(--on-accent);
  border-radius: 20px;
  font-size: 14px;
  font-weight: 500;
  text-decoration: none;
}
.row .action:hover { filter: brightness(1.1); }
.kind { color: var(--secondary); font-size: 14px; }
.use { display: block; }
.asking { color: var(--secondary); }
.asking::before {
  content: "";
  display: none;
  width: 14px;
  height: 14px;
  margin-right: 8px;
  border: 2px solid var(--accent);
  border-right-color: transparent;
  border-radius: 50%;
  vertical-align: -2px;
  animation: turn 1s linear infinite;
}
.scripted .asking::before { display: inline-block; }
.scripted .reload-hint { display: none; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .asking::before { animation: none; } }
.outcome { border-left: 4px solid var(--attention); }
.outcome.good { border-left-color: var(--good); }
p.outcome:not(.card) { padding-left: 12px; }
.settings { width: 100%; border-collapse: collapse; font-size: 14px; table-layout: fixed; }
.settings th, .settings td {
  padding: 8px 8px 8px 0;
  border-bottom: 1px solid var(--divider);
  text-align: left;
  vertical-align: top;
  overflow-wrap: anywhere;
}
.settings th:first-child { width: 24%; }
.settings th { color: var(--secondary); font-weight: 500; }
.settings .changes { font-weight: 500; }
button.quiet { background: transparent; color: var(--accent); border: 1px solid var(--accent); }
.test-status { margin: 0 0 16px; padding: 12px; background: var(--field); border-radius: 8px; }
.test-status .row { padding: 0; }
.fields > label, .fields legend { display: block; padding: 0; margin: 12px 0 4px; color: var(--secondary); font-size: 14px; }
.fields fieldset { display: flex; flex-wrap: wrap; gap: 0 24px; margin: 0; padding: 0; border: 0; }
.fields fieldset label { display: flex; align-items: center; gap: 8px; min-height: 40px; }
.fields input[type="radio"] { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--accent); }
.fields > input, .fields textarea { display: block; width: 100%; font-family: inherit; font-size: 16px; }
.fields textarea {
  padding: 10px 12px;
  background: var(--field);
  color: inherit;
  border: 0;
  border-bottom: 1px solid var(--secondary);
  border-radius: 4px 4px 0 0;
  resize: vertical;
}
@media (max-width: 480px) {
  .settings, .settings tbody, .settings tr, .settings th[scope="row"], .settings td { display: block; padding-right: 0; }
  .settings thead { display: none; }
  .settings tr { padding: 8px 0; border-bottom: 1px solid var(--divider); }
  .settings th:first-child { width: auto; }
  .settings th, .settings td { padding: 2px 0; border: 0; }
  .settings th { color: var(--text); }
  .settings td::before { content: attr(data-label) ": "; color: var(--secondary); font-weight: 400; }
}
`;
