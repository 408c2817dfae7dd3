#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// A line fitted by one linear layer and Adam.
manual_seed(0);

Tensor x = unsqueeze(linspace(-100, 100, 1000), dim: 1);
Tensor y = 2 * x + 1;
var matrix = nn.Linear(1, 1);
var optimizer = optim.Adam(matrix.parameters(), lr: 0.1);

for (int epoch = 0; epoch < 100; epoch++)
{
    Tensor value = matrix.call(x);
    Tensor score = mean((value - y).pow(2));
    matrix.zero_grad();
    score.backward();
    optimizer.step();
    if (epoch % 9 == 0) Console.WriteLine($"epoch {epoch}, loss {score.item()}");
}
print(matrix.weight);
print(matrix.bias);
