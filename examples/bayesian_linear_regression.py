import math
import torch
from torch import distributions

# Bayesian linear regression by variational inference. With a normal prior and known noise the posterior of the weights is normal, too,
# so the fit by gradients through the samples can be compared with the closed form.
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)

n, features = 60, 3
noise, prior_scale = 0.5, 2.0
true_weight = torch.tensor([1.5, -2.0, 0.7])
x = torch.randn(n, features)
x[:, 2] = 0.6 * x[:, 0] + 0.8 * x[:, 2]     # correlated inputs make correlated weights
y = distributions.Normal(x @ true_weight, noise).sample()

# Closed form: the inverse of the covariance is X'X/s2 + I/t2, the mean is the covariance times X'y/s2.
precision = x.T @ x / (noise * noise) + torch.eye(features) / (prior_scale * prior_scale)
exact = distributions.MultivariateNormal(torch.linalg.solve(precision, x.T @ y) / (noise * noise), precision_matrix=precision)

# The variational family: normal with any covariance, from unconstrained parameters.
prior = distributions.MultivariateNormal(torch.zeros(features), scale_tril=prior_scale * torch.eye(features))
to_tril = distributions.transform_to(distributions.constraints.lower_cholesky)
loc = torch.zeros(features, requires_grad=True)
free_tril = torch.zeros(features, features, requires_grad=True)


def posterior():
    return distributions.MultivariateNormal(loc, scale_tril=to_tril(free_tril))


optimizer = torch.optim.Adam([loc, free_tril], lr=0.1)
scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [600, 900])
for step in range(1201):
    q = posterior()
    weights = q.rsample([16])
    log_likelihood = distributions.Normal(weights @ x.T, noise).log_prob(y).sum(-1).mean()
    loss = distributions.kl_divergence(q, prior) - log_likelihood
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
    if step % 300 == 0:
        print(f"step {step:4}  -ELBO {loss.item():.3f}  KL(q, exact posterior) {distributions.kl_divergence(q, exact).item():.5f}")

fitted = posterior()
with torch.no_grad():
    print("weights that made the data:", true_weight)
    print("closed-form mean:          ", exact.mean)
    print("fitted mean:               ", fitted.mean)
    print("closed-form covariance:\n", exact.covariance_matrix)
    print("fitted covariance:\n", fitted.covariance_matrix)

    # What the model says about a new point: the uncertainty of the weights adds to the noise.
    point = torch.tensor([1.0, 0.5, -1.0])
    values = distributions.Normal(fitted.sample([20000]) @ point, noise).sample()
    exact_std = math.sqrt((point @ exact.covariance_matrix @ point).item() + noise * noise)
    print(f"prediction at {point}: {values.mean():.2f} ± {values.std():.2f} (closed form {exact.mean @ point:.2f} ± {exact_std:.2f})")
