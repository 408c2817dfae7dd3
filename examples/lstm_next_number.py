import sys

import numpy as np
import torch
import torch.nn as nn

torch.manual_seed(0)

data_length = 30
seq_length = 3
number = [i for i in range(data_length)]
li_x = []
li_y = []
for i in range(0, data_length - seq_length):
    li_x.append(number[i: i + seq_length])
    li_y.append(number[i + seq_length])
data_x = np.reshape(li_x, (len(li_x), 1, seq_length))
data_x = torch.from_numpy(data_x / float(data_length)).float()
data_y = torch.zeros(len(li_y), data_length).scatter_(1, torch.tensor(li_y).unsqueeze_(dim=1), 1).float()


class Net(nn.Module):
    def __init__(self, input_size, hidden_size, output_size, num_layer):
        super(Net, self).__init__()
        self.layer1 = nn.LSTM(input_size, hidden_size, num_layer)
        self.layer2 = nn.Linear(hidden_size, output_size)
        self.layer3 = nn.Softmax()

    def forward(self, x):
        x, _ = self.layer1(x)
        sample, batch, hidden = x.size()
        x = x.reshape(-1, hidden)
        x = self.layer2(x)
        x = self.layer3(x)
        return x


model = Net(seq_length, 32, data_length, 4)
if "float32" not in sys.argv:
    model, data_x, data_y = model.double(), data_x.double(), data_y.double()
print(model)
loss_fun = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(500):
    output = model(data_x)
    loss = loss_fun(data_y, output)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if (epoch + 1) % 50 == 0:
        print("epoch {}, loss {}".format(epoch, loss.item()))
