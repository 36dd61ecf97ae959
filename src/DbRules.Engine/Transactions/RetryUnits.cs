using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Transactions;

/// <summary>
/// Which statements may run again as a whole after an attempt failed and the session forgot what it tracked: all that they change they load or make themselves,
/// and nothing but the store keeps what they do.
/// </summary>
internal sealed class RetryUnits(CompilationContext context, Sessions sessions, Func<OwnCall, MethodSummary> summaryOf)
{
    private readonly OutsideCalls _outside = new(context, summaryOf);
    private readonly SessionEntities _entities = new(context.Models);

    /// <summary>The statements from what opens a transaction to the end of its block, or its <c>using</c> statement. Null when they may not run again, or when that is not known.</summary>
    public RetryUnit? Around(IOperation begin, Session session, INamedTypeSymbol type, BodyFacts body)
    {
        if (begin.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } first)
            return null;
        StatementSyntax? last = first switch
        {
            UsingStatementSyntax => first,
            LocalDeclarationStatementSyntax or ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } => LastOfBlock(first),
            _ => null,
        };
        return last is not null && first.Span.Contains(begin.Syntax.Span) && MayRunAgain(first, last, session, type, body)
            ? new RetryUnit(first.Span, last.Span, string.Join(".", session.Path.Select(static symbol => symbol.Name)), TokenOf(begin))
            : null;
    }

    /// <summary>Whether statements of one block may run again.</summary>
    /// <param name="first">The first statement.</param>
    /// <param name="last">The last statement, of the same block.</param>
    /// <param name="session">The session that they work with.</param>
    /// <param name="type">Its type.</param>
    /// <param name="body">The body that they stand in.</param>
    public bool MayRunAgain(StatementSyntax first, StatementSyntax last, Session session, INamedTypeSymbol type, BodyFacts body)
    {
        if (IsRepeated(first))
            return false;
        var unit = TextSpan.FromBounds(first.SpanStart, last.Span.End);
        bool may = true;
        foreach (IOperation root in body.Roots)
        {
            Operations.Visit(root, 0, (operation, _) =>
            {
                int start = operation.Syntax.SpanStart;
                if (start < unit.Start)
                    may &= !IsSession(operation, session, body);
                else if (operation.Syntax.Span.End <= unit.End)
                    may &= MayRunAgain(operation, unit, session, type, body);
                return may && start < unit.End;
            });
        }

        return may && body.OwnCalls.All(call => !unit.Contains(call.Operation.Syntax.Span) || (call.Method is not null && !_outside.MayWorkOutside(call)));
    }

    private bool IsSession(IOperation operation, Session session, BodyFacts body) => operation switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => session.Path.IsEmpty,
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => session.Equals(sessions.Of(operation, body.Origins)),
        _ => false,
    };

    private bool MayRunAgain(IOperation operation, TextSpan unit, Session session, INamedTypeSymbol type, BodyFacts body)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                return MayRunAgain(call, body);
            case ILocalReferenceOperation { Local: var local } when !IsDeclaredIn(local, unit):
                return !Changes(operation) && (IsSession(operation, session, body) || !_entities.MayHold(local.Type, type));
            case IParameterReferenceOperation { Parameter: var parameter } when !IsDeclaredIn(parameter, unit):
                return !Changes(operation) && (IsSession(operation, session, body) || !_entities.MayHold(parameter.Type, type));
            case IFieldReferenceOperation { Field: var field, Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                return !Changes(operation) && (field.IsConst || IsSession(operation, session, body) || !_entities.MayHold(field.Type, type));
            case IPropertyReferenceOperation { Property: var property, Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                return !Changes(operation) && (IsSession(operation, session, body) || context.Models.Of(property) is not null || context.Models.Of(property.Type)?.Has(TypeTraits.Query) == true || !_entities.MayHold(property.Type, type));
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation or IEventAssignmentOperation or ILockOperation or IInvalidOperation:
                return false;
            default:
                return true;
        }
    }

    /// <summary>What a call does beside the store must be nothing that a second run would do twice: messages, files, delegates of anybody.</summary>
    private bool MayRunAgain(IInvocationOperation call, BodyFacts body)
    {
        IMethodSymbol method = call.TargetMethod;
        if (context.Models.Of(method) is { } model)
            return (model.Effect & (DbEffect.Outside | DbEffect.Remote | DbEffect.Dispatches | DbEffect.Waits)) == 0;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return false;
        if (context.Own.Contains(method) || method.MethodKind == MethodKind.LocalFunction)
            return body.OwnCalls.Any(own => own.Operation == call) && !method.IsAbstract;
        return (!Tasks.Starts(method) || method.Name == "ConfigureAwait")
            && UnknownWaits.Of(call, context) == WorkOutside.None
            && (RelatedLoads.IsOfFramework(method.ContainingAssembly) || (!method.ReturnsVoid && Mutations.OnlyReads(method)));
    }

    /// <summary>Whether a reference changes what it names: an assignment, a reference to the variable, or a call that changes a collection.</summary>
    private bool Changes(IOperation reference)
    {
        IOperation value = reference;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ITupleOperation || (value.Parent is IMemberReferenceOperation member && member.Instance == value) || (value.Parent is IArrayElementReferenceOperation element && element.ArrayReference == value))
            value = value.Parent!;
        return value.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == value,
            IIncrementOrDecrementOperation => true,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
            IInvocationOperation { Instance: { } instance, TargetMethod: var method } when instance == value =>
                IsCollection(instance.Type) && context.Models.Of(instance.Type!)?.Has(TypeTraits.Query) != true && !Mutations.OnlyReads(method),
            _ => false,
        };
    }

    private static bool IsCollection(ITypeSymbol? type) => type is { SpecialType: SpecialType.None } && Sequences.IsSequence(type);

    private static bool IsDeclaredIn(ISymbol symbol, TextSpan unit) => symbol.DeclaringSyntaxReferences.Any(reference => unit.Contains(reference.Span));

    private static bool IsRepeated(StatementSyntax first)
    {
        for (SyntaxNode? around = first.Parent; around is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); around = around.Parent)
        {
            if (around is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                return true;
        }

        return false;
    }

    private static StatementSyntax? LastOfBlock(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.Last(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Last().Statement,
        _ => null,
    };

    private string? TokenOf(IOperation begin) =>
        begin is IInvocationOperation call && context.Models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Cancel, out string? name)
            && Operations.Argument(call, name) is { } token && Operations.Referenced(token) is IParameterSymbol or ILocalSymbol or IFieldSymbol
            ? token.Syntax.ToString()
            : null;
}
