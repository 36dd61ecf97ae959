using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.SqlTexts;

/// <summary>Says which parameters a command has that the body itself makes and sends.</summary>
internal sealed class CommandParameters(ModelIndex models, BodyFacts body)
{
    private readonly ArgumentNames _names = new(models, body);

    /// <summary>The names of all parameters of a command; null where other code may add some, or where the code does not show it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="send">The call that sends it.</param>
    public GivenParameters? Of(IOperation command, IOperation send)
    {
        var names = new List<string>();
        IOperation made = body.Origins.Resolve(command);
        if (made is IObjectCreationOperation { Constructor: { } constructor } creation)
        {
            // A definition holds text and values together.
            if (models.Of(constructor) is { } model && model.Parameters.TryGetValue(ParameterRole.Values, out string? values))
                return Operations.Argument(creation.Arguments, values) is { } given ? _names.Of(given, send) : new GivenParameters([], isAll: true);
            if (!TryReadInitializer(creation, names))
                return null;
        }
        else if (made is not IInvocationOperation call || models.Of(call.TargetMethod)?.Plays("return", ParameterRole.Acquires) != true)
        {
            return null;
        }

        if (Operations.Referenced(command) is not ILocalSymbol local)
            return Operations.Unwrap(command) == made ? new GivenParameters(names, isAll: true) : null;
        return body.Origins.MentionsOf(local).All(mention => TryReadUse(Converted(mention), names)) ? new GivenParameters(names, isAll: true) : null;
    }

    private static IOperation Converted(IOperation operation)
    {
        IOperation current = operation;
        while (current.Parent is IConversionOperation or IParenthesizedOperation)
            current = current.Parent;
        return current;
    }

    /// <summary>Reads one use of the command; false where it may add parameters in a way that is not read.</summary>
    private bool TryReadUse(IOperation command, List<string> names)
    {
        switch (command.Parent)
        {
            case IPropertyReferenceOperation property when property.Instance == command:
                return models.Of(property.Property)?.Plays("return", ParameterRole.Values) == true ? TryReadParameters(property, names) : true;
            case IInvocationOperation call when call.Instance == command:
                return call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && !call.TargetMethod.IsExtensionMethod;
            case IUsingOperation:
                return true;
            case IArgumentOperation { Parent: IInvocationOperation taker }:
                return models.Of(taker.TargetMethod) is not null;
            default:
                return false;
        }
    }

    /// <summary>Reads one use of the collection of parameters.</summary>
    private bool TryReadParameters(IOperation parameters, List<string> names)
    {
        IOperation collection = Converted(parameters);
        switch (collection.Parent)
        {
            case IInvocationOperation call when call.Instance == collection:
                return !call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal) ? call.TargetMethod.Name is "Contains" or "IndexOf" : TryReadAdded(call, names);
            // command.Parameters["id"].Value = 3, command.Parameters.Count
            case IPropertyReferenceOperation property when property.Instance == collection:
                return property.Parent is not IAssignmentOperation assignment || assignment.Target != property;
            default:
                return false;
        }
    }

    private bool TryReadAdded(IInvocationOperation add, List<string> names)
    {
        if (ArgumentNames.NameAmong(add.Arguments) is { } stated)
        {
            names.Add(stated);
            return true;
        }

        if (add.Arguments is not [{ Value: var added }])
            return false;
        IReadOnlyList<IOperation> all = ArgumentNames.ElementsOf(body.Origins.Resolve(added)) ?? [added];
        foreach (IOperation parameter in all)
        {
            if (_names.NameOfParameter(parameter) is not { } name)
                return false;
            names.Add(name);
        }

        return true;
    }

    /// <summary><c>{ Parameters = { new("id", 1), { "name", 2 } } }</c>.</summary>
    private bool TryReadInitializer(IObjectCreationOperation creation, List<string> names)
    {
        foreach (IOperation initializer in creation.Initializer?.Initializers ?? [])
        {
            if (initializer is not IMemberInitializerOperation { Initializer.Initializers: var added })
                continue;
            foreach (IOperation one in added)
            {
                if (one is not IInvocationOperation call || !TryReadAdded(call, names))
                    return false;
            }
        }

        return true;
    }
}
