#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// Noisy points on y = 2x + 3, fitted by gradient descent with momentum.
manual_seed(0);

const double w = 2, b = 3;
Tensor x = linspace(0, 10, 100, dtype: float64).reshape(-1, 1);
Tensor y = (w * x.flatten() + b + randn(100).@double() * 2).reshape(-1, 1);

var model = new LinearRegressionModel(in_dimn: 1, out_dimn: 1);
var cost = nn.MSELoss();
var optimizer = optim.SGD(model.parameters(), lr: 0.01, momentum: 0.9);
Tensor inputs = x.@float(), outputs = y.@float();

for (int epoch = 0; epoch < 100; epoch++)
{
    Tensor y_pred = model.call(inputs);
    Tensor loss = cost.call(y_pred, outputs);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if ((epoch + 1) % 10 == 0) Console.WriteLine($"epoch {epoch + 1}, loss {loss.item()}");
}
Console.WriteLine($"w {model.model.weight.item()}, b {model.model.bias!.item()}");

class LinearRegressionModel(long in_dimn, long out_dimn) : nn.Module<Tensor, Tensor>
{
    public readonly Linear model = nn.Linear(in_dimn, out_dimn);
    public override Tensor forward(Tensor x) => model.call(x);
}
