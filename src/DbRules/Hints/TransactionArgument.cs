using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace DbRules.Hints;

/// <summary>How a command is given a transaction.</summary>
/// <param name="Target">The call or object creation that gets one more argument; the creation of the command whose property is set.</param>
/// <param name="Parameter">The parameter that takes the transaction; null where a property of the command is set.</param>
/// <param name="Position">The place of that parameter among the arguments as written; -1 where a property is set.</param>
public readonly record struct TransactionArgument(TextSpan Target, string? Parameter, int Position)
{
    /// <summary>One line of text for several; null for none.</summary>
    internal static string? Format(ImmutableArray<TransactionArgument> all) =>
        all.IsEmpty ? null : string.Join(";", all.Select(static one => HintWriter.Format(one.Target) + "," + one.Position.ToString(CultureInfo.InvariantCulture) + "," + one.Parameter));

    /// <summary>What <see cref="Format"/> has written; what is malformed is left out.</summary>
    internal static ImmutableArray<TransactionArgument> ParseAll(string? text) => [.. (text ?? "").Split(';').Select(Parse).OfType<TransactionArgument>()];

    private static TransactionArgument? Parse(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 4 && HintReader.ParseSpan(parts[0] + "," + parts[1]) is { } target && int.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int position)
            ? new TransactionArgument(target, parts[3].Length == 0 ? null : parts[3], position)
            : null;
    }
}
