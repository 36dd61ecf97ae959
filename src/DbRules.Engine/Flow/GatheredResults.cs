using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Flow;

/// <summary>Finds the collections into which a pass of a loop puts what one operation finds: <c>found.AddRange(rows);</c>, <c>foreach (var row in rows) found.Add(row);</c>.</summary>
internal static class GatheredResults
{
    /// <summary>The variables that hold them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="holder">The local that its result goes into first; null for none.</param>
    /// <param name="loop">The loop that repeats it.</param>
    public static HashSet<ILocalSymbol> Of(IOperation operation, ILocalSymbol? holder, ILoopOperation loop)
    {
        var holders = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (holder is not null)
            holders.Add(holder);
        var gathered = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        Operations.Visit(loop.Body, 0, (part, _) =>
        {
            switch (part)
            {
                case IForEachLoopOperation rows when IsOfResult(rows.Collection):
                    holders.UnionWith(rows.Locals);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol named, Parent: IIsPatternOperation { Value: var value } } when IsOfResult(value):
                    holders.Add(named);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol named, Parent: IIsPatternOperation { Value: var value } } when IsOfResult(value):
                    holders.Add(named);
                    break;
                case IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" or "UnionWith" or "Enqueue" or "Push", Instance: { } instance } call
                    when Operations.Unwrap(instance) is ILocalReferenceOperation { Local: var target } && call.Arguments.Any(argument => IsOfResult(argument.Value)):
                    gathered.Add(target);
                    break;
            }

            return part is not (IAnonymousFunctionOperation or ILocalFunctionOperation);
        });
        return gathered;

        bool IsOfResult(IOperation value) => Operations.IsInside(operation, value)
            || Operations.Any(value, part => part is ILocalReferenceOperation { Local: var local } && holders.Contains(local));
    }
}
