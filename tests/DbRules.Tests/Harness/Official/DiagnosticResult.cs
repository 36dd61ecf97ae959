using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A place where a diagnostic is expected: a span, a start, or the number of a span in markup.</summary>
/// <param name="Path">File; null: the first source of the test.</param>
/// <param name="Span">Zero-based positions; when <paramref name="StartOnly"/>, only its start counts.</param>
/// <param name="MarkupKey">Number of a <c>{|#0:...|}</c> span that gives the place; null: the span does.</param>
public readonly record struct ExpectedLocation(string? Path, LinePositionSpan Span, bool StartOnly, int? MarkupKey);

/// <summary>A diagnostic that a test expects. Immutable: every With returns a changed copy.</summary>
public readonly record struct DiagnosticResult
{
    public static readonly DiagnosticResult[] EmptyDiagnosticResults = [];

    public DiagnosticResult(string id, DiagnosticSeverity severity)
    {
        Id = id;
        Severity = severity;
        Locations = [];
    }

    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity)
    {
        MessageFormat = descriptor.MessageFormat;
    }

    public string Id { get; private init; }

    public DiagnosticSeverity Severity { get; private init; }

    public DiagnosticOptions Options { get; private init; }

    /// <summary>The place of the diagnostic, then its additional places; empty when the test states no place.</summary>
    public ImmutableArray<ExpectedLocation> Locations { get; private init; }

    public LocalizableString? MessageFormat { get; private init; }

    public object[]? MessageArguments { get; private init; }

    private string? ExactMessage { get; init; }

    /// <summary>The message the test expects; null when it does not state one.</summary>
    public string? Message => ExactMessage
        ?? (MessageFormat is { } format && MessageArguments is { } arguments
            ? string.Format(CultureInfo.InvariantCulture, format.ToString(CultureInfo.InvariantCulture), arguments)
            : null);

    public static DiagnosticResult CompilerError(string identifier) => new(identifier, DiagnosticSeverity.Error);

    public static DiagnosticResult CompilerWarning(string identifier) => new(identifier, DiagnosticSeverity.Warning);

    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    public DiagnosticResult WithOptions(DiagnosticOptions options) => this with { Options = options };

    /// <summary>The values that the message's format is filled with.</summary>
    public DiagnosticResult WithArguments(params object[] arguments) => this with { MessageArguments = arguments };

    /// <summary>The whole message; null: the message is not compared.</summary>
    public DiagnosticResult WithMessage(string? message) => this with { ExactMessage = message, MessageArguments = null };

    public DiagnosticResult WithMessageFormat(LocalizableString messageFormat) => this with { MessageFormat = messageFormat };

    /// <summary>The span <c>{|#markupKey:...|}</c>. The first location is the diagnostic's own, further ones are its additional locations.</summary>
    public DiagnosticResult WithLocation(int markupKey) => Append(new ExpectedLocation(null, default, StartOnly: false, markupKey));

    /// <summary>A start in the first source, one-based.</summary>
    public DiagnosticResult WithLocation(int line, int column) => Append(new ExpectedLocation(null, Point(line, column), StartOnly: true, null));

    /// <summary>A start in the named file, one-based.</summary>
    public DiagnosticResult WithLocation(string path, int line, int column) => Append(new ExpectedLocation(path, Point(line, column), StartOnly: true, null));

    /// <summary>A span in the first source, one-based, the end exclusive.</summary>
    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        Append(new ExpectedLocation(null, Lines(startLine, startColumn, endLine, endColumn), StartOnly: false, null));

    /// <summary>A span in the named file, one-based, the end exclusive.</summary>
    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        Append(new ExpectedLocation(path, Lines(startLine, startColumn, endLine, endColumn), StartOnly: false, null));

    /// <summary>The diagnostic stands in no file.</summary>
    public DiagnosticResult WithNoLocation() => this with { Locations = [] };

    private static LinePositionSpan Lines(int startLine, int startColumn, int endLine, int endColumn) =>
        new(new LinePosition(startLine - 1, startColumn - 1), new LinePosition(endLine - 1, endColumn - 1));

    private static LinePositionSpan Point(int line, int column) => Lines(line, column, line, column);

    /// <summary>Who states more than one place means the additional ones to be compared.</summary>
    private DiagnosticResult Append(ExpectedLocation location) => this with
    {
        Locations = Locations.Add(location),
        Options = Locations.IsEmpty ? Options : Options & ~DiagnosticOptions.IgnoreAdditionalLocations,
    };
}
