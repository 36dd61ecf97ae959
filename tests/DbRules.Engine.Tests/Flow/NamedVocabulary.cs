using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Tests.Flow;

/// <summary>Answers by the names that the tests declare or use; knows no library and no database.</summary>
internal sealed class NamedVocabulary : IFlowVocabulary
{
    private static readonly HashSet<string> WaitingMethods =
        ["Delay", "Sleep", "WaitForNextTickAsync", "WaitToReadAsync", "ReadAllAsync", "WaitAsync", "GetConsumingEnumerable", "Consume"];

    private static readonly HashSet<string> AdvancingMethods =
        ["Read", "ReadAsync", "MoveNext", "MoveNextAsync", "Dequeue", "TryDequeue", "Pop", "TryPop", "TryRead", "TryTake"];

    private static readonly HashSet<string> Operators = ["Enumerable", "List", "Array", "Parallel", "Option"];

    public bool Waits(IMethodSymbol method) => WaitingMethods.Contains(method.Name);

    public bool Batches(IMethodSymbol method) => method.Name == "Chunk";

    public bool Advances(IMethodSymbol method) => AdvancingMethods.Contains(method.Name);

    public bool ProbesCache(IMethodSymbol method) =>
        method.Name is "TryGetValue" or "ContainsKey" or "GetValueOrDefault" || (method.Name is "Get" or "GetAsync" && method.ContainingType.Name == "Cache");

    public bool StopsEarly(IMethodSymbol method) => method.Name is "Any" or "First" or "FirstOrDefault" or "Find" or "Exists";

    public bool RunsPerElement(IParameterSymbol parameter) =>
        Operators.Contains(parameter.ContainingType.Name) && parameter.Type.TypeKind == TypeKind.Delegate;

    public bool RunsOnce(IParameterSymbol parameter) => parameter.ContainingType.Name == "Task" && parameter.ContainingSymbol.Name == "Run";

    public bool RunsOnMiss(IParameterSymbol parameter) => parameter.ContainingSymbol.Name is "GetOrAdd" or "GetOrCreate";

    public bool IsSource(IParameterSymbol parameter) =>
        Operators.Contains(parameter.ContainingType.Name) && parameter.Name is "source" or "first" or "outer" or "array";

    public bool HoldsAtMostOne(ITypeSymbol type) => type.Name == "Option";

    public bool Consumes(ITypeSymbol type) => type.Name is "Consumer" or "ChannelReader";
}
