#!/usr/bin/env bash
# The long form of the random tests, from new seeds: 100,000 mutations per format of file, 200 kills while saving, 13,000 to 27,000 cases per property, 20,000 products, 12,000 convolutions. Some minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
export FACULA_EXPLORE="${FACULA_EXPLORE:-34}" FACULA_KILLS="${FACULA_KILLS:-200}"
dotnet test test/Facula.Tests --nologo --filter "FullyQualifiedName~MutationTests|FullyQualifiedName~KillTests|FullyQualifiedName~Properties" --logger "console;verbosity=normal"
dotnet test test/Facula.Kernels.Tests --nologo -c Release --filter "FullyQualifiedName~RandomProductTests|FullyQualifiedName~RandomConvolutionTests" --logger "console;verbosity=normal"
