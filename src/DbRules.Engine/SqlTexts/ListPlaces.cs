using DbRules.Engine.Flow;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>How parameters hold a list of values.</summary>
public enum ListParameter
{
    /// <summary>It holds one value.</summary>
    None = 0,

    /// <summary>In the place of the parentheses behind <c>IN</c>, for a library that writes the list out.</summary>
    In,

    /// <summary><c>= ANY(@list)</c> in the place of <c>IN</c>, for a database that knows arrays.</summary>
    Any,

    /// <summary><c>&lt;&gt; ALL(@list)</c> in the place of <c>NOT IN</c>.</summary>
    NotAny,

    /// <summary>A parameter for each element, in the place of the parentheses behind <c>IN</c>, for a command whose provider knows no lists.</summary>
    Each,
}

/// <summary>A list of <c>IN</c> whose texts are joined in code.</summary>
/// <param name="Place">What a parameter replaces, with the word <c>IN</c> where the comparison becomes another one.</param>
/// <param name="List">The list in code.</param>
/// <param name="Kind">What replaces it.</param>
/// <param name="Column">What is compared, where it is a name; else empty.</param>
internal sealed record ListPlace(SqlSpan Place, IOperation List, ListParameter Kind, string Column)
{
    /// <summary>The list that a value is all of, or an element of; null where the value is something else.</summary>
    /// <param name="value">The value: <c>string.Join("','", names)</c>, or the <c>n</c> of <c>string.Join(",", names.Select(n => $"'{n}'"))</c>.</param>
    /// <param name="dialect">The dialect of the text.</param>
    /// <param name="holder">What holds the values.</param>
    public static ListPlace? Of(SplicedValue value, SqlDialect dialect, ParameterHolder holder)
    {
        bool isArray = dialect == SqlDialect.PostgreSql;
        bool isWrittenOut = !isArray && holder == ParameterHolder.Members && dialect != SqlDialect.Unknown;
        bool isOneByOne = !isArray && holder == ParameterHolder.Command;
        SqlScript script = value.Sql.Script;
        if ((!isArray && !isWrittenOut && !isOneByOne) || script.Text.Slice(value.Place) is not { Length: 3 } text || text[0] != '\'' || text[2] != '\'' || ListOf(value.Value) is not { } list || (!isWrittenOut && !IsArray(list.Type)))
            return null;
        // What is read several times has to be the same each time.
        if (isOneByOne && list is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation))
            return null;
        SqlToken[] tokens = [.. script.Tokens.Where(static token => token.Kind != SqlTokenKind.Comment)];
        int at = Array.FindIndex(tokens, token => token.Span == value.Place);
        if (at < 2 || at + 1 >= tokens.Length || Written(at - 1) != "(" || tokens[at - 2].Keyword != SqlKeyword.In || Written(at + 1) != ")")
            return null;
        bool isNegated = at > 2 && tokens[at - 3].Keyword == SqlKeyword.Not;
        int compared = isNegated ? at - 4 : at - 3;
        int start = !isArray ? at - 1 : isNegated ? at - 3 : at - 2;
        return new ListPlace(
            SqlSpan.Between(tokens[start].Start, tokens[at + 1].End),
            list,
            isOneByOne ? ListParameter.Each : !isArray ? ListParameter.In : isNegated ? ListParameter.NotAny : ListParameter.Any,
            compared >= 0 && tokens[compared].IsName ? SqlNames.Unquote(Written(compared)) : "");

        string Written(int index) => script.Text.Slice(tokens[index].Span);
    }

    private static IOperation? ListOf(IOperation value)
    {
        IOperation bare = Operations.Unwrap(value);
        if (bare is IInvocationOperation join)
            return JoinedBy(join, "','");
        if (bare is not IParameterReferenceOperation { Parameter: var element })
            return null;
        for (IOperation? parent = bare.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod.Name: "Select" } projection && projection.Arguments.Any(argument => Operations.Unwrap(argument.Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var only] } } && SymbolEqualityComparer.Default.Equals(only, element)))
            {
                IOperation? outer = projection.Parent;
                while (outer is IConversionOperation or IArgumentOperation or IParenthesizedOperation)
                    outer = outer.Parent;
                return outer is IInvocationOperation around && JoinedBy(around, ",") is not null && Operations.Receiver(projection) is { } source ? Operations.Unwrap(source) : null;
            }
        }

        return null;
    }

    /// <summary>The list that a call joins by a separator, spaces aside; null where it does something else.</summary>
    private static IOperation? JoinedBy(IInvocationOperation call, string separator) =>
        call.TargetMethod is { Name: "Join", ContainingType.SpecialType: SpecialType.System_String }
        && call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: var stated } }, { ArgumentKind: ArgumentKind.Explicit, Value: var list }]
        && stated?.ToString().Replace(" ", "") == separator
        && Sequences.ElementType(Operations.Unwrap(list).Type)?.SpecialType == SpecialType.System_String
            ? Operations.Unwrap(list)
            : null;

    private static bool IsArray(ITypeSymbol? type) => type is IArrayTypeSymbol or INamedTypeSymbol { Name: "List", TypeArguments.Length: 1, ContainingNamespace.Name: "Generic" };
}
