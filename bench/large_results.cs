#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
// The mean and the fastest time of operations whose results have 4 MB, one thread: dotnet run -c Release bench/large_results.cs
using System.Diagnostics;
using static Facula.torch;

set_num_threads(1);
var v = randn(1000000);
var m = randn(1000, 1000);
var s = randn(1000);
var i = randint(0, 1000, [1000]);
(string Name, Action Run)[] operations =
[
    ("relu", () => nn.functional.relu(v)), ("add", () => _ = v + v), ("add row", () => _ = m + s), ("rows", () => m.index_select(0, i)), ("cat", () => cat([v, v])),
    ("to float64", () => v.to(float64)), ("exp", () => exp(v)), ("where", () => where(v > 0, v, v)), ("mul add", () => _ = v * 2 + 1),
];
foreach (var (_, run) in operations)
    for (int k = 0; k < 60; k++) run();
Thread.Sleep(400);

double[] means = [.. operations.Select(_ => double.MaxValue)], fastest = [.. means];
for (int round = 0; round < 8; round++)
{
    for (int o = 0; o < operations.Length; o++)
    {
        const int calls = 200;
        for (int k = 0; k < 20; k++) operations[o].Run();
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < calls; k++)
        {
            long begin = Stopwatch.GetTimestamp();
            operations[o].Run();
            fastest[o] = Math.Min(fastest[o], Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }
        means[o] = Math.Min(means[o], Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
    }
}
for (int o = 0; o < operations.Length; o++) Console.WriteLine(FormattableString.Invariant($"{operations[o].Name,-12} mean {means[o],6:0} µs, fastest {fastest[o],6:0} µs"));
Console.WriteLine(FormattableString.Invariant($"geometric mean of the means {Math.Exp(means.Average(Math.Log)):0.0} µs"));
