using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>An expected diagnostic whose places are known. A null span stands for no place; a start only is an empty span with <see cref="StartOnly"/>.</summary>
internal sealed record Expectation(DiagnosticResult Result, ImmutableArray<FileLinePositionSpan> Places, bool StartOnly)
{
    public string Describe()
    {
        string place = Places.IsEmpty ? "(no location)" : DbRules.Testing.DiagnosticText.Place(Places[0]);
        string additional = Places.Length < 2
            ? ""
            : "\n      and also " + string.Join(", ", Places.Skip(1).Select(DbRules.Testing.DiagnosticText.Place));
        return $"  {place}: {Result.Severity.ToString().ToLowerInvariant()} {Result.Id}{(Result.Message is { } message ? ": " + message : "")}{additional}\n";
    }
}

/// <summary>A state whose markup was read: plain sources and the diagnostics that markup and lists expect in them.</summary>
internal sealed class ResolvedState
{
    private ResolvedState(ImmutableArray<(string Path, string Text)> sources, ImmutableArray<Expectation> expected)
    {
        Sources = sources;
        Expected = expected;
    }

    public ImmutableArray<(string Path, string Text)> Sources { get; }

    public ImmutableArray<Expectation> Expected { get; }

    public static ResolvedState Of(SolutionState state, Func<string?, DiagnosticResult> resultFor)
    {
        MarkupMode mode = state.MarkupHandling ?? MarkupMode.Allow;
        var sources = ImmutableArray.CreateBuilder<(string, string)>();
        var expected = ImmutableArray.CreateBuilder<Expectation>();
        var numbered = new Dictionary<int, FileLinePositionSpan>();
        foreach ((string path, string content) in state.Sources)
        {
            if (mode == MarkupMode.None)
            {
                sources.Add((path, content));
                continue;
            }

            ParsedMarkup markup = TestMarkup.Parse(content);
            SourceText text = SourceText.From(markup.Text);
            sources.Add((path, markup.Text));
            foreach ((int number, TextSpan span) in markup.Numbered)
                numbered.Add(number, Place(path, text, span));
            if (mode == MarkupMode.Ignore)
                continue;

            foreach (TextSpan span in markup.Unnamed)
                expected.Add(new Expectation(resultFor(null), [Place(path, text, span)], StartOnly: false));
            foreach ((string id, TextSpan span) in markup.Named)
                expected.Add(new Expectation(resultFor(id), [Place(path, text, span)], StartOnly: false));
        }

        foreach (DiagnosticResult result in state.ExpectedDiagnostics)
        {
            string first = state.Sources.Count > 0 ? state.Sources[0].filename : "";
            ImmutableArray<FileLinePositionSpan> places =
            [
                .. result.Locations.Select(location => location.MarkupKey is not { } key
                    ? new FileLinePositionSpan(location.Path ?? first, location.Span)
                    : numbered.TryGetValue(key, out FileLinePositionSpan place)
                        ? place
                        : throw new InvalidOperationException($"The test expects {result.Id} at markup #{key}, which no source has.")),
            ];
            expected.Add(new Expectation(result, places, result.Locations is [{ StartOnly: true }, ..]));
        }

        return new ResolvedState(sources.ToImmutable(), expected.ToImmutable());
    }

    private static FileLinePositionSpan Place(string path, SourceText text, TextSpan span) =>
        new(path, text.Lines.GetLinePositionSpan(span));
}
