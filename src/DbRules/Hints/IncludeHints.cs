using DbRules.Engine.Calls;
using Microsoft.CodeAnalysis;

namespace DbRules.Hints;

/// <summary>Makes the hint of an include that the engine found a place for.</summary>
internal static class IncludeHints
{
    /// <summary>The hint for a read; null where the query cannot load the navigation, or stands in another file.</summary>
    public static IncludeHint? From(NavigationRead read) => From(read.Place, read.Operation.Syntax.SyntaxTree);

    /// <summary>The hint for an explicit load; null where the query cannot load the navigation, or the call has to stay.</summary>
    public static IncludeHint? From(ExplicitLoad load) =>
        load.Statement is { } statement && From(load.Place, statement.Syntax.SyntaxTree) is { } hint ? hint with { Obsolete = statement.Syntax.Span } : null;

    private static IncludeHint? From(IncludePlace? place, SyntaxTree file) => place is null || place.Behind.Syntax.SyntaxTree != file ? null : new IncludeHint
    {
        Behind = place.Behind.Syntax.Span,
        Path = [.. place.Path.Select(navigation => navigation.Name)],
        Types = [.. place.Path.Select((navigation, index) => index == 0 && !place.Continues ? place.Row.Name : navigation.ContainingType.Name)],
        Continues = place.Continues,
    };
}
