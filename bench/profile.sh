#!/usr/bin/env bash
# Where a workload of the race spends its time, method by method: bench/profile.sh NAME [STEPS [THREADS]]; needs perf (Debian: linux-perf).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
name=${1:?profile.sh NAME [STEPS [THREADS]]}
data=$(mktemp)
trap 'rm -f "$data"' EXIT
program=$root/bench/Facula.Benchmarks/bin/Release/net10.0/Facula.Benchmarks.dll
[ -f "$program" ] || dotnet build -c Release "$root/bench/Facula.Benchmarks" -v q --nologo
# perf finds compiled code by the runtime's map, and only where it is mapped once.
export DOTNET_PerfMapEnabled=1 DOTNET_EnableWriteXorExecute=0
perf record -q -F 997 -e cpu-clock -o "$data" dotnet "$program" --footprint "$name" --steps "${2:-20}" --threads "${3:-1}"
# One line a method: types and numbers in brackets, arguments and tiers are left out, and instantiations added up.
perf report -i "$data" --stdio --no-children -F overhead,sample -s symbol 2>/dev/null | grep -E '^ +[0-9]' | awk '
  { share = $1; sub(/%/, "", share); $1 = $2 = $3 = ""; sub(/\(.*/, ""); sub(/ +- +-.*/, "")
    while (sub(/\[[^][]*\]/, "")) { }
    sub(/^.*(void|valuetype|instance|class) /, ""); gsub(/Facula\.Kernels\.|Facula\.|`[0-9]+/, ""); gsub(/^ +| +$/, ""); total[$0] += share }
  END { for (m in total) printf "%6.2f %%  %s\n", total[m], m }' | sort -rn | sed -n 1,25p
