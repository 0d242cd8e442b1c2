// This file is loaded into the process before the app. It kills the process before or after a statement on the
// journal, or after the answer to a webhook.
import { ServerResponse } from "node:http";
import { StatementSync } from "node:sqlite";

/**
 * `DIE_AT` is `before` or `after`, and a text in a statement of the fatal transaction or in one of its values, such as
 * `after INSERT INTO events`. With `after answer 2`, Twilio has got the answer to its second webhook.
 */
const [when, ...words] = (process.env["DIE_AT"] ?? "").split(" ");
const fatal = words.join(" ");
let isFatal = false;

function notice(statement: StatementSync, given: readonly unknown[]): void {
  const said = [statement.sourceSQL, ...given].join(" ").replace(/\s+/g, " ");
  if (fatal !== "" && said.includes(fatal)) isFatal = true;
}

const { get, run } = StatementSync.prototype;
// A statement with RETURNING writes, too, and is run by `get`.
StatementSync.prototype.get = function getAndNotice(this: StatementSync, ...given: never[]) {
  notice(this, given);
  return get.apply(this, given as never);
};
StatementSync.prototype.run = function runAndDie(this: StatementSync, ...given: never[]) {
  notice(this, given);
  const isFatalCommit = this.sourceSQL === "COMMIT" && isFatal;
  if (isFatalCommit && when === "before") process.kill(process.pid, "SIGKILL");
  const result = run.apply(this, given as never);
  if (isFatalCommit && when === "after") process.kill(process.pid, "SIGKILL");
  return result;
};

const { end } = ServerResponse.prototype;
let answers = 0;
ServerResponse.prototype.end = function endAndDie(this: ServerResponse, ...given: never[]) {
  const result = end.apply(this, given as never);
  if (this.req.method === "POST") answers += 1;
  if (`${when} ${fatal}` === `after answer ${answers}`) process.kill(process.pid, "SIGKILL");
  return result;
};
