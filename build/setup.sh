#!/bin/sh
# Checks the SDK, then restores. With CI=true the lock files decide: a package outside them fails.
set -eu
cd "$(dirname "$0")/.."
dotnet=${DOTNET:-dotnet}

if ! command -v "$dotnet" >/dev/null 2>&1; then
    echo "setup: '$dotnet' was not found. Install the .NET 10 SDK (https://dotnet.microsoft.com/download) and try again." >&2
    exit 1
fi
if ! version=$("$dotnet" --version 2>/dev/null); then
    echo "setup: no installed SDK fits global.json. Installed are:" >&2
    (cd / && "$dotnet" --list-sdks) >&2
    echo "setup: install the .NET 10 SDK (https://dotnet.microsoft.com/download) and try again." >&2
    exit 1
fi
case $version in
    10.*) ;;
    *) echo "setup: SDK $version was chosen, .NET 10 is needed; see global.json." >&2; exit 1 ;;
esac

if [ "${CI:-}" = true ]; then locked=--locked-mode; else locked=; fi
# shellcheck disable=SC2086
"$dotnet" restore Mev.Orleans.sln -v q $locked
