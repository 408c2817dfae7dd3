#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// An LSTM that learns which number follows three others. Its training amplifies rounding a thousandfold every hundred epochs; in float64 the losses
// still are the Python twin's to five digits after 500. The argument float32 trains as the tutorial does.
manual_seed(0);

const int data_length = 30, seq_length = 3, samples = data_length - seq_length;
float[,,] windows = new float[samples, 1, seq_length];
long[] next = new long[samples];
for (int i = 0; i < samples; i++)
{
    for (int j = 0; j < seq_length; j++) windows[i, 0, j] = (float)((i + j) / (double)data_length);
    next[i] = i + seq_length;
}
Tensor data_x = from_numpy(windows);
Tensor data_y = zeros(samples, data_length).scatter_(1, tensor(next).unsqueeze_(dim: 1), 1);

var model = new Net(seq_length, 32, data_length, 4);
if (!args.Contains("float32"))
    (model, data_x, data_y) = (model.to(float64), data_x.to(float64), data_y.to(float64));
print(model);
var loss_fun = nn.MSELoss();
var optimizer = optim.Adam(model.parameters(), lr: 0.01);

for (int epoch = 0; epoch < 500; epoch++)
{
    Tensor output = model.call(data_x);
    Tensor loss = loss_fun.call(data_y, output);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if ((epoch + 1) % 50 == 0) Console.WriteLine($"epoch {epoch}, loss {loss.item()}");
}

class Net(long input_size, long hidden_size, long output_size, long num_layer) : nn.Module<Tensor, Tensor>
{
    readonly LSTM layer1 = nn.LSTM(input_size, hidden_size, num_layer);
    readonly Linear layer2 = nn.Linear(hidden_size, output_size);
    readonly Softmax layer3 = nn.Softmax();

    public override Tensor forward(Tensor x)
    {
        (x, _, _) = layer1.call(x);
        var (sample, batch, hidden) = x.size();
        x = x.reshape(-1, hidden);
        x = layer2.call(x);
        return layer3.call(x);
    }
}
