import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)

x_values = [i for i in range(11)]
x_train = np.array(x_values, dtype=np.float32).reshape(-1, 1)
y_train = np.array([2 * i + 1 for i in x_values], dtype=np.float32).reshape(-1, 1)


class LinearRegression(nn.Module):
    def __init__(self):
        super(LinearRegression, self).__init__()
        self.linear = nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x)


device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
model = LinearRegression()
model.to(device)
print(model)
optimizer = optim.SGD(model.parameters(), lr=0.01)
criterion = nn.MSELoss()

inputs = torch.from_numpy(x_train).to(device)
targets = torch.from_numpy(y_train).to(device)
for epoch in range(100):
    outputs = model(inputs)
    loss = criterion(outputs, targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 10 == 0:
        print("epoch {}, loss {}".format(epoch, loss.item()))
print(model(inputs))
print(targets)
