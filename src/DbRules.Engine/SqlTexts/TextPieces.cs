using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.SqlTexts;

/// <summary>The strings that make one text, where nothing but the text is made of them.</summary>
internal sealed class TextPieces
{
    private readonly SentSql _sql;
    private readonly IReadOnlyList<IOperation> _pieces;

    private TextPieces(SentSql sql, IReadOnlyList<IOperation> pieces)
    {
        _sql = sql;
        _pieces = pieces;
    }

    /// <summary>Finds them; null where the text is read by other code too, or made in a way that is not simple.</summary>
    public static TextPieces? Of(SentSql sql)
    {
        IOperation current = Operations.Unwrap(sql.Expression);
        while (current is ILocalReferenceOperation { Local: var local } use)
        {
            if (sql.Body.Origins.SingleValue(local) is not { } value)
                return StepsOf(local, use, sql) is { } steps ? new TextPieces(sql, steps) : null;
            if (sql.Body.Origins.MentionsOf(local).Count != 1)
                return null;
            current = value;
        }

        IReadOnlyList<IOperation> pieces = current is IInvocationOperation { TargetMethod.Name: "ToString", Arguments.IsEmpty: true } end ? AppendedBefore(end, sql) : [current];
        return pieces.Any(piece => IsString(piece, sql)) ? new TextPieces(sql, pieces) : null;
    }

    /// <summary>Whether a value stands in one of the strings.</summary>
    public bool Contain(IOperation value) => PieceAround(value) is { } piece && IsString(piece, _sql);

    /// <summary>Whether a value can be read where the text is handed over, and is the same there as where it becomes part of the text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="target">The code that takes the text.</param>
    public bool IsSameAt(IOperation value, TextSpan target)
    {
        if (PieceAround(value) == Operations.Unwrap(_sql.Expression))
            return true;
        IOperation bare = value is IConversionOperation { IsImplicit: true, Operand: var operand } ? operand : value;
        // What runs only sometimes may fail at other times, which a variable does not.
        if (!Straightness.IsStraight(value, _sql.Expression) && bare is not (ILocalReferenceOperation or IParameterReferenceOperation))
            return false;
        return !Operations.Any(value, operation => operation switch
        {
            IInvocationOperation call => call.TargetMethod.ContainingType?.SpecialType != SpecialType.System_String,
            IAssignmentOperation or IIncrementOrDecrementOperation => true,
            ILocalReferenceOperation { Local: var local } => _sql.Body.Origins.Of(local).Count != 1 || !IsInScope(local, target),
            IParameterReferenceOperation parameter => _sql.Body.Origins.Of(parameter.Parameter).Count > 0,
            _ => false,
        });
    }

    private IOperation? PieceAround(IOperation value) => _pieces.FirstOrDefault(piece => Operations.IsInside(value, piece));

    private static bool IsString(IOperation piece, SentSql sql) =>
        (piece is IInterpolatedStringOperation or IBinaryOperation or IInterpolatedStringHandlerCreationOperation || IsFormat(piece)) && piece.Syntax.SyntaxTree == sql.Expression.Syntax.SyntaxTree;

    private static bool IsFormat(IOperation piece) =>
        piece is IInvocationOperation { TargetMethod: { Name: "Format", ContainingType.SpecialType: SpecialType.System_String } or { Name: "AppendFormat", ContainingType.Name: "StringBuilder" } };

    /// <summary>The strings that a local is given and that are added to it by <c>+=</c>; null where anything else is done to it.</summary>
    private static List<IOperation>? StepsOf(ILocalSymbol local, ILocalReferenceOperation use, SentSql sql)
    {
        IReadOnlyList<Assignment> assignments = sql.Body.Origins.Of(local);
        var pieces = new List<IOperation>();
        foreach (Assignment assignment in assignments)
        {
            IOperation? value = assignment switch
            {
                { Site: ICompoundAssignmentOperation { Value: var added } } when pieces.Count > 0 => added,
                { Site: IVariableDeclaratorOperation, Value: { } first } => first,
                _ => null,
            };
            if (value is null || assignment.Site.Syntax.SpanStart > use.Syntax.SpanStart)
                return null;
            pieces.Add(Operations.Unwrap(value));
        }

        // Each but the declaration names the local once, and so does what hands it over.
        return sql.Body.Origins.MentionsOf(local).Count == assignments.Count ? pieces : null;
    }

    /// <summary>What is appended to the builder behind a text; empty where anything else is done to it.</summary>
    private static IReadOnlyList<IOperation> AppendedBefore(IInvocationOperation end, SentSql sql)
    {
        if (Operations.Referenced(end.Instance) is not ILocalSymbol builder || sql.Body.Origins.MentionsOf(builder).Any(mention => !IsAppended(mention, end)))
            return [];
        IReadOnlyList<BuilderStep> steps = BuilderSteps.Before(end.Instance!, end, sql.Body.Origins);
        return steps.Any(static step => step.IsUnknown)
            ? []
            : [.. steps.SelectMany(static step => step.Call is { } format && IsFormat(format) ? [format] : step.Values).Select(Operations.Unwrap)];
    }

    private static bool IsAppended(ILocalReferenceOperation mention, IInvocationOperation end)
    {
        IOperation current = mention;
        while (current.Parent is IInvocationOperation { TargetMethod.Name: "Append" or "AppendLine" or "AppendFormat" } call && call.Instance == current)
            current = call;
        return (current != mention && current.Parent is IExpressionStatementOperation) || current.Parent == end;
    }

    private static bool IsInScope(ILocalSymbol local, TextSpan target) =>
        local.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: { } scope } } && (scope.Span.Contains(target) || scope is GlobalStatementSyntax);
}
