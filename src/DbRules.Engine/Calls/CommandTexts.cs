using System.Collections.Immutable;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the SQL text behind a call: an argument, or what the code puts into the command object.</summary>
internal sealed class CommandTexts(ModelIndex models, Origins origins, CalleeBodies bodies, ParsedTexts parsed)
{
    private readonly TextParts _parts = new(origins, bodies, parsed);

    /// <summary>The text of a call; <see cref="CommandText.None"/> when it takes none or the text is made elsewhere.</summary>
    public CommandText Of(DbCall call) => ExpressionOf(call) is { } text ? _parts.Of(text) : CommandText.None;

    /// <summary>The expression that a call gets its text from; null when it takes none or the text is made elsewhere.</summary>
    public IOperation? ExpressionOf(DbCall call) => call.Argument(ParameterRole.Sql) ?? TextOfCommand(call.Argument(ParameterRole.Command));

    /// <summary>The text that an expression makes; <see cref="CommandText.None"/> when it is made elsewhere.</summary>
    public CommandText OfExpression(IOperation text) => _parts.Of(text);

    /// <inheritdoc cref="TextParts.AllOf"/>
    public IReadOnlyList<CommandText> AllOf(IOperation text, bool isFull) => _parts.AllOf(text, isFull);

    /// <summary>The connection that a command object was made on or was given; null when the code does not show it.</summary>
    public IOperation? ConnectionBehind(IOperation command)
    {
        if (Operations.Referenced(command) is ILocalSymbol local && origins.OfMembers(local).LastOrDefault(assignment => Sets(assignment.Site, ParameterRole.Connection)).Value is { } assigned)
            return assigned;
        return origins.Resolve(command) switch
        {
            IInvocationOperation { Instance: { } maker } call when models.Of(call.TargetMethod)?.Plays("this", ParameterRole.Connection) == true || Is(maker.Type, TypeTraits.SessionFactory) => maker,
            IObjectCreationOperation creation when Is(creation.Type, TypeTraits.Command) =>
                creation.Arguments.Select(argument => argument.Value).FirstOrDefault(value => Is(Operations.Unwrap(value).Type, TypeTraits.Session))
                    ?? creation.Initializer?.Initializers.Where(initializer => Sets(initializer, ParameterRole.Connection)).Select(initializer => ((IAssignmentOperation)initializer).Value).FirstOrDefault(),
            _ => null,
        };
    }

    /// <summary>
    /// The transaction that a command object was made with or was given; null when it has none. False when the code does not show how the command was made.
    /// </summary>
    public bool TryGetTransaction(IOperation command, out IOperation? transaction)
    {
        transaction = null;
        if (Operations.Referenced(command) is ILocalSymbol local && origins.OfMembers(local).LastOrDefault(assignment => Sets(assignment.Site, ParameterRole.Transaction)).Value is { } assigned)
        {
            transaction = assigned;
            return true;
        }

        switch (origins.Resolve(command))
        {
            case IObjectCreationOperation creation when Is(creation.Type, TypeTraits.Command):
                transaction = creation.Arguments.Select(argument => argument.Value).FirstOrDefault(value => Is(Operations.Unwrap(value).Type, TypeTraits.Transaction))
                    ?? ArgumentOf(creation, ParameterRole.Transaction)
                    ?? creation.Initializer?.Initializers.Where(initializer => Sets(initializer, ParameterRole.Transaction)).Select(initializer => ((IAssignmentOperation)initializer).Value).FirstOrDefault();
                return true;
            case IInvocationOperation call:
                return models.Of(call.TargetMethod)?.Plays("return", ParameterRole.Acquires) == true;
            default:
                return false;
        }
    }

    /// <summary>Whether a value is a command object, which goes through a connection and is none.</summary>
    public bool IsCommand(IOperation value) => Is(Operations.Unwrap(value).Type, TypeTraits.Command);

    /// <summary>The text of a command object: the one text that this body assigns to it, or what its creation got.</summary>
    private IOperation? TextOfCommand(IOperation? command)
    {
        if (command is null)
            return null;
        IOperation? assigned = null;
        if (Operations.Referenced(command) is ILocalSymbol local)
        {
            foreach (Assignment assignment in origins.OfMembers(local))
            {
                if (!IsText(assignment.Site))
                    continue;
                if (assigned is not null)
                    return null;
                assigned = assignment.Value;
            }
        }

        return assigned ?? TextIn(origins.Resolve(command));
    }

    private IOperation? TextIn(IOperation creation)
    {
        switch (creation)
        {
            case IObjectCreationOperation made when Is(made.Type, TypeTraits.Command):
                foreach (IOperation initializer in made.Initializer?.Initializers ?? [])
                {
                    if (IsText(initializer))
                        return ((IAssignmentOperation)initializer).Value;
                }

                return made.Arguments.Select(argument => argument.Value).FirstOrDefault(value => value.Type?.SpecialType == SpecialType.System_String);

            // An adapter takes SQL, or the command that has it.
            case IObjectCreationOperation { Constructor: { } constructor, Arguments: var arguments } when models.Of(constructor) is { } model:
                IOperation? command = ArgumentOf(model, ParameterRole.Command, arguments);
                return ArgumentOf(model, ParameterRole.Sql, arguments) ?? (command is null ? null : TextOfCommand(command));

            case IInvocationOperation call when models.Of(call.TargetMethod) is { } model && model.Parameters.TryGetValue(ParameterRole.Sql, out string? parameter):
                return Operations.Argument(call, parameter);

            default:
                return null;
        }
    }

    private IOperation? ArgumentOf(IObjectCreationOperation creation, ParameterRole role) =>
        creation.Constructor is { } constructor && models.Of(constructor) is { } model ? ArgumentOf(model, role, creation.Arguments) : null;

    private static IOperation? ArgumentOf(MemberModel model, ParameterRole role, ImmutableArray<IArgumentOperation> arguments) =>
        model.Parameters.TryGetValue(role, out string? parameter) ? Operations.Argument(arguments, parameter) : null;

    private bool IsText(IOperation site) => Sets(site, ParameterRole.Sql);

    /// <summary>An assignment to a property that has this role by its row.</summary>
    private bool Sets(IOperation site, ParameterRole role) =>
        site is IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } && models.Of(property)?.Plays("return", role) == true;

    private bool Is(ITypeSymbol? type, TypeTraits traits) => type is not null && models.Of(type)?.Has(traits) == true;
}
