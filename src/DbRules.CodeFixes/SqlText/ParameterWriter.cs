using DbRules.CodeFixes.Editing;
using DbRules.Hints;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.CodeFixes.SqlText;

/// <summary>Writes the values of parameters where the code around them has theirs.</summary>
internal static class ParameterWriter
{
    /// <summary>
    /// Adds the values; the number of values that were there before where placeholders count them, else 0. Negative, when there is no place for them.
    /// </summary>
    public static int TryAdd(SpliceHint hint, IReadOnlyList<SplicedPlace> places, DocumentEdit edit) => hint.Holder switch
    {
        SpliceHolder.Command => TryAddToCommand(hint, places, edit) ? 0 : -1,
        SpliceHolder.Members => TryAddMembers(hint, places, edit) ? 0 : -1,
        _ => TryAddArguments(hint, places, edit),
    };

    private static bool TryAddToCommand(SpliceHint hint, IReadOnlyList<SplicedPlace> places, DocumentEdit edit)
    {
        if (CommandAt(hint, edit) is not { } found)
            return false;
        (string command, ITypeSymbol type, SyntaxNode place, int position, string indentation) = found;
        if (type.ContainingNamespace?.Name is "OleDb" or "Odbc" || ParametersOf(type) is not { } parameters)
            return false;
        string newLine = LoopLayout.NewLine(edit.Text);
        foreach (SplicedPlace value in places)
        {
            string name = $"\"{hint.Prefix}{value.Name}\"";
            string text = value.Elements is { } elements ? elements.Element : OrDatabaseNull(value, edit);
            if (value.Elements is { } counted)
                name = counted.NameOf(hint.Prefix + value.Name);
            IEnumerable<string> lines;
            if (HasMember(parameters, "AddWithValue"))
            {
                lines = [$"{command}.Parameters.AddWithValue({name}, {text});"];
            }
            else
            {
                string local = edit.NamesAround(place).Local(value.Name + "Parameter");
                lines = [$"var {local} = {command}.CreateParameter();", $"{local}.ParameterName = {name};", $"{local}.Value = {text};", $"{command}.Parameters.Add({local});"];
            }

            if (value.Elements is { } loop)
                lines = loop.Around([.. lines]);
            edit.Replace(new TextSpan(position, 0), string.Concat(lines.Select(line => newLine + indentation + line)));
        }

        return true;
    }

    /// <summary>The command, and the end of the line behind which its parameters can be added; null when there is no such line.</summary>
    private static (string Command, ITypeSymbol Type, SyntaxNode Place, int Position, string Indentation)? CommandAt(SpliceHint hint, DocumentEdit edit)
    {
        ExpressionSyntax? target = edit.Find<ExpressionSyntax>(hint.Target);
        switch (target)
        {
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment:
                return Behind(assignment, statement);
            case ExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: var declaration } } variable } } creation
                when (edit.Model.GetDeclaredSymbol(variable) as ILocalSymbol)?.Type is { } type:
                return declaration switch
                {
                    LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } local when EndOf(local, edit) is { } end => (variable.Identifier.Text, type, creation, end, LoopLayout.IndentationAt(edit.Text, local.SpanStart)),
                    UsingStatementSyntax { Statement: BlockSyntax { Statements: [var first, ..] } block } => (variable.Identifier.Text, type, creation, block.OpenBraceToken.Span.End, LoopLayout.IndentationAt(edit.Text, first.SpanStart)),
                    _ => null,
                };
            default:
                return null;
        }

        (string, ITypeSymbol, SyntaxNode, int, string)? Behind(AssignmentExpressionSyntax assignment, ExpressionStatementSyntax statement) =>
            assignment.Left is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access
            && statement.Parent is BlockSyntax or GlobalStatementSyntax
            && edit.Model.GetTypeInfo(access.Expression).Type is { } type
            && EndOf(statement, edit) is { } end
                ? (access.Expression.ToString(), type, assignment, end, LoopLayout.IndentationAt(edit.Text, statement.SpanStart))
                : null;
    }

    /// <summary>The end of the line that a statement ends on; null where another one follows on it.</summary>
    private static int? EndOf(StatementSyntax statement, DocumentEdit edit)
    {
        TextLine line = edit.Text.Lines.GetLineFromPosition(statement.Span.End);
        return statement.GetLastToken().GetNextToken().SpanStart >= line.End ? line.End : null;
    }

    private static ITypeSymbol? ParametersOf(ITypeSymbol command) => TypesOf(command).SelectMany(static type => type.GetMembers("Parameters")).OfType<IPropertySymbol>().FirstOrDefault()?.Type;

    private static bool HasMember(ITypeSymbol type, string name) => TypesOf(type).Any(part => !part.GetMembers(name).IsEmpty);

    private static IEnumerable<ITypeSymbol> TypesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
            yield return implemented;
    }

    private static bool TryAddMembers(SpliceHint hint, IReadOnlyList<SplicedPlace> places, DocumentEdit edit)
    {
        if (CallAt(hint, edit) is not { } call)
            return false;
        string members = string.Join(", ", places.Select(static place => place.Value is IdentifierNameSyntax && place.ValueText == place.Name ? place.Name : $"{Escaped(place.Name)} = {place.ValueText}"));
        if (call.Values is null)
        {
            string label = call.CanStandBehindSql ? "" : hint.Argument + ": ";
            edit.Replace(new TextSpan(call.Sql.Span.End, 0), $", {label}new {{ {members} }}");
            return true;
        }

        switch (call.Values.Expression)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } nothing:
                edit.Replace(nothing.Span, $"new {{ {members} }}");
                return true;
            case AnonymousObjectCreationExpressionSyntax { Initializers: [.., var last] } given when !given.Initializers.Any(member => places.Any(place => NameOf(member).Equals(place.Name, StringComparison.OrdinalIgnoreCase))):
                edit.Replace(new TextSpan(last.Span.End, 0), ", " + members);
                return true;
            case IdentifierNameSyntax bag:
                return BagWriter.TryAdd(bag, call.List.Parent!, places, edit);
            default:
                return false;
        }
    }

    private static string NameOf(AnonymousObjectMemberDeclaratorSyntax member) => member switch
    {
        { NameEquals.Name.Identifier.ValueText: var name } => name,
        { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => name,
        { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        _ => "",
    };

    private static int TryAddArguments(SpliceHint hint, IReadOnlyList<SplicedPlace> places, DocumentEdit edit)
    {
        if (CallAt(hint, edit) is not { } call || call.List.Arguments.Any(static argument => argument.NameColon is not null))
            return -1;
        string values = string.Join(", ", places.Select(place => OrDatabaseNull(place, edit)));
        int sql = call.List.Arguments.IndexOf(call.Sql);
        int given = call.List.Arguments.Count - sql - 1;
        bool isLast = call.Method.Parameters is [.., { IsParams: true }];
        if (!isLast)
        {
            // Another overload takes the values and the token.
            bool isToken = given == 1 && edit.Model.GetTypeInfo(call.List.Arguments[sql + 1].Expression).Type?.Name == "CancellationToken";
            if (given > 0 && !isToken)
                return -1;
            edit.Replace(new TextSpan(call.Sql.Span.End, 0), given == 0 ? ", " + values : $", new object[] {{ {values} }}");
            return 0;
        }

        // An array alone would be the arguments themselves.
        if (given == 0 && places is [{ IsList: true, Value: { } list }] && edit.Model.GetTypeInfo(list).Type is IArrayTypeSymbol)
            values = "(object)" + values;
        if (given == 1 && edit.Model.GetTypeInfo(call.List.Arguments[sql + 1].Expression).Type is IArrayTypeSymbol)
            return -1;
        edit.Replace(new TextSpan(call.List.Arguments[call.List.Arguments.Count - 1].Span.End, 0), ", " + values);
        return given;
    }

    /// <summary>The arguments of the call or creation that takes the text.</summary>
    private static TakingCall? CallAt(SpliceHint hint, DocumentEdit edit)
    {
        ExpressionSyntax? target = edit.Find<ExpressionSyntax>(hint.Target);
        ArgumentListSyntax? list = (target as InvocationExpressionSyntax)?.ArgumentList ?? (target as BaseObjectCreationExpressionSyntax)?.ArgumentList;
        if (list?.Arguments.FirstOrDefault(argument => argument.Expression.Span.Contains(hint.Sql)) is not { } sql || edit.Model.GetSymbolInfo(target!).Symbol is not IMethodSymbol method)
            return null;
        int at = method.Parameters.ToList().FindIndex(parameter => parameter.Name == hint.Argument);
        int sqlAt = list.Arguments.IndexOf(sql);
        ArgumentSyntax? values = list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == hint.Argument)
            ?? (at >= 0 && at < list.Arguments.Count && list.Arguments[at].NameColon is null ? list.Arguments[at] : null);
        return new TakingCall(list, sql, values, method, at == sqlAt + 1 && sql.NameColon is null);
    }

    /// <summary>The value, or the null of a database where it may be null.</summary>
    private static string OrDatabaseNull(SplicedPlace place, DocumentEdit edit)
    {
        if (place.Value is not { } value)
            return place.ValueText;
        TypeInfo type = edit.Model.GetTypeInfo(value);
        bool canBeNull = type.Type is { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } && (place.IsMovedOut || type.Nullability.FlowState != NullableFlowState.NotNull);
        if (!canBeNull || value is InvocationExpressionSyntax)
            return place.ValueText;
        string space = edit.Model.LookupNamespacesAndTypes(value.SpanStart, name: "DBNull").IsEmpty ? "System." : "";
        string boxed = place.IsMovedOut || type.Nullability.FlowState == NullableFlowState.MaybeNull ? "object?" : "object";
        string operand = value is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? place.ValueText : $"({place.ValueText})";
        return $"({boxed}){operand} ?? {space}DBNull.Value";
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A call that takes SQL.</summary>
    /// <param name="List">Its arguments.</param>
    /// <param name="Sql">The SQL.</param>
    /// <param name="Values">The values that it is given; null when it is given none.</param>
    /// <param name="Method">What is called.</param>
    /// <param name="CanStandBehindSql">Whether values can be given right behind the SQL without a name.</param>
    private sealed record TakingCall(ArgumentListSyntax List, ArgumentSyntax Sql, ArgumentSyntax? Values, IMethodSymbol Method, bool CanStandBehindSql);
}
