using System.Collections.Immutable;
using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbRules.Engine.Calls;

/// <summary>
/// Splits the text that an expression makes into literals and holes: sums, interpolations, formats, builders, and locals and read-only members with one value.
/// </summary>
internal sealed class TextParts(Origins origins, CalleeBodies bodies, ParsedTexts parsed)
{
    private const int MaxTexts = 8;

    private readonly Dictionary<(IOperation Text, bool IsFull), CommandText> _known = [];

    /// <summary>
    /// The text that an expression makes; <see cref="CommandText.None"/> when nothing of it is in view. What is there only on some ways is a hole, which may be anything.
    /// </summary>
    public CommandText Of(IOperation text) => Read(text, isFull: false);

    /// <summary>Each text that an expression may make: one for each branch of a choice between texts.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="isFull">
    /// Whether a piece that is there only on some ways is taken in, and one that is repeated taken in once: a text that the code may make, but need not.
    /// </param>
    public IReadOnlyList<CommandText> AllOf(IOperation text, bool isFull)
    {
        if (!IsChoice(origins.Resolve(text)))
            return Read(text, isFull) is { IsUnknown: false } only ? [only] : [];
        var found = new List<CommandText>();
        foreach (IOperation choice in ChoicesOf(text))
        {
            if (Read(choice, isFull) is { IsUnknown: false } one)
                found.Add(one);
        }

        return found;
    }

    /// <summary>Each text is read once: most have nothing that a full reading finds more in.</summary>
    private CommandText Read(IOperation text, bool isFull)
    {
        lock (_known)
        {
            if (_known.TryGetValue((text, isFull), out CommandText? known))
                return known;
            var sources = new CommandTextSources();
            var reading = new TextReading(origins, bodies, sources, isFull);
            CommandText found = reading.Collect(text, 0) ? new CommandText(sources, parsed) : CommandText.None;
            _known[(text, isFull)] = found;
            if (!reading.HasChoices)
                _known[(text, !isFull)] = found;
            return found;
        }
    }

    private static bool IsChoice(IOperation made) => made is IConditionalOperation or ISwitchExpressionOperation or ILocalReferenceOperation;

    private List<IOperation> ChoicesOf(IOperation text)
    {
        var found = new List<IOperation>();
        var open = new Stack<IOperation>();
        open.Push(text);
        for (int steps = 0; open.Count > 0 && steps < 4 * MaxTexts && found.Count < MaxTexts; steps++)
        {
            IOperation choice = open.Pop();
            switch (origins.Resolve(choice))
            {
                case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                    open.Push(otherwise);
                    open.Push(conditional.WhenTrue);
                    break;
                case ISwitchExpressionOperation several:
                    foreach (ISwitchExpressionArmOperation arm in several.Arms.Reverse())
                        open.Push(arm.Value);
                    break;
                case ILocalReferenceOperation local when ValuesOf(local) is { Count: > 1 } values:
                    for (int i = values.Count - 1; i >= 0; i--)
                        open.Push(values[i]);
                    break;
                default:
                    found.Add(choice);
                    break;
            }
        }

        return found;
    }

    /// <summary>The values of which a local has one where it is used; null where it is put together in steps.</summary>
    private List<IOperation>? ValuesOf(ILocalReferenceOperation use)
    {
        var values = new List<IOperation>();
        foreach (Assignment assignment in origins.Of(use.Local))
        {
            if (assignment.Site.Syntax.SpanStart > use.Syntax.SpanStart)
                break;
            if (assignment.Value is not { } value || assignment.Site is ICompoundAssignmentOperation || Reads(value, use.Local))
                return null;
            if (Straightness.IsStraight(assignment.Site, use))
                values.Clear();
            values.Add(value);
        }

        return values;
    }

    internal static bool Reads(IOperation value, ILocalSymbol local) =>
        Operations.Any(value, operation => operation is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, local));
}
