#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using System.Globalization;
using Facula;
using Facula.Modules;
using static Facula.torch;

// 10,000 training steps without a Dispose: the peak must stand still. bench/peers/steady_memory.py is the same program in Python.
manual_seed(0);
var model = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.Tanh(), nn.Linear(256, 8));
var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
Tensor x = randn(512, 64), y = randn(512, 8);
Report("start");
for (int step = 1; step <= 10_000; step++)
{
    Tensor loss = nn.functional.mse_loss(model.call(x), y);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if (step is 10 or 100 || step % 1000 == 0) Report($"step {step}, loss {loss.item():F6}");
}

static void Report(string what)
{
    string[] status = File.ReadAllLines("/proc/self/status");
    double Mebibytes(string name) => double.Parse(status.First(l => l.StartsWith(name)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    Console.WriteLine(FormattableString.Invariant($"{what}: resident {Mebibytes("VmRSS:"):F1} MiB, peak {Mebibytes("VmHWM:"):F1} MiB"));
}
