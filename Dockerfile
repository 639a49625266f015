# Summa in one container: API, web app, and a Postgres of its own unless DATABASE_URL names another.
#
#   docker build -t summa .
#   docker run -p 4000:4000 -v summa:/data summa
#
# Written where there is no Docker engine: the commands were tried outside of one, the image was not.

ARG NODE=22.23.3-bookworm-slim

FROM node:${NODE} AS build
ENV CI=true
WORKDIR /summa
COPY . .
RUN node --input-type=module \
  -e "const { prepare } = await import('./scripts/prepare.mjs'); prepare('@summa/server#build', '@summa/web#build');"
# Installed anew, without what only building and testing needs.
RUN find . -maxdepth 3 -name node_modules -type d -prune -exec rm -rf {} + \
  && npx --yes "$(node -p 'require("./package.json").packageManager')" \
    --filter '@summa/server...' install --prod --frozen-lockfile --prefer-offline

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 SUMMA_DATA_DIR=/data
WORKDIR /summa
COPY --from=build /summa/package.json /summa/LICENSE ./
COPY --from=build /summa/prisma ./prisma
COPY --from=build /summa/node_modules ./node_modules
COPY --from=build /summa/packages/core ./packages/core
COPY --from=build /summa/apps/server ./apps/server
COPY --from=build /summa/apps/web/dist ./apps/web/dist
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The flags of apps/server/node-flags.json. Node ends cleanly by SIGTERM, and is no shell's child.
CMD ["node", "--max-semi-space-size=64", "apps/server/dist/main.js", "serve"]
