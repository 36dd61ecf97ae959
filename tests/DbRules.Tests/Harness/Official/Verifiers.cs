using System.Diagnostics.CodeAnalysis;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>How a test fails.</summary>
public interface IVerifier
{
    public void Equal<T>(T expected, T actual, string? message = null);

    public void True([DoesNotReturnIf(false)] bool assert, string? message = null);

    [DoesNotReturn]
    public void Fail(string? message = null);
}

/// <summary>Fails by <see cref="InvalidOperationException"/>, which every test framework shows with its message.</summary>
public sealed class DefaultVerifier : IVerifier
{
    public void Equal<T>(T expected, T actual, string? message = null)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            Fail($"{message ?? "Values differ."}\nExpected: {expected}\nActual:   {actual}");
    }

    public void True([DoesNotReturnIf(false)] bool assert, string? message = null)
    {
        if (!assert)
            Fail(message);
    }

    [DoesNotReturn]
    public void Fail(string? message = null) => throw new InvalidOperationException(message ?? "The test failed.");
}
