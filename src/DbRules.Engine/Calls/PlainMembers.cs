using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Engine.Calls;

/// <summary>Tells members that only hold what they are given from members with code of their own.</summary>
internal static class PlainMembers
{
    /// <summary>Whether a member of a type in source is a field, or a property that the compiler gives a field.</summary>
    public static bool IsPlain(ISymbol member) => member is IFieldSymbol
        || (member is IPropertySymbol property && property.ContainingType.GetMembers().Any(other => other is IFieldSymbol { AssociatedSymbol: { } owner } && SymbolEqualityComparer.Default.Equals(owner, property)));

    /// <summary>Whether a record in source keeps what its constructor is given for a parameter in a property of that name.</summary>
    public static bool IsPositional(IParameterSymbol parameter) => parameter.ContainingType is { IsRecord: true } record
        && record.GetMembers(parameter.Name).Any(static member => member is IPropertySymbol { DeclaringSyntaxReferences: [var declaration] } && declaration.GetSyntax() is ParameterSyntax);
}
