#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// y = 2x + 1 learned by a network of one layer: the linear regression of the autograd tutorial.
manual_seed(0);

float[,] x_train = new float[11, 1], y_train = new float[11, 1];
for (int i = 0; i < 11; i++) (x_train[i, 0], y_train[i, 0]) = (i, 2 * i + 1);

var device = torch.device(cuda.is_available() ? "cuda:0" : "cpu");
var model = new LinearRegression();
model.to(device);
print(model);
var optimizer = optim.SGD(model.parameters(), lr: 0.01);
var criterion = nn.MSELoss();

Tensor inputs = from_numpy(x_train).to(device), targets = from_numpy(y_train).to(device);
for (int epoch = 0; epoch < 100; epoch++)
{
    Tensor outputs = model.call(inputs);
    Tensor loss = criterion.call(outputs, targets);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if (epoch % 10 == 0) Console.WriteLine($"epoch {epoch}, loss {loss.item()}");
}
print(model.call(inputs));
print(targets);

class LinearRegression : nn.Module<Tensor, Tensor>
{
    readonly Linear linear = nn.Linear(1, 1);
    public override Tensor forward(Tensor x) => linear.call(x);
}
