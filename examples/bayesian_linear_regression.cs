#:project ../src/Facula/Facula.csproj
#:property PublishAot=false
using Facula;
using Facula.Modules;
using static Facula.torch;

// Bayesian linear regression by variational inference. With a normal prior and known noise the posterior of the weights is normal, too,
// so the fit by gradients through the samples can be compared with the closed form.
manual_seed(0);
set_default_dtype(float64);

const int n = 60, features = 3;
const double noise = 0.5, priorScale = 2.0;
Tensor trueWeight = tensor([1.5, -2.0, 0.7]);
Tensor x = randn(n, features);
x[.., 2] = 0.6 * x[.., 0] + 0.8 * x[.., 2];     // correlated inputs make correlated weights
Tensor y = distributions.Normal(x.matmul(trueWeight), noise).sample();

// Closed form: Σ⁻¹ = XᵀX/σ² + I/τ², μ = Σ·Xᵀy/σ².
Tensor precision = x.T.matmul(x) / (noise * noise) + eye(features) / (priorScale * priorScale);
var exact = distributions.MultivariateNormal(linalg.solve(precision, x.T.matmul(y)) / (noise * noise), precision_matrix: precision);

// The variational family: normal with any covariance, from unconstrained parameters.
var prior = distributions.MultivariateNormal(zeros(features), scale_tril: priorScale * eye(features));
var toTril = distributions.transform_to(distributions.constraints.lower_cholesky);
Tensor loc = zeros(features, requires_grad: true);
Tensor freeTril = zeros(features, features, requires_grad: true);
MultivariateNormal Posterior() => distributions.MultivariateNormal(loc, scale_tril: toTril.call(freeTril));

var optimizer = optim.Adam([loc, freeTril], lr: 0.1);
var scheduler = optim.lr_scheduler.MultiStepLR(optimizer, [600, 900]);
for (int step = 0; step <= 1200; step++)
{
    MultivariateNormal q = Posterior();
    Tensor weights = q.rsample([16]);                                       // (16, features), differentiable
    Tensor logLikelihood = distributions.Normal(weights.matmul(x.T), noise).log_prob(y).sum(-1).mean();
    Tensor loss = distributions.kl_divergence(q, prior) - logLikelihood;   // the negative evidence lower bound
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    scheduler.step();
    if (step % 300 == 0) Console.WriteLine($"step {step,4}  -ELBO {loss.item():F3}  KL(q, exact posterior) {distributions.kl_divergence(q, exact).item():F5}");
}

MultivariateNormal fitted = Posterior();
using (no_grad())
{
    print("weights that made the data:", trueWeight);
    print("closed-form mean:          ", exact.mean);
    print("fitted mean:               ", fitted.mean);
    print("closed-form covariance:\n", exact.covariance_matrix);
    print("fitted covariance:\n", fitted.covariance_matrix);

    // What the model says about a new point: the uncertainty of the weights adds to the noise.
    Tensor point = tensor([1.0, 0.5, -1.0]);
    Tensor values = distributions.Normal(fitted.sample([20000]).matmul(point), noise).sample();
    double exactStd = Math.Sqrt((double)point.dot(exact.covariance_matrix.matmul(point)) + noise * noise);
    Console.WriteLine($"prediction at {point}: {values.mean().item():F2} ± {values.std().item():F2} (closed form {exact.mean.dot(point).item():F2} ± {exactStd:F2})");
}
