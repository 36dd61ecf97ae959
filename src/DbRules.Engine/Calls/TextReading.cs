using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>Reads one text. See <see cref="TextParts"/>.</summary>
internal sealed class TextReading(Origins origins, CalleeBodies bodies, CommandTextSources sources, bool isFull)
{
    private const int MaxDepth = 256;
    private const int MaxValues = 5000;

    private readonly HelperCall? _helper;
    private readonly TextReading? _outer;
    private int _values;

    /// <summary>Reads on in the body of a method that a text calls.</summary>
    private TextReading(HelperCall helper, TextReading outer, Origins origins, CalleeBodies bodies, CommandTextSources sources)
        : this(origins, bodies, sources, isFull: true)
    {
        _helper = helper;
        _outer = outer;
        _values = outer._values;
    }

    /// <summary>Whether anything was met that a full reading takes in and another does not.</summary>
    public bool HasChoices { get; private set; }

    /// <summary>Splits an expression into literal text and holes. False, and nothing added, when nothing of the text is in view.</summary>
    public bool Collect(IOperation text, int depth)
    {
        IOperation value = origins.Resolve(text);
        if (value.ConstantValue is { HasValue: true, Value: string constant } && (depth >= MaxDepth || !(value is IInterpolatedStringOperation || IsSumOfTexts(value))))
        {
            sources.AddConstant(constant, value.Syntax, Operations.Referenced(value));
            return true;
        }

        if (depth >= MaxDepth || ++_values > MaxValues)
            return false;
        switch (value)
        {
            case IParameterReferenceOperation { Parameter: var parameter } when _helper?.ArgumentFor(parameter) is { } argument:
                return _outer!.Collect(argument, depth + 1);
            case IInterpolatedStringOperation interpolated:
                CollectInterpolated(interpolated, depth + 1);
                return true;
            case IInterpolatedStringHandlerCreationOperation { Content: IInterpolatedStringOperation interpolated }:
                CollectInterpolated(interpolated, depth + 1);
                return true;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                bool left = CollectHole(sum.LeftOperand, depth + 1);
                return CollectHole(sum.RightOperand, depth + 1) || left;
            case ILocalReferenceOperation local when local.Type?.SpecialType == SpecialType.System_String:
                return CollectLocal(local, depth + 1);
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                return bodies.TextOf(field) is { } written && Collect(written, depth + 1);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: { IsVirtual: false, IsOverride: false, Type.SpecialType: SpecialType.System_String } property }:
                return bodies.TextOf(property) is { } computed && Collect(computed, depth + 1);
            case IInvocationOperation call:
                return CollectCall(call, depth + 1);
            case IConditionalOperation { WhenFalse: { } otherwise } choice when choice.Type?.SpecialType == SpecialType.System_String && depth > 0:
                return TakesChoices() && CollectChoice(choice.WhenTrue, otherwise, depth + 1);
            default:
                return false;
        }
    }

    private bool TakesChoices()
    {
        HasChoices = true;
        return isFull;
    }

    /// <summary>As <see cref="Collect"/>; a value that is not in view is a hole.</summary>
    private bool CollectHole(IOperation value, int depth)
    {
        if (value.ConstantValue is { HasValue: true, Value: char character })
        {
            sources.AddLiteral(character.ToString(), value.Syntax);
            return true;
        }

        if (Collect(value, depth))
            return true;
        AddHole(value);
        return false;
    }

    private void AddHole(IOperation value) => sources.AddHole(value, _helper);

    private void CollectInterpolated(IInterpolatedStringOperation interpolated, int depth)
    {
        // Nearly always the whole text: a list of its size, not one that grows.
        if (sources.Count == 0)
            sources.Reserve(interpolated.Parts.Length);
        foreach (IInterpolatedStringContentOperation part in interpolated.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text: { } literal }:
                    sources.AddLiteral(literal.ConstantValue.Value as string, part.Syntax);
                    break;
                case IInterpolationOperation { Expression: { } hole }:
                    CollectHole(hole, depth);
                    break;
                case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ Value: { } appended }, ..] } }:
                    if (part.Kind == OperationKind.InterpolatedStringAppendLiteral)
                        sources.AddLiteral(appended.ConstantValue.Value as string, part.Syntax);
                    else
                        CollectHole(appended, depth);
                    break;
            }
        }
    }

    /// <summary>The branch with more to say.</summary>
    private bool CollectChoice(IOperation first, IOperation second, int depth)
    {
        IOperation? longer = LengthOf(first) >= LengthOf(second) ? first : second;
        return Collect(longer, depth);

        static int LengthOf(IOperation branch) => branch.ConstantValue is { HasValue: true, Value: string text } ? text.Length : branch.Syntax.Span.Length;
    }

    /// <summary>A local that is put together in steps.</summary>
    private bool CollectLocal(ILocalReferenceOperation use, int depth)
    {
        int start = sources.Count;
        bool isKnown = false;
        foreach (Assignment assignment in origins.Of(use.Local))
        {
            if (assignment.Site.Syntax.SpanStart > use.Syntax.SpanStart || Operations.IsInside(use, assignment.Site))
                break;
            bool isStraight = Straightness.IsStraight(assignment.Site, use);
            HasChoices |= !isStraight;
            if (assignment.Site is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value: var added } && isKnown)
            {
                AddStep(added, isStraight, depth);
                continue;
            }

            if (assignment.Value is not { } value)
                return Forget(start);
            if (isStraight || (isFull && TextParts.Reads(value, use.Local)))
            {
                Forget(start);
                isKnown = Collect(value, depth);
                if (!isKnown)
                    return Forget(start);
            }
            else if (!isFull && !TextParts.Reads(value, use.Local))
            {
                return Forget(start);
            }
            else if (!isFull)
            {
                AddHole(value);
            }
        }

        return isKnown;
    }

    private bool Forget(int start)
    {
        sources.TakeBack(start);
        return false;
    }

    private void AddStep(IOperation added, bool isStraight, int depth)
    {
        if (isStraight || isFull)
            CollectHole(added, depth);
        else
            AddHole(added);
    }

    private bool CollectCall(IInvocationOperation call, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        switch (method.ContainingType?.SpecialType, method.Name)
        {
            case (SpecialType.System_String, "Concat"):
                return CollectAll(ListedValues(call.Arguments), depth);
            case (SpecialType.System_String, "Format"):
                return CollectFormat(call, depth);
            case (SpecialType.System_String, "Join") when Operations.Argument(call, "separator") is { } separator:
                return CollectJoined(call, separator, depth);
            case (SpecialType.System_String, "ToString" or "Trim" or "TrimEnd" or "TrimStart") when call is { Instance: { } text }:
                return Collect(text, depth);
            case (_, "ToString") when call is { Instance: { } builder, Arguments.IsEmpty: true } && IsBuilder(builder.Type):
                return CollectBuilder(builder, call, depth);
            case (_, "Invariant") when method.ContainingType?.Name == "FormattableString" && call.Arguments is [{ Value: var formattable }]:
                return Collect(formattable, depth);
            default:
                return TakesChoices() && CollectHelper(call, depth);
        }
    }

    /// <summary>The text that a method in view returns; the longest where it returns several.</summary>
    private bool CollectHelper(IInvocationOperation call, int depth)
    {
        if (HelperCall.Of(call, _helper, bodies) is not { } helper)
            return false;
        int start = sources.Count;
        var reading = new TextReading(helper, this, helper.Origins, bodies, sources);
        foreach (IOperation returned in helper.Roots.SelectMany(CalleeBodies.ReturnedValues).OrderByDescending(static value => value.Syntax.Span.Length))
        {
            bool isKnown = reading.Collect(returned, depth + 1);
            _values = reading._values;
            if (isKnown)
                return true;
            Forget(start);
        }

        return false;
    }

    private bool CollectAll(IEnumerable<IOperation> values, int depth)
    {
        bool any = false;
        foreach (IOperation value in values)
            any |= CollectHole(value, depth);
        return any;
    }

    /// <summary>The arguments, those of a <c>params</c> array one by one.</summary>
    private static IEnumerable<IOperation> ListedValues(ImmutableArray<IArgumentOperation> arguments) => arguments.SelectMany(static argument => Operations.Unwrap(argument.Value) switch
    {
        IArrayCreationOperation { Initializer: { } listed } => listed.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [argument.Value],
    });

    private bool CollectFormat(IInvocationOperation call, int depth)
    {
        if (Operations.Argument(call, "format") is not { } format || origins.Resolve(format) is not { ConstantValue: { HasValue: true, Value: string text } } written)
            return false;
        IOperation[] values = [.. ListedValues([.. call.Arguments.Where(static argument => argument.Parameter?.Name is not ("format" or "provider"))])];
        int start = sources.Count;
        foreach ((int from, int length, int hole) in FormatPieces.Of(text))
        {
            if (hole < 0)
                sources.AddPiece(text, from, length, written.Syntax);
            else if (hole < values.Length)
                CollectHole(values[hole], depth);
            else
                return Forget(start);
        }

        return sources.Count > start;
    }

    /// <summary>A list that is written out: all of what the code lists, and once what it makes for each element.</summary>
    private bool CollectJoined(IInvocationOperation call, IOperation separator, int depth)
    {
        IOperation[] values = [.. ListedValues([.. call.Arguments.Where(static argument => argument.Parameter?.Name != "separator")]).Select(origins.Resolve)];
        if (values.Length > 1 || (values is [{ Type.SpecialType: SpecialType.System_String }]))
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (i > 0)
                    CollectHole(separator, depth);
                CollectHole(values[i], depth);
            }

            return true;
        }

        return TakesChoices() && values is [IInvocationOperation { TargetMethod.Name: "Select" } projection]
            && projection.Arguments.Select(static argument => Operations.Unwrap(argument.Value)).OfType<IDelegateCreationOperation>().FirstOrDefault()?.Target is IAnonymousFunctionOperation lambda
            && CalleeBodies.ReturnedValues(lambda.Body) is [var element]
            && Collect(element, depth);
    }

    private bool CollectBuilder(IOperation builder, IInvocationOperation end, int depth)
    {
        int start = sources.Count;
        bool any = false;
        foreach (BuilderStep step in BuilderSteps.Before(builder, end, origins))
        {
            HasChoices |= !step.IsStraight;
            if (step.IsUnknown || (step.Call is null && step.Values.IsEmpty))
            {
                if (TakesChoices())
                    continue;
                if (step.IsUnknown)
                    return Forget(start);
            }

            if (!step.IsStraight && !isFull)
                AddHole(step.Call!);
            else
                any |= CollectAppended(step, depth);
            if (step.Call?.TargetMethod.Name == "AppendLine" && (step.IsStraight || isFull))
                sources.AddLiteral("\n", step.Call.Syntax);
        }

        return any || Forget(start);
    }

    private bool CollectAppended(BuilderStep step, int depth)
    {
        switch (step.Call?.TargetMethod.Name)
        {
            case "AppendFormat":
                return CollectFormat(step.Call, depth);
            case "AppendJoin" when Operations.Argument(step.Call, "separator") is { } separator && CollectJoined(step.Call, separator, depth):
                return true;
            case "AppendJoin":
                AddHole(step.Call);
                return false;
            default:
                return CollectAll(step.Values, depth);
        }
    }

    private static bool IsBuilder(ITypeSymbol? type) => type is { Name: "StringBuilder", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } };

    /// <summary>A constant that is put together from constants, each of which is found in the code by itself.</summary>
    private static bool IsSumOfTexts(IOperation value) =>
        value is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum && IsText(sum.LeftOperand.ConstantValue) && IsText(sum.RightOperand.ConstantValue);

    private static bool IsText(Optional<object?> constant) => constant is { HasValue: true, Value: string };
}
