namespace Facula;

/// <summary>A class whose public constructors become factory methods of the same name: <c>torch.nn.Linear(…)</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class FactoryAttribute(string container) : Attribute
{
    /// <summary>The class that receives the factories, such as <c>torch.nn</c>.</summary>
    public string Container { get; } = container;

    /// <summary>The factory's name when it differs from the class's.</summary>
    public string? Name { get; set; }
}
