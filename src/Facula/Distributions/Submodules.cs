namespace Facula;

public static partial class torch
{
    public static partial class distributions
    {
        // PyTorch's submodules, as tutorials import them; the factories are generated.
        /// <summary>The submodule of <c>Bernoulli</c>.</summary>
        public static partial class bernoulli;

        /// <summary>The submodule of <c>Beta</c>.</summary>
        public static partial class beta;

        /// <summary>The submodule of <c>Binomial</c>.</summary>
        public static partial class binomial;

        /// <summary>The submodule of <c>Categorical</c>.</summary>
        public static partial class categorical;

        /// <summary>The submodule of <c>Cauchy</c>.</summary>
        public static partial class cauchy;

        /// <summary>The submodule of <c>Chi2</c>.</summary>
        public static partial class chi2;

        /// <summary>The submodule of <c>ContinuousBernoulli</c>.</summary>
        public static partial class continuous_bernoulli;

        /// <summary>The submodule of <c>Dirichlet</c>.</summary>
        public static partial class dirichlet;

        /// <summary>The submodule of <c>Exponential</c>.</summary>
        public static partial class exponential;

        /// <summary>The submodule of <c>FisherSnedecor</c>.</summary>
        public static partial class fishersnedecor;

        /// <summary>The submodule of <c>Gamma</c>.</summary>
        public static partial class gamma;

        /// <summary>The submodule of <c>GeneralizedPareto</c>.</summary>
        public static partial class generalized_pareto;

        /// <summary>The submodule of <c>Geometric</c>.</summary>
        public static partial class geometric;

        /// <summary>The submodule of <c>Gumbel</c>.</summary>
        public static partial class gumbel;

        /// <summary>The submodule of <c>HalfCauchy</c>.</summary>
        public static partial class half_cauchy;

        /// <summary>The submodule of <c>HalfNormal</c>.</summary>
        public static partial class half_normal;

        /// <summary>The submodule of <c>Independent</c>.</summary>
        public static partial class independent;

        /// <summary>The submodule of <c>InverseGamma</c>.</summary>
        public static partial class inverse_gamma;

        /// <summary>The submodule of <c>Kumaraswamy</c>.</summary>
        public static partial class kumaraswamy;

        /// <summary>The submodule of <c>Laplace</c>.</summary>
        public static partial class laplace;

        /// <summary>The submodule of <c>LKJCholesky</c>.</summary>
        public static partial class lkj_cholesky;

        /// <summary>The submodule of <c>LogNormal</c>.</summary>
        public static partial class log_normal;

        /// <summary>The submodule of <c>LogisticNormal</c>.</summary>
        public static partial class logistic_normal;

        /// <summary>The submodule of <c>LowRankMultivariateNormal</c>.</summary>
        public static partial class lowrank_multivariate_normal;

        /// <summary>The submodule of <c>MixtureSameFamily</c>.</summary>
        public static partial class mixture_same_family;

        /// <summary>The submodule of <c>Multinomial</c>.</summary>
        public static partial class multinomial;

        /// <summary>The submodule of <c>MultivariateNormal</c>.</summary>
        public static partial class multivariate_normal;

        /// <summary>The submodule of <c>NegativeBinomial</c>.</summary>
        public static partial class negative_binomial;

        /// <summary>The submodule of <c>Normal</c>.</summary>
        public static partial class normal;

        /// <summary>The submodule of <c>OneHotCategorical</c> and <c>OneHotCategoricalStraightThrough</c>.</summary>
        public static partial class one_hot_categorical;

        /// <summary>The submodule of <c>Pareto</c>.</summary>
        public static partial class pareto;

        /// <summary>The submodule of <c>Poisson</c>.</summary>
        public static partial class poisson;

        /// <summary>The submodule of <c>LogitRelaxedBernoulli</c> and <c>RelaxedBernoulli</c>.</summary>
        public static partial class relaxed_bernoulli;

        /// <summary>The submodule of <c>ExpRelaxedCategorical</c> and <c>RelaxedOneHotCategorical</c>.</summary>
        public static partial class relaxed_categorical;

        /// <summary>The submodule of <c>StudentT</c>.</summary>
        public static partial class studentT;

        /// <summary>The submodule of <c>TransformedDistribution</c>.</summary>
        public static partial class transformed_distribution;

        /// <summary>The submodule of <c>Uniform</c>.</summary>
        public static partial class uniform;

        /// <summary>The submodule of <c>VonMises</c>.</summary>
        public static partial class von_mises;

        /// <summary>The submodule of <c>Weibull</c>.</summary>
        public static partial class weibull;

        /// <summary>The submodule of <c>Wishart</c>.</summary>
        public static partial class wishart;
    }
}
