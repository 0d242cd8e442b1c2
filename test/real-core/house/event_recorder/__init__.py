"""Writes down every event of the app, inside Core: a client would miss what comes while it reconnects."""

import json

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

DOMAIN = "event_recorder"
EVENTS = ("twilio_data_received", "twilio_data_missed", "twilio_message_status", "twilio_result")


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Append each event as a line of JSON, at once."""
    lines = await hass.async_add_executor_job(open, hass.config.path("events.jsonl"), "a", 1)

    @callback
    def record(event: Event) -> None:
        lines.write(json.dumps({"type": event.event_type, "data": event.data}) + "\n")

    for event_type in (*EVENTS, *(config[DOMAIN] or ())):
        hass.bus.async_listen(event_type, record)
    return True
