namespace Facula;

/// <summary>PyTorch's RuntimeError: a rule of an operation was broken; the first line of the message is PyTorch's where it has one.</summary>
public class TorchException : InvalidOperationException
{
    public TorchException(string message) : base(message) { }
    public TorchException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>PyTorch's LinAlgError: a matrix is singular or an iteration did not converge.</summary>
public sealed class LinAlgException(string message) : TorchException(message);
