using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Models;

/// <summary>Something a <c>.dbmodel</c> file says that cannot be used. The other rows of the file still count.</summary>
public sealed record ModelProblem
{
    internal ModelProblem(string message, string path, TextSpan span, LinePositionSpan lineSpan)
    {
        Message = message;
        Path = path;
        Span = span;
        LineSpan = lineSpan;
    }

    /// <summary>A sentence in plain English that names the word and, where the list is closed, the allowed words.</summary>
    public string Message { get; }

    /// <summary>The file's path as the compiler was given it.</summary>
    public string Path { get; }

    /// <summary>The place in the file, in characters from its start.</summary>
    public TextSpan Span { get; }

    /// <summary>The same place in lines and columns, both counted from 0.</summary>
    public LinePositionSpan LineSpan { get; }

    public Location ToLocation() => Location.Create(Path, Span, LineSpan);
}
