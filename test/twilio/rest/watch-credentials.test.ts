import { expect, test } from "vitest";

import { TwilioUnreachableError } from "../../../src/twilio/rest/errors.ts";
import { watchCredentials } from "../../../src/twilio/rest/watch-credentials.ts";

const API = "https://api.twilio.com/2010-04-01/Accounts/AC1";

async function reportsOf(uri: string, statusCode: number, code?: number): Promise<string[]> {
  const reports: string[] = [];
  const client = watchCredentials(
    {
      request: () =>
        statusCode === 0
          ? Promise.reject(new TwilioUnreachableError("ENOTFOUND"))
          : Promise.resolve({ statusCode, body: code === undefined ? "<html>" : { code }, headers: {} }),
    },
    {
      credentialsRefused: () => void reports.push("refused"),
      credentialsAccepted: () => void reports.push("accepted"),
    },
  );
  await client.request({ method: "GET", uri }).catch(() => undefined);
  return reports;
}

test.each([
  [`${API}/Messages.json`, 401, 20003, ["refused"]],
  [`${API}/Messages.json`, 401, undefined, ["refused"]],
  [`${API}/Calls/CA1.json`, 403, 20003, ["refused"]],
  ["https://space.example/api/laml/2010-04-01/Accounts/uuid/Calls", 401, undefined, ["refused"]],
  [`${API}/Messages.json`, 201, undefined, ["accepted"]],
  ["https://monitor.twilio.com/v1/Alerts", 200, undefined, ["accepted"]],
])(
  "the answer of %s with HTTP %i and error %s shows that the credentials are %j",
  async (uri, status, code, reports) => {
    expect(await reportsOf(uri, status, code)).toEqual(reports);
  },
);

test.each([
  ["a refusal to read the account with a standard API key", `${API}.json`, 401, 20003],
  ["a refusal to read the balance with an API key", `${API}/Balance.json`, 401, 20003],
  [
    "a refusal to read the alerts with a restricted API key",
    "https://monitor.twilio.com/v1/Alerts",
    401,
    20003,
  ],
  ["the error for a missing permission of an API key", `${API}/Messages.json`, 401, 70051],
  ["a refusal for another reason", `${API}/Messages.json`, 400, 21211],
  ["an error of Twilio's", `${API}/Messages.json`, 503, undefined],
  ["no answer", `${API}/Messages.json`, 0, undefined],
])("%s shows nothing about the credentials", async (_name, uri, status, code) => {
  expect(await reportsOf(uri, status, code)).toEqual([]);
});
