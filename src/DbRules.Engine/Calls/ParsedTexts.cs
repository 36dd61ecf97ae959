using DbRules.Sql;

namespace DbRules.Engine.Calls;

/// <summary>
/// The SQL texts of one compilation, each parsed once, whoever asks and wherever else it stands: what is parsed has the positions of characters, not of the parts that one place
/// in code puts them together from. Thread-safe.
/// </summary>
internal sealed class ParsedTexts
{
    private readonly SmallTable<string, SqlScript> _known = new(StringComparer.Ordinal);

    public SqlScript Of(SqlText text) => IsToldByCharacters(text) ? _known.GetOrAdd(text.Joined, text, static (_, text) => SqlScript.Parse(text)) : SqlScript.Parse(text);

    /// <summary>Whether texts of the same characters have the same holes: literal text may contain the character that stands for one.</summary>
    private static bool IsToldByCharacters(SqlText text)
    {
        for (int at = text.Joined.IndexOf(SqlText.HoleCharacter); at >= 0; at = text.Joined.IndexOf(SqlText.HoleCharacter, at + 1))
        {
            if (!text.IsHole(at))
                return false;
        }

        return true;
    }
}
