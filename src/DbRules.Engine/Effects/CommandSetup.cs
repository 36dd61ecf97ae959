using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Effects;

/// <summary>How code makes and fills the command that a local holds, and whether a command of a batch can be filled by the same code.</summary>
internal sealed class CommandSetup(ModelIndex models, ILocalSymbol command, IInvocationOperation send, INamedTypeSymbol batched)
{
    private readonly HashSet<ISymbol> _parts = new(SymbolEqualityComparer.Default) { command };
    private readonly List<IOperation> _dropped = [];
    private IOperation? _creation;

    /// <summary>The transaction that the command is given; null when it is given none.</summary>
    public IOperation? Transaction { get; private set; }

    /// <summary>The text that the command is created with; null when it is created without.</summary>
    public IOperation? Text { get; private set; }

    /// <summary>The statements that a command of a batch does not need.</summary>
    public ImmutableArray<IOperation> Dropped => [.. _dropped];

    /// <summary>Whether an operation names the command or a local that holds a part of it.</summary>
    public bool IsPart(IOperation operation) => operation is ILocalReferenceOperation { Local: var local } && _parts.Contains(local);

    /// <summary>Whether a local is the one that holds the command.</summary>
    public bool IsCommand(ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(local, command);

    /// <summary>Whether code names the command or a part of it.</summary>
    public bool Names(IOperation code) => Operations.Any(code, IsPart);

    /// <summary>Whether an operation stands in what makes the command, or in a statement that goes.</summary>
    public bool Covers(IOperation operation) => (_creation is { } creation && Operations.IsInside(operation, creation)) || _dropped.Exists(statement => Operations.IsInside(operation, statement));

    /// <summary>Reads the expression that makes the command; false where it takes more than text, connection and transaction.</summary>
    public bool TryReadCreation(IOperation creation)
    {
        _creation = creation;
        switch (creation)
        {
            case IInvocationOperation { Arguments.IsEmpty: true } call:
                return models.Of(call.TargetMethod) is { } maker && maker.Plays("this", ParameterRole.Connection) && maker.Plays("return", ParameterRole.Acquires);
            case IObjectCreationOperation { Constructor: { } constructor } made when made.Arguments.IsEmpty || models.Of(constructor) is not null:
                foreach (IArgumentOperation argument in made.Arguments)
                {
                    if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Parameter is not { Name: var name })
                        continue;
                    MemberModel model = models.Of(constructor)!;
                    if (model.Plays(name, ParameterRole.Sql))
                        Text = argument.Value;
                    else if (model.Plays(name, ParameterRole.Transaction))
                        Transaction = argument.Value;
                    else if (!model.Plays(name, ParameterRole.Connection))
                        return false;
                }

                return made.Initializer is null || made.Initializer.Initializers.All(IsOfBatched);
            default:
                return false;
        }
    }

    /// <summary>Reads what a body does with the command; false where a command of a batch cannot do the same, or where somebody else gets it.</summary>
    public bool TryReadUses(IOperation root)
    {
        bool isRead = true;
        Operations.Visit(root, this, (operation, _) =>
        {
            isRead = isRead && (operation is not ILocalReferenceOperation { Local: var local } || !IsCommand(local) || TryReadUse(operation));
            return isRead;
        });
        return isRead;
    }

    /// <summary>Adds a statement that stands before the loop; false where it cannot run in each pass instead.</summary>
    public bool TryAddStep(IOperation statement, Origins origins, IOperation declaration)
    {
        if (statement is IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var local }] }] })
            _parts.Add(local);
        else if (statement is not IExpressionStatementOperation)
            return false;
        return !Operations.Any(statement, operation => operation switch
        {
            ILocalReferenceOperation { Local: var named } => !_parts.Contains(named) && !HoldsStill(named),
            IParameterReferenceOperation { Parameter: var parameter } => !HoldsStill(parameter),
            IFieldReferenceOperation { Field: var field } => !field.IsConst && !(field.IsStatic && field.IsReadOnly),
            IMemberReferenceOperation { Instance: { } instance } => !IsOfPart(instance) && !IsInitialized(instance),
            IMemberReferenceOperation => true,
            IInvocationOperation { Instance: var instance } => instance is null || !IsOfPart(instance),
            IAnonymousFunctionOperation or IAwaitOperation or IIncrementOrDecrementOperation or ICompoundAssignmentOperation => true,
            _ => false,
        }) || IsNotNeeded(statement);

        bool HoldsStill(ISymbol symbol) =>
            Mutations.IsUnchangeable(Operations.TypeOf(symbol)) && origins.Of(symbol).All(assignment => assignment.Site.Syntax.Span.End <= declaration.Syntax.SpanStart);
    }

    private static bool IsInitialized(IOperation instance) => instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver };

    private bool IsOfPart(IOperation instance)
    {
        IOperation? current = instance;
        while (current is IInvocationOperation or IPropertyReferenceOperation)
            current = current is IInvocationOperation call ? call.Instance : ((IPropertyReferenceOperation)current).Instance;
        return current is not null && IsPart(current);
    }

    private bool TryReadUse(IOperation reference)
    {
        switch (reference.Parent)
        {
            case IInvocationOperation call when call.Instance == reference:
                return call == send || IsNotNeeded(StatementAround(call)) || IsOfBatched(call.TargetMethod);
            case IPropertyReferenceOperation { Property: var property } member when member.Instance == reference:
                bool isAssigned = member.Parent is IAssignmentOperation assignment && assignment.Target == member;
                return (isAssigned && IsNotNeeded(StatementAround(member))) || IsOfBatched(property, isAssigned);
            default:
                return false;
        }
    }

    /// <summary>Whether a statement sets the command's connection or transaction, or prepares it; then it is one of <see cref="Dropped"/>.</summary>
    private bool IsNotNeeded(IOperation? statement)
    {
        if (statement is null)
            return false;
        if (_dropped.Contains(statement))
            return true;
        switch (statement is IExpressionStatementOperation { Operation: var operation } ? Operations.Unwrap(operation) : null)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner, Property: var property }, Value: var value } when IsPart(owner) && models.Of(property) is { } model:
                if (model.Plays("return", ParameterRole.Transaction) && Transaction is null)
                    Transaction = value;
                else if (!model.Plays("return", ParameterRole.Connection))
                    return false;
                break;
            case IInvocationOperation { Instance: { } owner, TargetMethod: var method } call when call != send && IsPart(owner) && models.Of(method) is { Effect: DbEffect.RoundTrip }:
                break;
            default:
                return false;
        }

        _dropped.Add(statement);
        return true;
    }

    private static IOperation? StatementAround(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IAssignmentOperation or IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            parent = parent.Parent;
        return parent as IExpressionStatementOperation;
    }

    private bool IsOfBatched(IOperation initializer) => initializer switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } => IsOfBatched(property, isAssigned: true),
        IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property: var property } } => IsOfBatched(property, isAssigned: false),
        _ => false,
    };

    private bool IsOfBatched(IPropertySymbol property, bool isAssigned) => MembersOfBatched(property.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } same
        && SymbolEqualityComparer.Default.Equals(same.Type, property.Type)
        && (!isAssigned || same.SetMethod is { DeclaredAccessibility: Accessibility.Public });

    private bool IsOfBatched(IMethodSymbol method) => MembersOfBatched(method.Name).OfType<IMethodSymbol>().Any(same =>
        same.Parameters.Select(parameter => parameter.Type).SequenceEqual(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)
        && SymbolEqualityComparer.Default.Equals(same.ReturnType, method.ReturnType));

    private IEnumerable<ISymbol> MembersOfBatched(string name)
    {
        for (INamedTypeSymbol? type = batched; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(name))
            {
                if (member.DeclaredAccessibility == Accessibility.Public)
                    yield return member;
            }
        }
    }
}
