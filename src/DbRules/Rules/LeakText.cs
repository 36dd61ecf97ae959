using DbRules.Engine.Calls;
using DbRules.Engine.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules;

/// <summary>The words of the rules about what is not released.</summary>
internal static class LeakText
{
    /// <summary>On which way it is not released, behind the word <c>is</c>.</summary>
    public static string How(Leak leak) => leak switch
    {
        { Path: LeakPath.Always } => "never released",
        { Path: LeakPath.Dropped } => "used where it is made, so that nothing can release it",
        { Thrower: { } thrower } => $"not released when '{thrower}' throws",
        { Exit: IReturnOperation leave } => $"not released before '{CodeText.Short(leave.Syntax)}'",
        _ => "not released on every path",
    };

    /// <summary>Where the way leaves the function.</summary>
    public static IEnumerable<Location> Evidence(Leak leak) => leak.Exit is { } exit ? [exit.Syntax.GetLocation()] : [];
}
