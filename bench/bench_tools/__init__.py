"""What the benchmark needs inside Core. Core's own code stays as it is."""

import select

from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
from homeassistant.helpers.typing import ConfigType

DOMAIN = "bench_tools"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer `block`, and write down which automation runs there were."""
    counted = await hass.async_add_executor_job(open, hass.config.path("counted.txt"), "a", 1)

    @callback
    def count(event: Event) -> None:
        counted.write(f"{event.data['sid']}\n")

    async def block(call: ServiceCall) -> None:
        # Core refuses `time.sleep` in its event loop. `select` blocks the event loop, too.
        select.select([], [], [], call.data["seconds"])

    hass.bus.async_listen("bench_counted", count)
    hass.services.async_register(DOMAIN, "block", block)
    return True
