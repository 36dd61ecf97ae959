using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>A transaction that stays behind when the code that it covers waits.</summary>
/// <param name="Await">The first place that waits.</param>
/// <param name="Repair">The change that lets the transaction go along; null when no constructor takes the option.</param>
public sealed record FlowBreak(IOperation Await, TextChange? Repair);

/// <summary>Finds scopes whose transaction belongs to one thread although their code goes on in another.</summary>
internal sealed class AsyncFlow(ModelIndex models, BeginOptions options)
{
    public FlowBreak? BreakOf(AmbientScope scope)
    {
        IArgumentOperation? option = options.Argument(scope.Creation.Arguments, DbEffect.FlowsAsync);
        if (option is not null && (BeginOptions.Constant(option.Value) is not { } given || options.Has(given, DbEffect.FlowsAsync)))
            return null;
        return scope.FirstAwait(MayWait) is { } first ? new FlowBreak(first, option is null ? Addition(scope.Creation) : Replacement(option)) : null;
    }

    /// <summary>Whether an await may go on later, in another thread: SQLite's driver is done when it returns, and so is a task that is made of its result.</summary>
    private bool MayWait(IOperation wait) => wait is not IAwaitOperation || Operations.Unwrap(wait) switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CompletedTask", ContainingType.Name: "Task" or "ValueTask" } } => false,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } } => false,
        IInvocationOperation call when Operations.Receiver(call) is { } receiver && Operations.Unwrap(receiver).Type is { } type => !IsSqlite(type),
        _ => true,
    };

    private bool IsSqlite(ITypeSymbol type) => models.Of(type)?.Dialect is { } word && SqlDialects.TryParse(word, out SqlDialect dialect) && dialect == SqlDialect.Sqlite;

    private TextChange? Replacement(IArgumentOperation option) =>
        TextOf(options.Member(option.Parameter!.Type, DbEffect.FlowsAsync)!, option.Value) is { } text ? new TextChange(option.Value.Syntax.Span, text) : null;

    /// <summary>The option as the last argument of the constructor that takes it behind those that are given.</summary>
    private TextChange? Addition(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } used || creation.Type is not INamedTypeSymbol type || creation.Syntax is not BaseObjectCreationExpressionSyntax syntax)
            return null;
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaredAccessibility == Accessibility.Public
                && constructor.Parameters.Length == used.Parameters.Length + 1
                && constructor.Parameters.Zip(used.Parameters, static (one, other) => SymbolEqualityComparer.Default.Equals(one.Type, other.Type)).All(static same => same)
                && constructor.Parameters[used.Parameters.Length] is var added
                && options.Member(added.Type, DbEffect.FlowsAsync) is { } member
                && TextOf(member, creation) is { } value)
            {
                return Insertion(syntax, added.Name, value);
            }
        }

        return null;
    }

    private static TextChange? Insertion(BaseObjectCreationExpressionSyntax creation, string parameter, string value)
    {
        if (creation.ArgumentList is not { } list)
            return creation is ObjectCreationExpressionSyntax { Type.Span.End: var end } ? new TextChange(new TextSpan(end, 0), $"({value})") : null;
        if (list.Arguments.Count == 0)
            return new TextChange(new TextSpan(list.OpenParenToken.Span.End, 0), value);
        ArgumentSyntax last = list.Arguments[list.Arguments.Count - 1];
        string name = list.Arguments.Any(static argument => argument.NameColon is not null) ? parameter + ": " : "";
        TextLine line = creation.SyntaxTree.GetText().Lines.GetLineFromPosition(last.SpanStart);
        string before = line.ToString().Substring(0, last.SpanStart - line.Start);
        string separator = string.IsNullOrWhiteSpace(before) ? LineBreakBefore(line) + before : " ";
        return new TextChange(new TextSpan(last.Span.End, 0), "," + separator + name + value);
    }

    private static string LineBreakBefore(TextLine line)
    {
        TextLine previous = line.Text!.Lines[line.LineNumber - 1];
        return line.Text.ToString(TextSpan.FromBounds(previous.End, previous.EndIncludingLineBreak));
    }

    /// <summary>The member of an enum as code at a place has to write it.</summary>
    private static string? TextOf(IFieldSymbol member, IOperation place) =>
        place.SemanticModel is { } model ? member.ContainingType.ToMinimalDisplayString(model, place.Syntax.SpanStart) + "." + member.Name : null;
}
