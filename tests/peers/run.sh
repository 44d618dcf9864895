#!/usr/bin/env bash
# Installs the real programs that the connectors are tested against, as far as this machine lets us, and runs the
# tests. What cannot be installed is skipped by its tests, with the reason.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
export KBAUDIT_PEERS=${KBAUDIT_PEERS:-${TMPDIR:-/tmp}/kbaudit-peers}
mkdir -p "$KBAUDIT_PEERS/prism" "$KBAUDIT_PEERS/shopify"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  packages="php-cli php-sqlite3 php-mysql php-xml php-mbstring php-intl php-curl php-gd php-apcu mariadb-server
            postgresql wordpress wordpress-theme-twentytwentythree lighttpd php-cgi mediawiki"
  missing=$(for name in $packages; do dpkg -s "$name" >/dev/null 2>&1 || echo "$name"; done)
  if [ -n "$missing" ]; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    apt-get update -q && apt-get install -y -q --no-install-recommends $missing || echo "some packages were not installed"
  fi
fi
if command -v npm >/dev/null; then
  (cd "$KBAUDIT_PEERS/prism" && [ -d node_modules/@stoplight ] ||
    npm i --no-audit --no-fund --prefix "$KBAUDIT_PEERS/prism" @stoplight/prism-cli@5.16.0)
  (cd "$KBAUDIT_PEERS/shopify" && [ -d node_modules/graphql-yoga ] ||
    npm i --no-audit --no-fund --prefix "$KBAUDIT_PEERS/shopify" \
      graphql@16 graphql-yoga@5 @graphql-tools/schema@10 @graphql-tools/mock@9)
fi
# The driver stands beside the virtual environment, not in it.
[ -d "$KBAUDIT_PEERS/python/psycopg" ] ||
  "${PYTHON:-.venv/bin/python}" -m pip install -q --disable-pip-version-check --target "$KBAUDIT_PEERS/python" 'psycopg[binary]>=3.2' ||
  echo "psycopg was not installed"
cd "$here" && exec "${PYTHON:-.venv/bin/python}" -m pytest -m peer -rs tests/peers "$@"
