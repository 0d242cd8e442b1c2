import { errorOf } from "../../domain/reported-error.ts";
import { CloudRequestError } from "./cloud-request-error.ts";

/** Returns an error of the relay's set-up or removal that the app itself found, with a code and a message of its own. */
export function setUpError(code: string, message: string): CloudRequestError {
  return new CloudRequestError("refused", { ...errorOf(code, message), more_info: null });
}
