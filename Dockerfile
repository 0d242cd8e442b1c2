# The bundle is the same for all processors, so it is built on the processor of the building machine.
FROM --platform=$BUILDPLATFORM node:24.21.0-alpine3.24 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY LICENSE ./
COPY scripts/build.ts scripts/
COPY scripts/bundle scripts/bundle
COPY addon addon
COPY src src
RUN node scripts/build.ts

FROM node:24.21.0-alpine3.24
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/dist ./

# Docker waits for one interval before its first check. In releases, the build adds --start-interval=1s, which older
# versions of Docker do not accept.
HEALTHCHECK --interval=6s --timeout=10s --start-period=30s --retries=15 CMD ["node", "/app/main.mjs", "health"]
# No shell starts the app: Node gets signals directly, and apparmor.txt allows no shell.
ENTRYPOINT []
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=4", "--max-old-space-size=256", "main.mjs"]

ARG BUILD_ARCH="aarch64|amd64"
ARG BUILD_VERSION=dev
LABEL \
  io.hass.type="app" \
  io.hass.name="Twilio" \
  io.hass.arch="${BUILD_ARCH}" \
  io.hass.version="${BUILD_VERSION}" \
  org.opencontainers.image.title="Twilio for Home Assistant" \
  org.opencontainers.image.description="Phone calls and text messages for your automations, through Twilio" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.source="https://github.com/twilio-for-home-assistant/app" \
  org.opencontainers.image.url="https://github.com/twilio-for-home-assistant/app" \
  org.opencontainers.image.version="${BUILD_VERSION}"
