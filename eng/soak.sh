#!/usr/bin/env bash
# The long form of the file tests: 100,000 mutations per format and 200 kills while saving. Some minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
export FACULA_MUTATIONS="${FACULA_MUTATIONS:-100000}" FACULA_KILLS="${FACULA_KILLS:-200}"
dotnet test test/Facula.Tests --nologo --filter "FullyQualifiedName~MutationTests|FullyQualifiedName~KillTests" --logger "console;verbosity=normal"
