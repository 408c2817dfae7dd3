namespace Facula.Modules;

/// <summary>The older name of <see cref="NLLLoss"/> for images.</summary>
[Factory("torch.nn")]
public class NLLLoss2d(Tensor? weight = null, bool? size_average = null, long ignore_index = -100, bool? reduce = null, string reduction = "mean")
    : NLLLoss(weight, size_average, ignore_index, reduce, reduction);
