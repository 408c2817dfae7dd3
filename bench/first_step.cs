#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using System.Diagnostics;
using System.Runtime;
using Facula;
using Facula.Modules;
using static Facula.torch;

// How long the first steps of a process take, most of it compiling: dotnet run -c Release bench/first_step.cs; see docs/notes/start-up.md.
manual_seed(0);
var lstm = nn.LSTM(100, 128, 2);
Tensor sequence = randn(50, 32, 100);
Steps("LSTM 50×32×100, 2 layers of 128", lstm, () => lstm.call(sequence).output.sum());
var linear = nn.Linear(1, 1);
Tensor x = rand(10, 1);
Steps("Linear(1, 1)", linear, () => nn.functional.mse_loss(linear.call(x), x));
double since = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
Console.WriteLine(FormattableString.Invariant($"{since:F0} ms after the start of the process; compiled {JitInfo.GetCompiledMethodCount()} methods in {JitInfo.GetCompilationTime().TotalMilliseconds:F0} ms"));

static void Steps(string name, nn.Module model, Func<Tensor> loss)
{
    var optimizer = optim.Adam(model.parameters());
    for (int step = 1; step <= 3; step++)
    {
        var clock = Stopwatch.StartNew();
        optimizer.zero_grad();
        loss().backward();
        optimizer.step();
        Console.WriteLine(FormattableString.Invariant($"{name}, step {step}: {clock.Elapsed.TotalMilliseconds:F1} ms"));
    }
}
