using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Schema;

/// <summary>
/// The sets of properties that identify at most one row of an entity: primary and alternate keys and unique indexes, as attributes, conventions, the fluent
/// configuration and the model that migrations keep state them. Thread-safe.
/// </summary>
internal sealed class UniqueKeys(Compilation compilation, EntityKeys keys)
{
    private static readonly FileSearch<UniqueKey> Stated = new(Read, "HasKey", "HasAlternateKey", "IsUnique");

    private readonly SmallTable<ITypeSymbol, ImmutableArray<ImmutableArray<string>>> _known = new(SymbolEqualityComparer.Default);
    private readonly Later<Compilation, ILookup<string, ImmutableArray<string>>> _configured = new(compilation, static compilation => Stated.In(ModelSources.Trees(compilation)).ToLookup(static key => key.Entity, static key => key.Members, StringComparer.Ordinal));

    /// <summary>The names of the properties of each such set; empty when the code shows none.</summary>
    public ImmutableArray<ImmutableArray<string>> Of(ITypeSymbol entity) => _known.GetOrAdd(entity, Find);

    private ImmutableArray<ImmutableArray<string>> Find(ITypeSymbol entity)
    {
        var found = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        if (keys.PrimaryKeyOf(entity) is { } primary)
            found.Add([primary.Name]);
        for (ITypeSymbol? type = entity; type is not null && type.SpecialType == SpecialType.None; type = type.BaseType)
        {
            foreach (AttributeData attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.Name is "PrimaryKeyAttribute" || (attribute.AttributeClass?.Name is "IndexAttribute" && IsUnique(attribute)))
                    found.Add(NamesIn(attribute));
            }

            found.AddRange(_configured.Value[type.Name]);
        }

        return found.ToImmutable();
    }

    private static bool IsUnique(AttributeData index) => index.NamedArguments.Any(static argument => argument is { Key: "IsUnique", Value.Value: true });

    private static ImmutableArray<string> NamesIn(AttributeData attribute) =>
    [
        .. attribute.ConstructorArguments
            .SelectMany(static argument => argument.Kind == TypedConstantKind.Array ? argument.Values : [argument])
            .Select(static argument => argument.Value).OfType<string>(),
    ];

    private static IEnumerable<UniqueKey> Read(CompilationUnitSyntax file)
    {
        foreach (InvocationExpressionSyntax call in file.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (StatedBy(call) is { } key && key.Expression is MemberAccessExpressionSyntax access && FluentCalls.EntityOf(access) is { } entity && FluentCalls.Members(key) is { IsEmpty: false } members)
                yield return new UniqueKey(entity, members);
        }
    }

    /// <summary>The call that names the members of a key or of an index that is unique; null for other calls.</summary>
    private static InvocationExpressionSyntax? StatedBy(InvocationExpressionSyntax call)
    {
        switch (ModelSources.NameOf(call))
        {
            case "HasKey" or "HasAlternateKey":
                return call;
            case "IsUnique" when call.ArgumentList.Arguments is [] or [{ Expression.RawKind: (int)SyntaxKind.TrueLiteralExpression }]:
                SyntaxNode receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
                while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var next } } link)
                {
                    if (ModelSources.NameOf(link) == "HasIndex")
                        return link;
                    receiver = next;
                }

                return null;
            default:
                return null;
        }
    }

    private readonly record struct UniqueKey(string Entity, ImmutableArray<string> Members);
}
