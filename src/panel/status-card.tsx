import { Moment } from "./moment.tsx";
import type { PanelFacts } from "./panel-facts.ts";
import { StateRow } from "./state-row.tsx";
import type { PanelTexts } from "./texts/panel-texts.ts";

/** How the app is. */
export function StatusCard({ facts, texts }: { readonly facts: PanelFacts; readonly texts: PanelTexts }) {
  const { status } = texts;
  const { homeAssistant, publicAddress, lastSignedAt, startedAt, accountSid } = facts;
  const waits = whatWaits(facts, texts);
  return (
    <section class="card" aria-labelledby="status">
      <h2 id="status">{status.title}</h2>
      <dl>
        {homeAssistant.connected ? (
          <StateRow
            texts={texts}
            state="good"
            name={status.homeAssistant}
            value={status.connected(homeAssistant.version ?? "")}
          />
        ) : (
          <StateRow
            texts={texts}
            state="waiting"
            name={status.homeAssistant}
            value={status.notConnected}
            note={status.notConnectedNote}
          />
        )}
        {publicAddress === null ? (
          <StateRow
            texts={texts}
            state="attention"
            name={status.address}
            value={status.addressUnknown}
            note={status.addressUnknownNote}
          />
        ) : (
          <StateRow
            texts={texts}
            state="good"
            name={status.address}
            value={publicAddress.base}
            note={publicAddress.isLearnt ? status.addressLearnt : status.addressConfigured}
          />
        )}
        {lastSignedAt === null ? (
          <StateRow
            texts={texts}
            state="waiting"
            name={status.lastWebhook}
            value={status.signatureNotSeen}
            note={
              <>
                {status.sinceStart} <Moment at={startedAt} facts={facts} texts={texts} />
              </>
            }
          />
        ) : (
          <StateRow
            texts={texts}
            state="good"
            name={status.lastWebhook}
            value={<Moment at={lastSignedAt} facts={facts} texts={texts} />}
            note={status.signatureSeen}
          />
        )}
        <StateRow
          texts={texts}
          state={waits.length === 0 ? "good" : "waiting"}
          name={status.waiting}
          value={waits.length === 0 ? status.nothingWaits : waits.join(", ")}
        />
        <StateRow texts={texts} state="plain" name={status.account} value={<code>{accountSid}</code>} />
      </dl>
    </section>
  );
}

function whatWaits({ waiting }: PanelFacts, { status }: PanelTexts): string[] {
  return [
    ...(waiting.events === 0 ? [] : [status.eventsWait(waiting.events)]),
    ...(waiting.commands === 0 ? [] : [status.commandsWait(waiting.commands)]),
  ];
}
