#!/usr/bin/env bash
# Publishes eng/trimming with full trimming, refuses any warning, and runs what came out.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
runtime=$(dotnet --info | awk '/^ *RID:/ {print $2}')
log="$out/publish.log"
if ! dotnet publish eng/trimming -c Release -r "${runtime:-linux-x64}" -o "$out/app" --nologo >"$log" 2>&1; then
  cat "$log"
  exit 1
fi
if grep -E "warning|IL[0-9]{4}" "$log"; then
  echo "publishing warned"
  exit 1
fi
"$out/app/Trimmed"
