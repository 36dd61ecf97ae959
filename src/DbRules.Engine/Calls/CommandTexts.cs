using DbRules.Engine.Flow;
using DbRules.Engine.Models;
using DbRules.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Finds the SQL text behind a call: an argument, or what the code puts into the command object.</summary>
internal sealed class CommandTexts(Origins origins)
{
    private const int MaxDepth = 32;

    /// <summary>The text of a call; <see cref="CommandText.None"/> when it takes none or the text is made elsewhere.</summary>
    public CommandText Of(DbCall call)
    {
        IOperation? text = call.Argument(ParameterRole.Sql) ?? TextOfCommand(call.Argument(ParameterRole.Command));
        return text is null ? CommandText.None : Parse(text);
    }

    /// <summary>The connection that a command object was made on; null when the code does not show it.</summary>
    public static IOperation? ConnectionBehind(IOperation? command, Origins origins) => command is null ? null : origins.Resolve(command) switch
    {
        IInvocationOperation { TargetMethod.Name: "CreateCommand" or "CreateBatch", Instance: { } connection } => connection,
        IObjectCreationOperation creation => ArgumentOfType(creation, "Connection"),
        _ => null,
    };

    /// <summary>The text of a command object: what its constructor got, or the one text that this body assigns to it.</summary>
    private IOperation? TextOfCommand(IOperation? command)
    {
        if (command is null)
            return null;
        IOperation? assigned = null;
        if (Operations.Referenced(command) is ILocalSymbol local)
        {
            foreach (Assignment assignment in origins.OfMember(local, "CommandText"))
            {
                if (assigned is not null)
                    return null;
                assigned = assignment.Value;
            }
        }

        return assigned ?? (origins.Resolve(command) is IObjectCreationOperation creation ? TextIn(creation) : null);
    }

    private IOperation? TextIn(IObjectCreationOperation creation)
    {
        foreach (IOperation initializer in creation.Initializer?.Initializers ?? [])
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" } } assignment)
                return assignment.Value;
        }

        return creation.Arguments is [{ Value: { Type.SpecialType: SpecialType.System_String } text }, ..] ? text : null;
    }

    private static IOperation? ArgumentOfType(IObjectCreationOperation creation, string typeNameEnding) =>
        creation.Arguments.Select(argument => argument.Value).FirstOrDefault(value => value.Type?.Name.EndsWith(typeNameEnding, StringComparison.Ordinal) == true);

    private CommandText Parse(IOperation text)
    {
        var parts = new List<SqlTextPart>();
        return Collect(text, parts, 0) ? new CommandText(SqlScript.Parse(SqlText.From(parts))) : CommandText.None;
    }

    /// <summary>Splits an expression into literal text and holes. False when nothing of the text is in view.</summary>
    private bool Collect(IOperation text, List<SqlTextPart> parts, int depth)
    {
        IOperation value = origins.Resolve(text);
        if (value.ConstantValue is { HasValue: true, Value: string constant })
        {
            parts.Add(SqlTextPart.Literal(constant));
            return true;
        }

        switch (value)
        {
            case IInterpolatedStringOperation interpolated:
                foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
                {
                    if (part is IInterpolatedStringTextOperation { Text: { } literal })
                        parts.Add(SqlTextPart.Literal(literal.ConstantValue.Value as string ?? ""));
                    else if (part is IInterpolationOperation { Expression: { } hole } && depth < MaxDepth)
                        CollectHole(hole, parts, depth + 1);
                }

                return true;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum when depth < MaxDepth:
                bool left = CollectHole(sum.LeftOperand, parts, depth + 1);
                return CollectHole(sum.RightOperand, parts, depth + 1) || left;

            default:
                return false;
        }
    }

    private bool CollectHole(IOperation value, List<SqlTextPart> parts, int depth)
    {
        if (Collect(value, parts, depth))
            return true;
        parts.Add(SqlTextPart.Hole(parts.Count));
        return false;
    }
}
