#!/usr/bin/env bash
# Builds what pages load: npm's packages, as package-lock.json pins them, and our own sources -> ../wwwroot. `./dev assets` calls it.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

command -v npm >/dev/null || { echo "dev: npm is needed to rebuild the assets (Debian: apt-get install npm)" >&2; exit 1; }
# No address of a registry in the lock file: npm ci takes packages from whatever registry is configured, and checks their hashes.
npm ci --no-audit --no-fund --ignore-scripts --omit-lockfile-registry-resolved
node build.js
