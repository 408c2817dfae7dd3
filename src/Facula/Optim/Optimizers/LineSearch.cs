namespace Facula.Modules;

/// <summary>A line search for the strong Wolfe conditions, as LBFGS uses it: bracket a good step, then zoom in by cubic interpolation.</summary>
internal static class LineSearch
{
    private const double Decrease = 1e-4, Curvature = 0.9;
    private const int MostEvaluations = 25;

    /// <summary>A point on the line: step, loss, gradient, slope.</summary>
    internal readonly record struct Point(double Step, double Loss, double[] Gradient, double Slope);

    /// <summary>The accepted point, and how often the loss was evaluated.</summary>
    internal static (Point Point, int Evaluations) StrongWolfe(Func<double, (double Loss, double[] Gradient)> evaluate, double step, double[] direction,
        double loss, double[] gradient, double slope, double tolerance)
    {
        double largest = 0;
        foreach (double d in direction) largest = Math.Max(largest, Math.Abs(d));
        Point start = new(0, loss, [.. gradient], slope), previous = start, now = At(step);
        int evaluations = 1, iteration = 0;
        bool done = false;
        Point[]? bracket = null;
        while (iteration < MostEvaluations)
        {
            bool tooHigh = now.Loss > loss + Decrease * now.Step * slope || (iteration > 1 && now.Loss >= previous.Loss);
            if (!tooHigh && Math.Abs(now.Slope) <= -Curvature * slope)
            {
                bracket = [now, now];
                done = true;
                break;
            }
            if (tooHigh || now.Slope >= 0)
            {
                bracket = [previous, now];
                break;
            }
            double next = Interpolate(previous, now, now.Step + 0.01 * (now.Step - previous.Step), now.Step * 10);
            previous = now;
            now = At(next);
            evaluations++;
            iteration++;
        }
        bracket ??= [start, now];

        int low = bracket[0].Loss <= bracket[1].Loss ? 0 : 1;
        bool stuck = false;
        while (!done && iteration < MostEvaluations)
        {
            double left = Math.Min(bracket[0].Step, bracket[1].Step), right = Math.Max(bracket[0].Step, bracket[1].Step);
            if ((right - left) * largest < tolerance) break;
            double next = Interpolate(bracket[0], bracket[1], left, right);

            // A trial close to the edge of the bracket makes no progress twice: then take a point a tenth inside.
            double margin = 0.1 * (right - left);
            if (Math.Min(right - next, next - left) < margin)
            {
                if (stuck || next >= right || next <= left)
                {
                    next = Math.Abs(next - right) < Math.Abs(next - left) ? right - margin : left + margin;
                    stuck = false;
                }
                else
                {
                    stuck = true;
                }
            }
            else
            {
                stuck = false;
            }

            now = At(next);
            evaluations++;
            iteration++;
            if (now.Loss > loss + Decrease * now.Step * slope || now.Loss >= bracket[low].Loss)
            {
                bracket[1 - low] = now;
                low = bracket[0].Loss <= bracket[1].Loss ? 0 : 1;
                continue;
            }
            if (Math.Abs(now.Slope) <= -Curvature * slope) done = true;
            else if (now.Slope * (bracket[1 - low].Step - bracket[low].Step) >= 0) bracket[1 - low] = bracket[low];
            bracket[low] = now;
        }
        return (bracket[low], evaluations);

        Point At(double t)
        {
            (double value, double[] g) = evaluate(t);
            return new(t, value, g, Dot(g, direction));
        }
    }

    /// <summary>The minimum between the bounds of the cubic through two points with their slopes.</summary>
    private static double Interpolate(in Point a, in Point b, double smallest, double largest)
    {
        double d1 = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Step - b.Step);
        double square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0)) return (smallest + largest) / 2;
        double d2 = Math.Sqrt(square);
        double minimum = a.Step <= b.Step
            ? b.Step - (b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2))
            : a.Step - (a.Step - b.Step) * ((a.Slope + d2 - d1) / (a.Slope - b.Slope + 2 * d2));
        return Math.Min(Math.Max(minimum, smallest), largest);
    }

    internal static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
