using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Effects;

/// <summary>A method whose signature says that it does for a sequence of keys what another one does for a key.</summary>
/// <param name="Method">The method.</param>
/// <param name="Keys">Its parameter that takes the keys.</param>
/// <param name="Shape">What the other method returns.</param>
/// <param name="Batch">What the method returns.</param>
internal sealed record BatchSignature(IMethodSymbol Method, IParameterSymbol Keys, KeyLookupShape Shape, BatchResult Batch)
{
    private const string Collections = "System.Collections.Generic";

    private static readonly string[] Sequences = ["IEnumerable", "IReadOnlyCollection", "IReadOnlyList", "ICollection", "IList", "List", "HashSet", "ISet"];

    private static readonly string[] RowLists = ["List", "IList", "ICollection", "IReadOnlyList", "IReadOnlyCollection", "IEnumerable"];

    private static readonly string[] KeyWords = ["Id", "Key", "List", "Set", "Distinct", "All", "The", "Guid"];

    private static readonly string[] BatchWords =
        ["Many", "All", "Multiple", "List", "Batch", "Bulk", "Range", "By", "For", "Ids", "Id", "Keys", "Key", "Map", "Dictionary", "Lookup", "Existing", "With", "And"];

    /// <summary>How well the name says that the method is the other's sibling: the more words they share, the better. Zero when it does not say so.</summary>
    public int NameMatch(IMethodSymbol one)
    {
        HashSet<string> ofOne = Words(one.Name);
        HashSet<string> ofMany = Words(Method.Name);
        bool isKnown = ofMany.All(word => ofOne.Contains(word) || ofOne.Contains(Singular(word)) || BatchWords.Contains(word) || IsWordOfKey(word, one))
            && ofOne.Where(static word => !BatchWords.Contains(word)).All(word => ofMany.Contains(word) || ofMany.Any(other => Singular(other) == word));
        return isKnown ? 1 + ofOne.Count(ofMany.Contains) : 0;
    }

    /// <summary>The signature of a candidate; null when it does not answer what the other method answers.</summary>
    /// <param name="candidate">A method of the type.</param>
    /// <param name="one">The method that takes one key.</param>
    /// <param name="key">The parameter that takes it.</param>
    public static BatchSignature? Of(IMethodSymbol candidate, IMethodSymbol one, IParameterSymbol key)
    {
        if (candidate is not { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, ReturnsVoid: false } || candidate.IsStatic != one.IsStatic)
            return null;
        if (Tasks.YieldOf(candidate.ReturnType) is not null != Tasks.YieldOf(one.ReturnType) is not null)
            return null;
        IParameterSymbol? keys = null;
        foreach (IParameterSymbol parameter in candidate.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
                return null;
            if (keys is null && IsSequenceOf(parameter.Type, key.Type))
                keys = parameter;
            else if (!parameter.IsOptional && !WellKnownTypes.IsCancellationToken(parameter.Type) && !IsIn(one, parameter))
                return null;
        }

        bool leavesNoneOut = one.Parameters.All(parameter => parameter.Equals(key, SymbolEqualityComparer.Default) || WellKnownTypes.IsCancellationToken(parameter.Type) || IsIn(candidate, parameter));
        if (keys is null || !leavesNoneOut || !AreOfOneKind(key, keys, one))
            return null;
        ITypeSymbol answer = Tasks.ResultOf(one.ReturnType);
        (KeyLookupShape Shape, BatchResult Batch)? kind = KindOf(answer, Tasks.ResultOf(candidate.ReturnType), key.Type);
        return kind is { } known ? new BatchSignature(candidate, keys, known.Shape, known.Batch) : null;
    }

    /// <summary>The type of the rows that a method returns; null where it returns none.</summary>
    public static ITypeSymbol RowOf(IMethodSymbol one)
    {
        ITypeSymbol answer = Tasks.ResultOf(one.ReturnType);
        return RowsOf(answer) ?? answer;
    }

    private static (KeyLookupShape Shape, BatchResult Batch)? KindOf(ITypeSymbol answer, ITypeSymbol batch, ITypeSymbol key)
    {
        if (answer.SpecialType == SpecialType.System_Boolean)
            return batch is INamedTypeSymbol { Name: "HashSet" or "ISet" or "IReadOnlySet", TypeArguments: [var member] } && Same(member, key) ? (KeyLookupShape.Any, BatchResult.Set) : null;
        ITypeSymbol? many = RowsOf(answer);
        ITypeSymbol row = many ?? answer;
        KeyLookupShape shape = many is null ? KeyLookupShape.One : KeyLookupShape.Many;
        return batch switch
        {
            INamedTypeSymbol { Name: "Dictionary" or "IReadOnlyDictionary", TypeArguments: [var from, var to] } when many is null => Same(from, key) && Same(to, row) ? (shape, BatchResult.Dictionary) : null,
            INamedTypeSymbol { Name: "ILookup", TypeArguments: [var from, var to] } when many is not null => Same(from, key) && Same(to, row) ? (shape, BatchResult.Lookup) : null,
            _ when row.IsReferenceType && RowsOf(batch) is { } rows && Same(rows, row) => (shape, BatchResult.Rows),
            _ => null,
        };
    }

    private static ITypeSymbol? RowsOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: var element } => element,
        INamedTypeSymbol { TypeArguments: [var element] } named when RowLists.Contains(named.Name) && IsCollection(named) => element,
        _ => null,
    };

    private static bool IsSequenceOf(ITypeSymbol type, ITypeSymbol key) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: var element } => Same(element, key),
        INamedTypeSymbol { TypeArguments: [var element] } named => Sequences.Contains(named.Name) && IsCollection(named) && Same(element, key),
        _ => false,
    };

    private static bool IsCollection(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() == Collections;

    private static bool IsIn(IMethodSymbol method, IParameterSymbol parameter) =>
        method.Parameters.Any(other => other.Name == parameter.Name && other.RefKind == RefKind.None && parameter.RefKind == RefKind.None && Same(other.Type, parameter.Type));

    private static bool Same(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>
    /// Whether the names speak of the same keys: <c>customerId</c> and <c>customerIds</c>. A name that says nothing, as <c>ids</c>, speaks of what
    /// the method returns.
    /// </summary>
    private static bool AreOfOneKind(IParameterSymbol key, IParameterSymbol keys, IMethodSymbol one)
    {
        HashSet<string> ofOne = KindWords(key.Name);
        HashSet<string> ofMany = KindWords(keys.Name);
        if (ofOne.Count > 0 && ofMany.Count > 0)
            return ofOne.Overlaps(ofMany);
        HashSet<string> named = ofOne.Count > 0 ? ofOne : ofMany;
        return named.Count == 0 || named.Overlaps(Words(RowOf(one).Name)) || named.Overlaps(Words(one.ContainingType.Name));
    }

    private static HashSet<string> KindWords(string name) =>
        new(Words(name).Select(Singular).Where(static word => !KeyWords.Contains(word, StringComparer.OrdinalIgnoreCase)), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word is one of the key parameter's name or of the row's type, as <c>Customers</c> in <c>GetCustomersByIds</c>.</summary>
    private static bool IsWordOfKey(string word, IMethodSymbol one) =>
        one.Parameters.Any(parameter => Words(parameter.Name).Contains(Singular(word))) || Words(RowOf(one).Name).Contains(Singular(word));

    private static HashSet<string> Words(string name)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string bare = name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Async".Length) : name;
        int start = 0;
        for (int i = 1; i <= bare.Length; i++)
        {
            if (i < bare.Length && !char.IsUpper(bare[i]))
                continue;
            words.Add(bare.Substring(start, i - start));
            start = i;
        }

        return words;
    }

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? word.Substring(0, word.Length - 3) + "y"
        : word.EndsWith("s", StringComparison.Ordinal) && word.Length > 2 ? word.Substring(0, word.Length - 1)
        : word;
}
