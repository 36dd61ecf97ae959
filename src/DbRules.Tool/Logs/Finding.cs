namespace DbRules.Tool.Logs;

/// <summary>How much a finding matters, as the build that found it was set up.</summary>
internal enum Severity
{
    Suggestion,
    Warning,
    Error,
}

/// <summary>A place in a file; lines and columns count from one, and the end column is the one behind the last character.</summary>
/// <param name="Path">The file as the log names it: absolute, unless a <c>#line</c> directive says otherwise.</param>
internal readonly record struct Place(string Path, int StartLine, int StartColumn, int EndLine, int EndColumn);

/// <summary>What a log says of a rule.</summary>
/// <param name="Family">The category without <c>DbRules.</c>, such as <c>RoundTrips</c>.</param>
/// <param name="Page">The address of its page; null when the log has none.</param>
internal sealed record RuleInfo(string Id, string Title, string Description, string Family, string? Page);

/// <summary>One finding of DbRules.</summary>
/// <param name="Place">Null for a finding about a build as a whole.</param>
/// <param name="Evidence">The loop, each call on the way and the statement, in this order.</param>
/// <param name="Line">The line that it starts on as a baseline knows it; null for findings that no baseline lists.</param>
/// <param name="IsKnown">Whether the baseline silenced it.</param>
/// <param name="HasFix">Whether the rule told a code fix what it needs.</param>
/// <param name="Projects">The names of the projects that it was found in, in order.</param>
internal sealed record Finding(
    RuleInfo Rule, Severity Severity, string Message, Place? Place, IReadOnlyList<Place> Evidence, string? Line, bool IsKnown, bool HasFix, IReadOnlyList<string> Projects);
