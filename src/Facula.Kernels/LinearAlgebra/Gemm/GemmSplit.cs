using System.Numerics;

namespace Facula.Kernels;

/// <summary>Products of few elements with long sums: pieces of k side by side, whose sums are then added in order.</summary>
/// <remarks>Whether and where k is cut depends on the shape only, so that results do not depend on the number of threads.</remarks>
internal static unsafe class GemmSplit<L, V, T>
    where L : struct, IGemmLanes<V, T>
    where V : struct
    where T : unmanaged, INumberBase<T>
{
    private const int ShortestPiece = 2048, MostPieces = 16, MostElements = 64 * 64, FewOutputs = 128;

    /// <summary>Does the product if it is of this kind; else says no.</summary>
    public static bool TryRun(in GemmProblem<T> problem)
    {
        // A vector's threads share the outputs as long as these are many.
        if (problem.K < 2 * ShortestPiece || problem.M * problem.N > (problem.M == 1 || problem.N == 1 ? FewOutputs : MostElements))
            return false;
        nint pieces = Math.Min(MostPieces, problem.K / ShortestPiece), length = GemmPlan.Ceiling(GemmPlan.Ceiling(problem.K, pieces), 8) * 8;
        pieces = GemmPlan.Ceiling(problem.K, length);
        using var room = Scratch.Rent<T>(pieces * problem.M * problem.N);
        var body = new Body { Problem = problem, Length = length, Sums = (T*)room.Pointer };
        WorkerPool.Run((int)pieces, ref body);
        Finish(problem, body.Sums, (int)pieces);
        return true;
    }

    private static void Finish(in GemmProblem<T> problem, T* sums, int pieces)
    {
        nint count = problem.M * problem.N;
        bool set = T.IsZero(problem.Beta);
        for (nint i = 0; i < problem.M; i++)
        {
            for (nint j = 0; j < problem.N; j++, sums++)
            {
                T sum = *sums;
                for (int piece = 1; piece < pieces; piece++)
                    sum += sums[piece * count];
                T* to = problem.C + i * problem.CRow + j;
                sum = set ? sum * problem.Alpha : T.MultiplyAddEstimate(sum, problem.Alpha, problem.Addend[i * problem.AddendRow + j] * problem.Beta);
                *to = problem.Epilogue.Apply(sum, i, j);
            }
        }
    }

    private struct Body : IParallelBody
    {
        public GemmProblem<T> Problem;
        public nint Length;
        public T* Sums;

        public readonly void Run(int chunk)
        {
            nint first = chunk * Length;
            var piece = Problem;
            piece.A += first * piece.AColumn;
            piece.B += first * piece.BRow;
            piece.C = Sums + chunk * piece.M * piece.N;
            piece.CRow = piece.N;
            piece.Addend = piece.C;
            piece.AddendRow = piece.CRow;
            piece.K = Math.Min(Length, piece.K - first);
            piece.Alpha = T.One;
            piece.Beta = T.Zero;
            piece.Epilogue = default;
            if ((piece.M == 1 || piece.N == 1) && GemmVector<L, V, T>.TryRun(piece))
                return;
            GemmBlocked<L, V, T>.Run(piece, alone: true);
        }
    }
}
