using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Models;

/// <summary>Looks for what a file names that a compilation does not have.</summary>
internal sealed class ModelCheck(Compilation compilation, ModelFile file, CancellationToken cancellationToken)
{
    private readonly HashSet<string> _referenced =
        new(compilation.ReferencedAssemblyNames.Select(assembly => assembly.Name), StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<ModelProblem> Run() => file.Types.SelectMany(Check);

    private IEnumerable<ModelProblem> Check(TypeRow row)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Two libraries may declare one name; the row speaks for both.
        var types = compilation.GetTypesByMetadataName(row.Model.Name);
        if (!types.IsEmpty)
            return row.Rows.SelectMany(member => Check(member, types));
        var mayBeMissing = row.Has(TypeMarks.Optional) || (row.Assemblies.Length > 0 && !row.Assemblies.Any(_referenced.Contains));
        return mayBeMissing
            ? []
            : [file.Problem(row.NameSpan, $"Neither this project nor its references have a type '{row.Model.Name}'. 'optional' behind the name says that it may be missing")];
    }

    private IEnumerable<ModelProblem> Check(MemberRow row, ImmutableArray<INamedTypeSymbol> types)
    {
        var found = new List<ISymbol>();
        foreach (var member in row.Members)
        {
            var named = types.SelectMany(type => Named(type, member.Model.Name)).ToList();
            found.AddRange(named);
            if (named.Count == 0 && !row.Optional)
                yield return file.Problem(member.Span, Missing(types[0], member.Model.Name));
        }

        if (found.Count == 0)
            yield break;
        foreach (var parameter in row.Parameters)
        {
            if (!found.Exists(member => Has(member, parameter.Text)))
                yield return file.Problem(parameter.Span, $"No overload of '{row.Members[0].Model}' has a parameter '{parameter.Text}'. Their parameters: {Parameters(found)}");
        }
    }

    private static List<ISymbol> Named(INamedTypeSymbol type, string name) =>
        [.. type.GetMembers().Where(member => member.MetadataName == name && member is IMethodSymbol or IPropertySymbol or IFieldSymbol { IsConst: true }), .. ExtensionMembers(type, name)];

    /// <summary>Members of <c>extension</c> blocks: rows name the static class around them.</summary>
    private static IEnumerable<ISymbol> ExtensionMembers(INamedTypeSymbol type, string name) =>
        type.GetTypeMembers().Where(nested => nested.TypeKind == TypeKind.Extension).SelectMany(block => block.GetMembers(name));

    private static string Missing(INamedTypeSymbol type, string name)
    {
        for (var home = type.BaseType; home is not null; home = home.BaseType)
        {
            if (Named(home, name).Count > 0)
                return $"'{name}' is declared by '{home.ToDisplayString()}', a base of '{type.ToDisplayString()}': its row belongs under that type";
        }

        return $"'{type.ToDisplayString()}' declares no method or property '{name}'";
    }

    private static bool Has(ISymbol member, string name) => name switch
    {
        ModelWords.Receiver => !member.IsStatic,
        ModelWords.Result => member is not IMethodSymbol { ReturnsVoid: true, MethodKind: not MethodKind.Constructor },
        _ => ParametersOf(member).Any(parameter => parameter.Name == name),
    };

    private static IEnumerable<IParameterSymbol> ParametersOf(ISymbol member) => member switch
    {
        IMethodSymbol { ContainingType: { TypeKind: TypeKind.Extension, ExtensionParameter: { } receiver } } method => method.Parameters.Insert(0, receiver),
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private static string Parameters(List<ISymbol> members) => ModelWords.List(
        members.SelectMany(ParametersOf).Select(parameter => parameter.Name)
            .Concat(members.Exists(member => !member.IsStatic) ? [ModelWords.Receiver] : [])
            .Append(ModelWords.Result)
            .Distinct());
}
