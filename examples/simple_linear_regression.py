import numpy as np
import torch

torch.manual_seed(0)

w = 2
b = 3
x = np.linspace(0, 10, 100)
y = w * x + b + torch.randn(100).double().numpy() * 2
x = x.reshape(-1, 1)
y = y.reshape(-1, 1)


class LinearRegressionModel(torch.nn.Module):
    def __init__(self, in_dimn, out_dimn):
        super(LinearRegressionModel, self).__init__()
        self.model = torch.nn.Linear(in_dimn, out_dimn)

    def forward(self, x):
        return self.model(x)


model = LinearRegressionModel(in_dimn=1, out_dimn=1)
cost = torch.nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
inputs = torch.from_numpy(x.astype("float32"))
outputs = torch.from_numpy(y.astype("float32"))

for epoch in range(100):
    y_pred = model(inputs)
    loss = cost(y_pred, outputs)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if (epoch + 1) % 10 == 0:
        print("epoch {}, loss {}".format(epoch + 1, loss.item()))
print("w {}, b {}".format(model.model.weight.item(), model.model.bias.item()))
