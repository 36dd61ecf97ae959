using System.Collections.Immutable;
using DbRules.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.CodeFixes.Transactions;

/// <summary>How statements of one block become the body of a lambda: what they hand on, and how they end.</summary>
internal sealed class UnitFlow
{
    private UnitFlow(ImmutableArray<ILocalSymbol> results, ReturnKind returns, string? returnType, bool awaits)
    {
        Results = results;
        Returns = returns;
        ReturnType = returnType;
        Awaits = awaits;
    }

    public enum ReturnKind
    {
        /// <summary>Control goes on behind the statements, or the function ends there.</summary>
        None,

        /// <summary>All paths through the statements leave the function, without a value.</summary>
        Leaves,

        /// <summary>All paths through the statements leave the function, with a value.</summary>
        Value,
    }

    /// <summary>The locals that the statements declare and later code uses.</summary>
    public ImmutableArray<ILocalSymbol> Results { get; }

    /// <summary>How the statements leave the function.</summary>
    public ReturnKind Returns { get; }

    /// <summary>The type argument that a returned value needs; null where it is inferred.</summary>
    public string? ReturnType { get; }

    /// <summary>Whether the statements await.</summary>
    public bool Awaits { get; }

    /// <summary>The flow of statements; null when a lambda cannot hold them.</summary>
    public static UnitFlow? Of(StatementSyntax first, StatementSyntax last, SemanticModel model)
    {
        DataFlowAnalysis? data = model.AnalyzeDataFlow(first, last);
        ControlFlowAnalysis? control = model.AnalyzeControlFlow(first, last);
        if (data is not { Succeeded: true } || control is not { Succeeded: true, EntryPoints.IsEmpty: true } || control.ExitPoints.Any(static exit => exit is not ReturnStatementSyntax))
            return null;
        SyntaxNode function = Editing.Awaits.FunctionAround(first);
        List<SyntaxNode> own = [.. Statements(first, last).SelectMany(static statement => statement.DescendantNodesAndSelf()).Where(node => Editing.Awaits.FunctionAround(node) == function || node == function)];
        if (own.Exists(static node => node is YieldStatementSyntax) || !CanCapture(data))
            return null;
        if (ResultsOf(data, last, function) is not { } results)
            return null;
        bool awaits = own.Exists(static node => node switch
        {
            AwaitExpressionSyntax => true,
            LocalDeclarationStatementSyntax declaration => !declaration.AwaitKeyword.IsKind(SyntaxKind.None),
            UsingStatementSyntax scope => !scope.AwaitKeyword.IsKind(SyntaxKind.None),
            CommonForEachStatementSyntax loop => !loop.AwaitKeyword.IsKind(SyntaxKind.None),
            _ => false,
        });
        List<ReturnStatementSyntax> returns = [.. control.ReturnStatements.OfType<ReturnStatementSyntax>()];
        if (returns.Count == 0)
            return new UnitFlow(results, ReturnKind.None, null, awaits);
        bool endsFunction = first.Parent is BlockSyntax block && block.Parent == function && block.Statements.Last() == last;
        if (!results.IsEmpty || (control.EndPointIsReachable && !(endsFunction && returns.TrueForAll(static one => one.Expression is null))))
            return null;
        if (returns.TrueForAll(static one => one.Expression is null))
            return new UnitFlow(results, control.EndPointIsReachable || endsFunction ? ReturnKind.None : ReturnKind.Leaves, null, awaits);
        return ValueOf(function, model) is { } value
            ? new UnitFlow(results, ReturnKind.Value, TypeArgument(value, returns, model), awaits)
            : null;
    }

    /// <summary>The statements from one to another of the same block; top-level statements stand one beside the other too.</summary>
    public static IEnumerable<StatementSyntax> Statements(StatementSyntax first, StatementSyntax last)
    {
        IEnumerable<StatementSyntax> siblings = first.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(static member => member.Statement),
            _ => [],
        };
        return siblings.Where(statement => statement.SpanStart >= first.SpanStart && statement.Span.End <= last.Span.End);
    }

    /// <summary>A lambda takes neither references nor stack-only values of its surroundings, and changing their variables a second time is another story.</summary>
    private static bool CanCapture(DataFlowAnalysis data) =>
        !data.WrittenInside.Except(data.VariablesDeclared, SymbolEqualityComparer.Default).Any()
        && data.ReadInside.Except(data.VariablesDeclared, SymbolEqualityComparer.Default).All(static symbol => symbol switch
        {
            IParameterSymbol parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType && !(parameter.IsThis && parameter.Type.IsValueType),
            ILocalSymbol local => !local.IsRef && !local.Type.IsRefLikeType,
            _ => true,
        });

    private static ImmutableArray<ILocalSymbol>? ResultsOf(DataFlowAnalysis data, StatementSyntax last, SyntaxNode function)
    {
        var results = ImmutableArray.CreateBuilder<ILocalSymbol>();
        foreach (ISymbol declared in data.VariablesDeclared)
        {
            if (!data.ReadOutside.Contains(declared, SymbolEqualityComparer.Default) && !data.WrittenOutside.Contains(declared, SymbolEqualityComparer.Default))
                continue;
            // That a using declaration disposes at the end of the block counts as use.
            if (declared is ILocalSymbol { IsUsing: true } && !IsNamedBehind(declared.Name, last, function))
                continue;
            if (declared is not ILocalSymbol { IsRef: false, IsUsing: false, IsConst: false, Type.IsRefLikeType: false } result || !data.AlwaysAssigned.Contains(declared, SymbolEqualityComparer.Default))
                return null;
            results.Add(result);
        }

        return results.ToImmutable();
    }

    private static bool IsNamedBehind(string name, StatementSyntax last, SyntaxNode function) =>
        function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(node => node.SpanStart >= last.Span.End && node.Identifier.ValueText == name);

    /// <summary>The type of the values that a function returns, without the task around it; null when that is not known, or when the function hands a task on without awaiting it.</summary>
    private static ITypeSymbol? ValueOf(SyntaxNode function, SemanticModel model)
    {
        if ((function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function).Symbol : model.GetDeclaredSymbol(function)) is not IMethodSymbol { ReturnsVoid: false, ReturnsByRef: false, ReturnsByRefReadonly: false } method)
            return null;
        bool isTask = method.ReturnType.Name is "Task" or "ValueTask";
        return method.IsAsync == isTask ? isTask ? (method.ReturnType as INamedTypeSymbol)?.TypeArguments.FirstOrDefault() : method.ReturnType : null;
    }

    private static string? TypeArgument(ITypeSymbol value, List<ReturnStatementSyntax> returns, SemanticModel model) =>
        returns.TrueForAll(one => SymbolEqualityComparer.IncludeNullability.Equals(model.GetTypeInfo(one.Expression!).Type, value)
            || (value.IsValueType && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(one.Expression!).Type, value))
            || (value.NullableAnnotation != NullableAnnotation.Annotated && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(one.Expression!).Type, value)))
            ? null
            : value.ToMinimalDisplayString(model, returns[0].SpanStart);
}
