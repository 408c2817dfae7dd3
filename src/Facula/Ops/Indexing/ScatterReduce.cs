using Facula.Kernels;

namespace Facula.Ops;

[TensorOp("scatter_reduce", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class ScatterReduce
{
    /// <summary>Reduces the elements of <paramref name="src"/> that meet at a place (sum, prod, mean, amax, amin), with what was there when <paramref name="include_self"/> is set.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor src, string reduce, bool include_self = true)
    {
        Reductions.Require(reduce);
        Scattering.Require("scatter", input, dim, index, src);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor src, string reduce, bool include_self, Tensor result)
    {
        ScalarType work = Lines.Work(result.DType);
        Tensor target = Lines.Open(input, result, work);
        if (!include_self) Scattering.Into<CombineReplace>(target, dim, index, Reductions.Identity(reduce, work));
        switch (reduce)
        {
            case "prod": Scattering.Into<CombineMultiply>(target, dim, index, src); break;
            case "amax": Scattering.Into<CombineMaximum>(target, dim, index, src); break;
            case "amin": Scattering.Into<CombineMinimum>(target, dim, index, src); break;
            default: Scattering.Into<CombineAdd>(target, dim, index, src); break;
        }
        if (reduce == "mean")
        {
            Tensor count = Factories.Filled(target.SizesRef, include_self ? 1 : 0, work, target.device, false);
            Scattering.Into<CombineAdd>(count, dim, index, Tensor.FromScalar(1, work));
            Reductions.Divide(target, count, result.DType);
        }
        Lines.Close(target, result);
    }

    static (Tensor? input, Tensor? src) Grad(Tensor grad, Tensor input, long dim, Tensor index, Tensor src, string reduce, bool include_self, Tensor result)
    {
        Tensor Collect(Tensor t) => Gather.Call(t, dim, index);
        Tensor gradInput = grad, gradSrc;
        switch (reduce)
        {
            case "sum":
                gradSrc = Collect(grad);
                break;
            case "mean":
            {
                Tensor count = include_self ? torch.ones_like(grad) : torch.zeros_like(grad);
                count = ScatterAdd.Call(count, dim, index, torch.ones_like(src).to(grad.DType));
                count = torch.where(count.eq(0), torch.ones_like(count), count);
                gradInput = grad / count;
                gradSrc = Collect(grad) / Collect(count);
                break;
            }
            case "prod":
            {
                Tensor one = torch.ones_like(input);
                Tensor masked = torch.where(input.eq(0), one, input);
                gradInput = grad * Call(masked, dim, index, src, reduce, include_self) / masked;
                Tensor zero = src.eq(0);
                Tensor zeros = Collect(ScatterAdd.Call(torch.zeros_like(input), dim, index, zero.to(input.DType)));
                Tensor single = torch.logical_and(zero, zeros.eq(1));
                Tensor ones = torch.ones_like(src);
                Tensor others = Call(input, dim, index, torch.where(single, ones, src), reduce, include_self);
                gradSrc = torch.where(single, Collect(grad * others), Collect(grad * result) / torch.where(zero, ones, src));
                break;
            }
            default:
            {
                Tensor value = Collect(result);
                Tensor own = input.eq(result).to(grad.DType), theirs = src.eq(value).to(grad.DType);
                Tensor share = grad / ScatterAdd.Call(own, dim, index, theirs);
                gradInput = own * share;
                gradSrc = theirs * Collect(share);
                break;
            }
        }
        if (!include_self) gradInput = ScatterValue.Call(gradInput, dim, index, 0);
        return (gradInput, gradSrc);
    }
}

/// <summary>The reductions of scatter_reduce and index_reduce.</summary>
internal static unsafe class Reductions
{
    internal static void Require(string reduce) => Check.That(reduce is "sum" or "prod" or "mean" or "amax" or "amin",
        $"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}");

    /// <summary>What changes nothing.</summary>
    internal static Tensor Identity(string reduce, ScalarType dtype)
    {
        Scalar value = reduce switch
        {
            "prod" => 1,
            "amax" => dtype == ScalarType.Int64 ? long.MinValue : double.NegativeInfinity,
            "amin" => dtype == ScalarType.Int64 ? long.MaxValue : double.PositiveInfinity,
            _ => 0,
        };
        return Tensor.FromScalar(value, dtype);
    }

    /// <summary>
    /// target /= count where anything was counted; integers round down. Both row-major, of one work type; a sum wraps round in the
    /// dtype of the result before it is divided.
    /// </summary>
    internal static void Divide(Tensor target, Tensor count, ScalarType dtype)
    {
        if (dtype.IsIntegral && dtype != target.DType) target.CopyRaw(Copying.Converted(target, dtype));
        using var _ = torch.no_grad();
        Tensor divisor = (count.is_complex() ? torch.real(count) : count).clamp_min(1);
        target.CopyRaw(target.DType.IsIntegral ? torch.div(target, divisor, rounding_mode: "floor") : target / divisor);
    }
}

[TensorOp("index_reduce", InPlace = true, Shares = Sharing.Nothing)]
internal static partial class IndexReduce
{
    /// <summary>Reduces the slices of <paramref name="source"/> that meet at a slice of <paramref name="input"/> (prod, mean, amax, amin), with what was there when <paramref name="include_self"/> is set.</summary>
    static TensorSpec Infer(Tensor input, long dim, Tensor index, Tensor source, string reduce, bool include_self = true)
    {
        Check.That(reduce is "prod" or "mean" or "amax" or "amin", $"index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got {reduce}.");
        Slices.Require("index_reduce", input, dim, index, source);
        return TensorSpec.Like(input);
    }

    static void Compute(Tensor input, long dim, Tensor index, Tensor source, string reduce, bool include_self, Tensor result)
    {
        ScalarType work = Lines.Work(result.DType);
        Tensor target = Lines.Open(input, result, work);
        if (!include_self) target.CopyRaw(IndexFill.Call(target.detach(), dim, index.to(ScalarType.Int64), Reductions.Identity(reduce, work)));
        switch (reduce)
        {
            case "prod": Slices.Combine<CombineMultiply>(target, dim, index, source, target); break;
            case "amax": Slices.Combine<CombineMaximum>(target, dim, index, source, target); break;
            case "amin": Slices.Combine<CombineMinimum>(target, dim, index, source, target); break;
            default: Slices.Combine<CombineAdd>(target, dim, index, source, target); break;
        }
        if (reduce == "mean")
        {
            Tensor count = Factories.Filled(target.SizesRef, include_self ? 1 : 0, work, target.device, false);
            Tensor ones = Factories.Filled(source.SizesRef, 1, work, target.device, false);
            Slices.Combine<CombineAdd>(count, dim, index, ones, count);
            Reductions.Divide(target, count, result.DType);
        }
        Lines.Close(target, result);
    }

    static (Tensor? input, Tensor? source) Grad(Tensor grad, Tensor input, long dim, Tensor index, Tensor source, string reduce, bool include_self, Tensor result)
    {
        Tensor Collect(Tensor t)
        {
            Tensor part = IndexSelect.Call(t, dim, index);
            return part.SizesRef == source.SizesRef ? part : Reshape.Call(part, source.SizesRef);
        }
        Tensor gradInput, gradSource;
        switch (reduce)
        {
            case "mean":
            {
                Tensor count = include_self ? torch.ones_like(grad) : torch.zeros_like(grad);
                count = IndexAdd.Call(count, dim, index, torch.ones_like(source).to(grad.DType));
                count = torch.where(count.eq(0), torch.ones_like(count), count);
                gradInput = grad / count;
                gradSource = Collect(grad) / Collect(count);
                break;
            }
            case "prod":
            {
                Tensor masked = torch.where(input.eq(0), torch.ones_like(input), input);
                gradInput = grad * Call(masked, dim, index, source, reduce, include_self) / masked;
                Tensor zero = source.eq(0);
                Tensor zeros = Collect(IndexAdd.Call(torch.zeros_like(input), dim, index, zero.to(input.DType)));
                Tensor single = torch.logical_and(zero, zeros.eq(1));
                Tensor ones = torch.ones_like(source);
                Tensor others = Call(input, dim, index, torch.where(single, ones, source), reduce, include_self);
                gradSource = torch.where(single, Collect(grad * others), Collect(grad * result) / torch.where(zero, ones, source));
                break;
            }
            default:
            {
                Tensor value = Collect(result);
                Tensor own = input.eq(result).to(grad.DType), theirs = source.eq(value).to(grad.DType);
                Tensor share = grad / IndexAdd.Call(own, dim, index, theirs);
                gradInput = own * share;
                gradSource = theirs * Collect(share);
                break;
            }
        }
        if (!include_self) gradInput = IndexFill.Call(gradInput, dim, index.to(ScalarType.Int64), torch.tensor(0).to(grad.DType));
        return (gradInput, gradSource);
    }
}
