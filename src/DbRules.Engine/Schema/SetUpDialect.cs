using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>The SQL dialect of the databases that the code in view sets contexts up for: this compilation and the projects that it references as source.</summary>
internal static class SetUpDialect
{
    /// <summary>The word of the dialect; null when nothing is set up in view, or databases of several dialects.</summary>
    public static string? Of(Compilation compilation, ModelIndex models)
    {
        ILookup<string, MemberModel> members = models.MembersWith(DbEffect.SetsUp).ToLookup(static member => member.Name);
        string? only = null;
        foreach (InvocationExpressionSyntax call in ModelSources.Calls(compilation, [.. members.Select(static member => member.Key)]))
        {
            string[] dialects = [.. members[ModelSources.NameOf(call)!].Select(member => DialectOf(member, compilation, models)).OfType<string>().Distinct()];
            if (dialects is not [var dialect] || (only is not null && only != dialect))
                return null;
            only = dialect;
        }

        return only;
    }

    private static string? DialectOf(MemberModel member, Compilation compilation, ModelIndex models) =>
        compilation.GetTypeByMetadataName(member.TypeName) is { } type ? models.Of(type)?.Dialect : null;
}
