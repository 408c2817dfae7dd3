#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// Derivatives by the engine: leaves, accumulation, higher order, in-place rules.
Tensor x = tensor(3.0, requires_grad: true);
Tensor y = x.pow(2) + 2 * x + 1;
y.backward();
print("dy/dx at 3:", x.grad);

x.grad.zero_();
Tensor first = autograd.grad(x.pow(3), x, create_graph: true)[0];
Tensor second = autograd.grad(first, x)[0];
print("d2(x^3)/dx2 at 3:", second);

// Newton's method for the square root of 2, one derivative a step.
Tensor root = tensor(1.0, dtype: float64, requires_grad: true);
for (int epoch = 0; epoch < 6; epoch++)
{
    Tensor loss = (root * root - 2).pow(2);
    Tensor error = root * root - 2;
    Tensor slope = autograd.grad(error, root)[0];
    using (no_grad()) root.sub_(error / slope);
    Console.WriteLine($"epoch {epoch}, loss {loss.item()}");
}

// On a foreach variable C# has no `p -= …`: the in-place method says the same.
var net = nn.Linear(2, 1);
net.call(ones(1, 2)).sum().backward();
using (no_grad())
    foreach (var p in net.parameters()) p.sub_(0.1 * p.grad);

try
{
    Tensor leaf = tensor([1.0, 2.0], requires_grad: true);
    leaf += 1;
}
catch (TorchException error)
{
    Console.WriteLine(error.Message);
}
