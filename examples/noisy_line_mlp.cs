#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// A noisy line fitted by a small network.
manual_seed(0);

Tensor noise = rand(100, 1);
Tensor x = unsqueeze(linspace(-1, 1, 100), dim: 1);
Tensor y = 2 * x + 1 + noise;
var model = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1));
var loss_fun = nn.MSELoss();
var optimizer = optim.Adam(model.parameters(), lr: 0.001);

for (int epoch = 0; epoch < 1000; epoch++)
{
    Tensor output = model.call(x);
    Tensor loss = loss_fun.call(output, y);
    model.zero_grad();
    loss.backward();
    optimizer.step();
    if (epoch % 100 == 0) Console.WriteLine($"epoch {epoch}, loss {loss.item():F4}");
}
