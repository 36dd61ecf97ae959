using DbRules.Engine.Calls;
using DbRules.Engine.Lifetimes;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Rules;

/// <summary>The words of the rules about what is not released.</summary>
internal static class LeakText
{
    /// <summary>On which way it is not released, behind the word <c>is</c>.</summary>
    public static string How(Leak leak) => leak switch
    {
        { Keeper: { } keeper } => $"kept by '{keeper.ContainingType.Name}', which never releases it",
        { Path: LeakPath.Always } => "never released",
        { Path: LeakPath.Dropped } => "used where it is made, so that nothing can release it",
        { Thrower: { } thrower } => $"not released when '{thrower}' throws",
        { Exit: IReturnOperation leave } => $"not released before '{CodeText.Short(leave.Syntax)}'",
        _ => "not released on every path",
    };

    /// <summary>Reports a leak where it is acquired.</summary>
    public static void Report(this BodyContext body, Leak leak, params string[] messageArguments)
    {
        // How long the object lives that keeps it is not in view.
        if (leak.Path == LeakPath.Kept)
            body.Report(leak.Acquisition.Location, [], hint: null, DiagnosticSeverity.Info, messageArguments);
        else
            body.Report(leak.Acquisition.Location, Evidence(leak), LeakHints.Of(leak), messageArguments);
    }

    /// <summary>Where the way leaves the function.</summary>
    private static IEnumerable<Location> Evidence(Leak leak) => leak.Exit is { } exit ? [exit.Syntax.GetLocation()] : [];
}
