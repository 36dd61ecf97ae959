using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Expressions that mean the same to the binder as others and cost next to nothing to bind. A call is often the last of a long chain: to bind it under another name would
/// bind all the others once more, with the lambdas that they are given.
/// </summary>
internal static class StandIns
{
    private static readonly SymbolDisplayFormat Qualified =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>An expression of the type of a call's result; the written expression for anything but a call, and where the type cannot be written at its place.</summary>
    /// <param name="value">What the expression means; null when that is not known.</param>
    /// <param name="written">The expression.</param>
    public static ExpressionSyntax For(IOperation? value, ExpressionSyntax written)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return value is IInvocationOperation { Type: { } type, SemanticModel: { } model } && value.Syntax == written && CanBeWritten(type, model, written.SpanStart)
            ? SyntaxFactory.DefaultExpression(SyntaxFactory.ParseTypeName(type.ToDisplayString(Qualified)))
            : written;
    }

    private static bool CanBeWritten(ITypeSymbol type, SemanticModel model, int position) => type switch
    {
        IArrayTypeSymbol array => CanBeWritten(array.ElementType, model, position),
        ITypeParameterSymbol => true,
        INamedTypeSymbol { IsAnonymousType: false, IsTupleType: false, TypeKind: not TypeKind.Error } named =>
            named.ContainingType?.IsGenericType != true
            && model.IsAccessible(position, named.OriginalDefinition)
            && named.TypeArguments.All(argument => CanBeWritten(argument, model, position)),
        _ => false,
    };
}
