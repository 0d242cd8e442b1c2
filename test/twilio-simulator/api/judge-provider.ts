import type { ApiRequest, TwilioOpenApi } from "./twilio-open-api.ts";

const SID_OF_TWILIO = `AC${"0".repeat(32)}`;

/** Checks requests to a compatible provider with Twilio's document. Only its account and path differ. */
export function judgeProvider(
  openApi: TwilioOpenApi,
  provider: { readonly accountSid: string; readonly basePath: string },
): TwilioOpenApi {
  const { accountSid, basePath } = provider;
  const asTwilios = (text: string): string => text.replaceAll(accountSid, SID_OF_TWILIO);
  const atTwilio = (request: ApiRequest): ApiRequest => ({
    ...request,
    path: asTwilios(request.path.slice(basePath.length)),
  });
  return {
    problemsOfRequest: (request) => openApi.problemsOfRequest(atTwilio(request)),
    problemsOfAnswer: (request, status, body) =>
      openApi.problemsOfAnswer(atTwilio(request), status, JSON.parse(asTwilios(JSON.stringify(body)))),
  };
}
