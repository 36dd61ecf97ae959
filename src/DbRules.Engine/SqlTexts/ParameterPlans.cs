using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.SqlTexts;

/// <summary>Finds out how values in a SQL text can become parameters. None is better than one that the database would read as another type.</summary>
internal sealed class ParameterPlans(CompilationContext context)
{
    private static readonly string[] TypedWords = ["DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "DATETIME", "INTERVAL", "ZONE", "JSON", "JSONB", "UUID"];
    private static readonly string[] OtherTypes = ["id", "ids", "uuid", "guid", "date", "time", "at", "json"];

    /// <summary>The plan for the values of one text; null when there is none for any of them.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="values">Its values.</param>
    /// <param name="others">The values of all texts of the body, in source order.</param>
    /// <param name="dialect">The dialect.</param>
    public ParameterPlan? Of(SentSql sql, IReadOnlyList<SplicedValue> values, IEnumerable<SplicedValue> others, SqlDialect dialect)
    {
        if (sql.Expression.Syntax.SyntaxTree is not { } tree || TextPieces.Of(sql) is not { } pieces || HolderOf(sql, out IOperation target, out string? argument) is not { } holder || PrefixOf(sql.Script, dialect, holder) is not { } prefix)
            return null;
        var names = new HashSet<string>(sql.Script.Tokens.Where(static token => token.Kind == SqlTokenKind.Parameter).Select(token => SqlNames.ParameterName(sql.Script.Text.Slice(token.Span))), StringComparer.OrdinalIgnoreCase);
        if (holder == ParameterHolder.Command)
        {
            if (MayComeAgain(target, sql.Body.Origins))
                return null;
            TakeNamesOfCommand(sql, others, names);
        }

        var places = ImmutableArray.CreateBuilder<ParameterPlace>();
        foreach (IGrouping<SqlSpan, SplicedValue> place in values.GroupBy(static value => value.Place))
        {
            if ((ListPlace.Of(place.First(), dialect, holder) is { } list ? PlaceOf(list, sql, pieces, target, tree, dialect, names) : PlaceOf(sql, place.Key, place.First(), pieces, target, tree, dialect, names)) is { } found)
                places.Add(found);
        }

        return places.Count == 0 ? null : new ParameterPlan(holder, target.Syntax.Span, argument, sql.Expression.Syntax.Span, prefix, places.ToImmutable());
    }

    private ParameterHolder? HolderOf(SentSql sql, out IOperation target, out string? argument)
    {
        argument = null;
        target = sql.Call?.Invocation ?? sql.Site ?? sql.Expression;
        for (IOperation? parent = sql.Expression.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property, Instance: not IInstanceReferenceOperation } } when context.Models.Of(property)?.Plays("return", ParameterRole.Sql) == true:
                    target = parent;
                    return ParameterHolder.Command;
                case IObjectCreationOperation { Constructor: { } constructor, Type: { } type }:
                    target = parent;
                    return context.Models.Of(constructor) is { } made && made.Parameters.TryGetValue(ParameterRole.Values, out argument) && constructor.Parameters.Any(taken => taken.Type.SpecialType == SpecialType.System_Object)
                        ? ParameterHolder.Members
                        : context.Models.Of(type)?.Has(TypeTraits.Command) == true && argument is null ? ParameterHolder.Command : null;
                case IInvocationOperation call:
                    target = parent;
                    return HolderOf(call, out argument);
                case IArgumentOperation or IConversionOperation or IParenthesizedOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private ParameterHolder? HolderOf(IInvocationOperation call, out string? argument)
    {
        argument = null;
        if (context.Models.Of(call.TargetMethod) is not { } model)
            return null;
        if (!model.Parameters.TryGetValue(ParameterRole.Values, out argument))
            return context.Models.Of(call.Type!)?.Has(TypeTraits.Command) == true ? ParameterHolder.Command : null;
        string name = argument;
        IParameterSymbol? taken = call.TargetMethod.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        if (taken?.Type.SpecialType == SpecialType.System_Object)
            return ParameterHolder.Members;
        return model.Has(DbEffect.CountsValues) ? ParameterHolder.Placeholders : null;
    }

    /// <summary>Whether a command may be given its text again while it has the parameters of the first time: it is made elsewhere, or before a loop.</summary>
    private static bool MayComeAgain(IOperation target, Origins origins)
    {
        if (target is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } command } })
            return false;
        if (Operations.Referenced(command) is not ILocalSymbol local || origins.Resolve(command) is not (IObjectCreationOperation or IInvocationOperation or IAwaitOperation))
            return true;
        for (IOperation? around = target.Parent; around is not null; around = around.Parent)
        {
            if (around is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation && !Operations.IsDeclaredInside(local, around))
                return true;
        }

        return false;
    }

    /// <summary>Databases refuse two parameters of one name: those that the command is given elsewhere, and those that its texts before this one may get.</summary>
    private void TakeNamesOfCommand(SentSql sql, IEnumerable<SplicedValue> others, HashSet<string> names)
    {
        if (sql.Holder is not { } command || Operations.Referenced(command) is not ILocalSymbol local)
            return;
        if (new CommandParameters(context.Models, sql.Body).Of(command, sql.Expression) is { } given)
            names.UnionWith(given.Names);
        foreach (SplicedValue other in others)
        {
            if (other.Value.Syntax.SpanStart < sql.Expression.Syntax.SpanStart && other.Sql != sql && other.Sql.Holder is { } holder && SymbolEqualityComparer.Default.Equals(Operations.Referenced(holder), local))
                NewName(other.Value, names);
        }
    }

    /// <summary>The prefix of the parameters that the text has already, else that of the dialect; null where parameters have no names.</summary>
    private static string? PrefixOf(SqlScript script, SqlDialect dialect, ParameterHolder holder)
    {
        if (holder == ParameterHolder.Placeholders)
            return script.Text.Joined.IndexOfAny(['{', '}']) < 0 ? "" : null;
        foreach (SqlToken token in script.Tokens)
        {
            if (token.Kind != SqlTokenKind.Parameter)
                continue;
            string written = script.Text.Slice(token.Span);
            return written.Length > 1 && written[0] is '@' or ':' && char.IsLetter(written[1]) ? written.Substring(0, 1) : null;
        }

        return dialect == SqlDialect.Oracle ? ":" : "@";
    }

    private static ParameterPlace? PlaceOf(SentSql sql, SqlSpan place, SplicedValue first, TextPieces pieces, IOperation target, SyntaxTree tree, SqlDialect dialect, HashSet<string> names)
    {
        bool isQuoted = place.Length > 1;
        bool isText = !HarmlessTypes.Contains(WithoutBoxing(first.Value).Type);
        // One parameter is no list, and what stands without quotes is no text for the database, whatever the code holds it in.
        if ((!isQuoted && isText) || sql.Body.Origins.Resolve(first.Value) is IInvocationOperation { TargetMethod: { Name: "Join", ContainingType.SpecialType: SpecialType.System_String } }
            || !CanMove(first.Value, sql, pieces, target) || StandsInTypedLiteral(sql.Script, place) || HoldsStatement(sql.Script, place) || (isText && MayHaveOtherType(sql, place, first, dialect)))
        {
            return null;
        }

        TextSpan? span = isQuoted ? QuotedSpan(sql, place, tree) : first.Value.Parent is IArgumentOperation ? PlaceholderSpan(sql, place, tree) : first.Value.Syntax.Span;
        return span is { } found ? new ParameterPlace(found, first.Value.Syntax.Span, NewName(first.Value, names)) : null;
    }

    private static ParameterPlace? PlaceOf(ListPlace list, SentSql sql, TextPieces pieces, IOperation target, SyntaxTree tree, SqlDialect dialect, HashSet<string> names)
    {
        bool mayHaveOtherType = dialect is SqlDialect.PostgreSql or SqlDialect.Unknown && (IsOfOtherType(list.Column) || IsOfOtherType(Operations.Referenced(list.List)?.Name ?? ""));
        // The elements are counted where they are given, which fails without a list.
        if (list.Kind == ListParameter.Each && !Straightness.IsStraight(list.List, sql.Expression))
            return null;
        return !mayHaveOtherType && CanMove(list.List, sql, pieces, target) && sql.Text.PositionBehind(list.Place.Start + 1, tree) is { } behindFirst && sql.Text.PositionBehind(list.Place.End, tree) is { } end && behindFirst < end
            ? new ParameterPlace(TextSpan.FromBounds(behindFirst - 1, end), list.List.Syntax.Span, NewName(list.List, names, isCounted: list.Kind == ListParameter.Each), list.Kind)
            : null;
    }

    private static bool CanMove(IOperation value, SentSql sql, TextPieces pieces, IOperation target) =>
        pieces.Contain(value) && Operations.EnclosingFunction(value) == Operations.EnclosingFunction(sql.Expression) && pieces.IsSameAt(value, target.Syntax.Span);

    /// <summary>The <c>{0}</c> of a format string that stands for a value.</summary>
    private static TextSpan? PlaceholderSpan(SentSql sql, SqlSpan place, SyntaxTree tree) =>
        sql.Text.PositionBehind(place.Start, tree) is { } start && tree.GetText() is var text && start < text.Length && text[start] == '{' && text.ToString(TextSpan.FromBounds(start, Math.Min(text.Length, start + 8))).IndexOf('}') is var end and > 0
            ? new TextSpan(start, end + 1)
            : null;

    private static TextSpan? QuotedSpan(SentSql sql, SqlSpan place, SyntaxTree tree)
    {
        string text = sql.Script.Text.Slice(place);
        int quote = text.IndexOf('\'');
        if (quote < 0 || quote > 1 || (quote == 1 && text[0] is not ('N' or 'n')) || text.IndexOf('\\') >= 0 || text.IndexOf("''", StringComparison.Ordinal) >= 0)
            return null;
        return sql.Text.PositionBehind(place.Start + 1, tree) is { } behindFirst && sql.Text.PositionBehind(place.End, tree) is { } end && tree.GetText()[end - 1] == '\'' && behindFirst < end
            ? TextSpan.FromBounds(behindFirst - 1, end)
            : null;
    }

    /// <summary>Whether a string is itself SQL, as in <c>EXEC('DELETE ...')</c>: as a parameter it would run all the same.</summary>
    private static bool HoldsStatement(SqlScript script, SqlSpan place)
    {
        string text = script.Text.Slice(place);
        int quote = text.IndexOf('\'');
        return quote >= 0 && text.Length > quote + 2 && SqlScript.Parse(text.Substring(quote + 1, text.Length - quote - 2)).Statements.Any(static statement => statement.Kind is not (SqlStatementKind.Unknown or SqlStatementKind.Other));
    }

    private static bool StandsInTypedLiteral(SqlScript script, SqlSpan place)
    {
        SqlToken before = script.Tokens.LastOrDefault(token => token.End <= place.Start && token.Kind != SqlTokenKind.Comment);
        SqlToken behind = script.Tokens.FirstOrDefault(token => token.Start >= place.End && token.Kind != SqlTokenKind.Comment);
        return TypedWords.Contains(script.Text.Slice(before.Span), StringComparer.OrdinalIgnoreCase) || (behind.Length > 0 && behind.Kind == SqlTokenKind.String)
            || script.Text.Slice(behind.Span).Equals("COLLATE", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether PostgreSQL may read a quoted text as something else than text, such as a number, which it would not do with a parameter.
    /// </summary>
    private static bool MayHaveOtherType(SentSql sql, SqlSpan place, SplicedValue value, SqlDialect dialect)
    {
        if (dialect is not (SqlDialect.PostgreSql or SqlDialect.Unknown))
            return false;
        SqlScript script = sql.Script;
        SqlToken behind = script.Tokens.FirstOrDefault(token => token.Start >= place.End);
        if (script.Text.Slice(behind.Span) == "::")
            return false;
        SqlToken[] before = [.. script.Tokens.Where(token => token.End <= place.Start).Reverse().Take(2)];
        bool isPattern = before.Length > 0 && before[0].Keyword == SqlKeyword.Like;
        bool isCompared = before.Length > 1 && before[1].IsName;
        return !isPattern && (IsOfOtherType(Operations.Referenced(value.Value)?.Name ?? "") || (isCompared && IsOfOtherType(SqlNames.Unquote(script.Text.Slice(before[1].Span)))));
    }

    private static bool IsOfOtherType(string name)
    {
        string last = name.Split('_').Last();
        return OtherTypes.Any(word => last.Equals(word, StringComparison.OrdinalIgnoreCase) || (last.Length > word.Length && last.EndsWith(char.ToUpperInvariant(word[0]) + word.Substring(1), StringComparison.Ordinal)));
    }

    /// <summary>A name that no parameter has; where numbers are put behind it, one that none starts with.</summary>
    private static string NewName(IOperation value, HashSet<string> taken, bool isCounted = false)
    {
        IOperation named = WithoutBoxing(value);
        while (named is IInvocationOperation { Instance: { } text })
            named = Operations.Unwrap(text);
        string name = (Operations.Referenced(named)?.Name ?? "value").TrimStart('_', '@');
        name = name.Length == 0 ? "value" : char.ToLowerInvariant(name[0]) + name.Substring(1);
        string wanted = name;
        for (int number = 2; taken.Contains(wanted) || (isCounted && taken.Any(other => other.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))); number++)
            wanted = isCounted ? name + "Value" + number : name + number;
        taken.Add(wanted);
        return wanted;
    }

    private static IOperation WithoutBoxing(IOperation value) => value is IConversionOperation { IsImplicit: true, Operand: var operand } ? operand : value;
}
