using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Transactions;

/// <summary>Finds commands that are sent on the connection of an open transaction and are not given it, where the provider may mind.</summary>
internal sealed class StrayCommands(CompilationContext context, Sessions sessions, OpenTransactions open, HeldTransactions held, TransactionPasses passes)
{
    /// <summary>The commands of a body, in source order; a command object that is sent several times counts once.</summary>
    public IReadOnlyList<StrayCommand> Of(BodyFacts body)
    {
        // Most bodies see no transaction, most calls are given one or can have none: nothing else is asked about them.
        if (body.Calls.IsEmpty || (open.Of(body).IsEmpty && !held.MayBeIn(body)))
            return [];
        List<StrayCommand>? found = null;
        foreach (DbCall call in body.Calls)
        {
            if (!TakesTransaction(call) || !call.IsRoundTrip || !call.TryGetTransaction(out IOperation? given) || given is not null)
                continue;
            if (sessions.Of(call) is { } session && Find(call, session, body) is { } stray && found?.Exists(other => other.Command == stray.Command) != true)
                (found ??= []).Add(stray);
        }

        return found ?? (IReadOnlyList<StrayCommand>)[];
    }

    private static bool TakesTransaction(DbCall call) =>
        call.Model is { } model && (model.Parameters.ContainsKey(ParameterRole.Transaction) || call.Argument(ParameterRole.Command) is not null);

    private StrayCommand? Find(DbCall call, Session session, BodyFacts body)
    {
        if (OpenAt(call, session, body) is not var (holder, evidence, begin) || SharesAnyway(call, begin, body))
            return null;
        IOperation? command = call.Argument(ParameterRole.Command);
        IOperation? creation = command is null ? null : body.Origins.Resolve(command);
        if (command is not null && MayBeGivenElsewhere(command, body))
            return null;
        return new StrayCommand(call, evidence, holder, holder is null ? null : passes.Of(call, creation, holder, begin?.Begin)) { Command = creation ?? call.Operation };
    }

    private (ISymbol? Holder, Location Evidence, OpenTransaction? Begin)? OpenAt(DbCall call, Session session, BodyFacts body)
    {
        foreach (OpenTransaction transaction in open.Of(body))
        {
            if (!transaction.IsAdopted && !transaction.Escapes && IsOn(session, transaction) && transaction.IsSurelyOpenAt(call.Operation))
                return (transaction.Holder, transaction.Begin.Syntax.GetLocation(), transaction);
        }

        return held.At(call, session, body) is var (holder, evidence) ? (holder, evidence, null) : null;
    }

    private bool IsOn(Session session, OpenTransaction transaction) =>
        session.Equals(transaction.Session)
        || (transaction.Holder is { } holder && session.Path is [{ } start, IPropertySymbol property] && SymbolEqualityComparer.Default.Equals(start, holder)
            && context.Models.Of(property)?.Plays("return", ParameterRole.Connection) == true);

    /// <summary>Whether the provider runs the command in the transaction all the same.</summary>
    private bool SharesAnyway(DbCall call, OpenTransaction? begin, BodyFacts body)
    {
        TypeTraits traits = TraitsOfProvider(call, begin, body);
        if ((traits & TypeTraits.SharesTransaction) != 0)
            return true;
        if ((traits & TypeTraits.HandsTransaction) == 0)
            return false;
        // Without a command object of the code's own, the library asks the connection for one when it sends it.
        return call.Argument(ParameterRole.Command) is not { } command
            || body.Origins.Resolve(command) is not { } creation
            || IsDefinition(creation)
            || (creation is IInvocationOperation && (begin is null || begin.MayBeOpenAt(creation)));
    }

    /// <summary>A command object that is not one of the connection, such as the definition of a command: the connection makes the command.</summary>
    private bool IsDefinition(IOperation creation) =>
        creation is IObjectCreationOperation { Constructor: { } constructor } && context.Models.Of(constructor) is { } model
        && model.Parameters.ContainsKey(ParameterRole.Sql) && !model.Parameters.ContainsKey(ParameterRole.Connection);

    private TypeTraits TraitsOfProvider(DbCall call, OpenTransaction? begin, BodyFacts body)
    {
        IOperation? connection = call.Session;
        for (IOperation? value = connection; value is not null; value = (value as IConversionOperation)?.Operand)
        {
            if (ProviderOf(value.Type) is { } named)
                return named.Traits;
        }

        TypeModel? provider = ProviderOf(connection is null ? null : body.Origins.Resolve(connection).Type) ?? ProviderOf(begin?.Session?.Type);
        return provider?.Traits ?? context.Models.TraitsOfProviders;
    }

    /// <summary>What the rows say of a type that names its database, as that of a provider does; null for any other.</summary>
    private TypeModel? ProviderOf(ITypeSymbol? type) => type is not null && context.Models.Of(type) is { Dialect: not null } model ? model : null;

    /// <summary>Whether the command goes to code that may give it the transaction.</summary>
    private bool MayBeGivenElsewhere(IOperation command, BodyFacts body)
    {
        if (Operations.Referenced(command) is not ILocalSymbol local)
            return Operations.Unwrap(command) is not (IObjectCreationOperation or IInvocationOperation);
        return body.Origins.Of(local).Count != 1 || body.Origins.MentionsOf(local).Any(IsHandedOn);
    }

    private bool IsHandedOn(IOperation reference)
    {
        IOperation current = reference;
        while (current.Parent is IConversionOperation or IParenthesizedOperation)
            current = current.Parent;
        return current.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => context.Models.Of(call.TargetMethod) is null && MayGive(call.TargetMethod),
            IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } } => context.Models.Of(constructor) is null,
            IArgumentOperation or IReturnOperation or IVariableInitializerOperation => true,
            ISimpleAssignmentOperation assignment => assignment.Value == current,
            _ => false,
        };
    }

    /// <summary>Whether a method may set the transaction of a command that it gets: one that cannot be seen may.</summary>
    private bool MayGive(IMethodSymbol method) =>
        context.Bodies.Of(method) is not { } bodies
        || bodies.Any(body => Operations.Any(body, operation => operation is IPropertyReferenceOperation { Property: var property } && context.Models.Of(property)?.Plays("return", ParameterRole.Transaction) == true));
}
