namespace Facula.Ops;

/// <summary>
/// An op with a kernel: <c>Infer</c> (public signature, docs, shape rule), <c>Compute</c> (same arguments, then the outputs) and
/// <c>Grad&lt;Argument&gt;</c> (asks by name for <c>grad</c>, arguments and outputs). The generator makes every public form. See CONTRIBUTING.md.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TensorOpAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>The class that holds the function: <c>torch</c>, <c>torch.linalg</c>, <c>torch.nn.functional</c> …</summary>
    public string In { get; set; } = "torch";

    /// <summary>Whether there is a function <c>torch.f(x)</c>.</summary>
    public bool Function { get; set; } = true;

    /// <summary>Whether there is a method <c>x.f()</c> (only with <c>In = "torch"</c> or when set).</summary>
    public bool Method { get; set; } = true;

    /// <summary>Whether there is <c>x.f_()</c>, computed directly in the input's memory: the kernel may read and write the same element.</summary>
    public bool InPlace { get; set; }

    /// <summary>Whether there is <c>x.f_()</c>, computed beside the input and copied over it.</summary>
    public bool InPlaceByCopy { get; set; }

    /// <summary>What memory the other tensors may share with the one that is written to in place.</summary>
    public Sharing Shares { get; set; }

    /// <summary>Whether there is an <c>@out:</c> form.</summary>
    public bool Out { get; set; } = true;

    /// <summary>The node's name when it is not the op's name in Pascal case with <c>Backward0</c>.
    /// A static method <c>string NodeName(…)</c>, which asks for arguments by name, decides when the name depends on them.</summary>
    public string? Node { get; set; }

    /// <summary>Whether the kernel reads and writes conjugate views itself; other ops get them as memory of their own.</summary>
    public bool TakesConjugates { get; set; }

    /// <summary>False for ops that only other ops call.</summary>
    public bool Public { get; set; } = true;
}

/// <summary>What memory an operation in place may read besides, with PyTorch's rules.</summary>
internal enum Sharing
{
    /// <summary>The same elements in the same places; the same memory otherwise is refused.</summary>
    SameElements,

    /// <summary>None.</summary>
    Nothing,

    /// <summary>Whatever: the result is computed beside the input where they would meet.</summary>
    Anything,
}

/// <summary>An op whose result is a view: <c>Infer</c> answers a <see cref="ViewSpec"/>, and there is no kernel.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ViewOpAttribute(string name) : Attribute
{
    public string Name { get; } = name;
    public string In { get; set; } = "torch";
    public bool Function { get; set; } = true;
    public bool Method { get; set; } = true;
    public string? Node { get; set; }
    public bool Public { get; set; } = true;

    /// <summary>Whether there is <c>x.f_()</c>, which changes the geometry of the tensor itself.</summary>
    public bool InPlace { get; set; }
}

/// <summary>An op made of other ops: one method <c>Compose</c>, no derivative.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CompositeOpAttribute(string name) : Attribute
{
    public string Name { get; } = name;
    public string In { get; set; } = "torch";
    public bool Function { get; set; } = true;
    public bool Method { get; set; } = true;

    /// <summary>Whether there is <c>x.f_()</c>: the result is copied over the input.</summary>
    public bool InPlace { get; set; }

    /// <summary>Whether there is an <c>@out:</c> form: the result is copied into it.</summary>
    public bool Out { get; set; }
    public bool Public { get; set; } = true;
}

/// <summary>Another public name for the op: <c>[Alias("torch.special.expm1", Method = false)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class AliasAttribute(string qualifiedName) : Attribute
{
    public string QualifiedName { get; } = qualifiedName;
    public bool Function { get; set; } = true;
    public bool Method { get; set; } = true;
    public bool InPlace { get; set; } = true;
    public bool Out { get; set; } = true;
}

/// <summary>The tensor argument may be a number: an overload takes a <see cref="Scalar"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OrScalarAttribute : Attribute;

/// <summary>The <see cref="Size"/> or <see cref="Dims"/> argument may be given as separate numbers.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class VariadicAttribute : Attribute;

/// <summary>Reductions also accept NumPy's <c>axis:</c> and <c>keepdims:</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NumpyNamesAttribute : Attribute;
