#!/usr/bin/env bash
# Builds and runs the programs of github.com/dotnet/TorchSharpExamples against Facula: run.sh CHECKOUT [PROGRAM ...]
# Only the namespace is changed, and what docs/torchsharp.md lists; their data sets are made up by data.cs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
checkout=$(cd "${1:?run.sh CHECKOUT [PROGRAM ...]}" && pwd)
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in "$checkout"/src/CSharp/*/*.cs "$checkout"/src/Utils/*.cs; do
    name=${file#"$checkout"/src/}
    sed -E -e 's/TorchSharp/Facula/g' \
        -e 's/torch\.utils\.tensorboard\.SummaryWriter\([^)]*\)/new Facula.Modules.SummaryWriter()/' \
        -e 's/, last_epoch: ?[0-9]+//' "$file" > "$work/$(tr '/ ' '__' <<< "$name")"
done
cp "$here/Missing.cs" "$work"
cat > "$work/programs.csproj" <<X
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <StartupObject>CSharpExamples.Program</StartupObject>
    <AssemblyName>programs</AssemblyName>
    <NoWarn>\$(NoWarn);CS8981</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="$root/src/Facula/Facula.csproj" />
    <PackageReference Include="SharpZipLib" Version="*" />
    <PackageReference Include="Newtonsoft.Json" Version="*" />
  </ItemGroup>
</Project>
X
dotnet build "$work/programs.csproj" -c Release -v q --nologo -o "$work/out"
cp "$checkout/src/CSharp/CSharpExamples/arguments.json" "$work/out"
mkdir -p "$work/home/Desktop"
dotnet run "$here/data.cs" -- "$work/home/Downloads"
cd "$work/out"
for program in "${@:-mnist text seq2seq alexnet}"; do
    for name in $program; do
        echo "== $name"
        HOME="$work/home" dotnet programs.dll --epochs 1 --timeout 60 "$name"
    done
done
