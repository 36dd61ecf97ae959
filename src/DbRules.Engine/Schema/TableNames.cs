using System.Text;

namespace DbRules.Engine.Schema;

/// <summary>Names of tables and columns as code would write them.</summary>
internal static class TableNames
{
    private static readonly string[] KeyEndings = ["Id", "ID", "Guid", "Uuid", "Key"];

    /// <summary>Lower-case words that end like a key and are none.</summary>
    private static readonly string[] Participles = ["paid", "valid", "void", "grid", "hybrid"];

    /// <summary>The words of a name, each with a capital: <c>order_lines</c> gives <c>OrderLines</c>. Capitals of the name stay, unless it has no others.</summary>
    public static string Pascal(string name)
    {
        bool shouts = name.Equals(name.ToUpperInvariant(), StringComparison.Ordinal);
        var result = new StringBuilder(name.Length);
        bool starts = true;
        foreach (char c in name)
        {
            if (c is '_' or ' ' or '-')
            {
                starts = true;
                continue;
            }

            result.Append(starts ? char.ToUpperInvariant(c) : shouts ? char.ToLowerInvariant(c) : c);
            starts = false;
        }

        return result.ToString();
    }

    /// <summary>What one row of a table may be called; the name itself is among it.</summary>
    public static IEnumerable<string> Singulars(string name)
    {
        yield return name;
        if (name.EndsWith("ies", StringComparison.OrdinalIgnoreCase))
            yield return name.Substring(0, name.Length - 3) + "y";
        if (name.EndsWith("es", StringComparison.OrdinalIgnoreCase))
            yield return name.Substring(0, name.Length - 2);
        if (name.EndsWith("s", StringComparison.OrdinalIgnoreCase))
            yield return name.Substring(0, name.Length - 1);
    }

    /// <summary>Whether a member or column has the name of a key: its own row's or another's.</summary>
    public static bool IsKey(string name)
    {
        string words = Pascal(name);
        return KeyEndings.Any(ending => words.EndsWith(ending, StringComparison.Ordinal))
            || (name.EndsWith("id", StringComparison.Ordinal) && name.Equals(name.ToLowerInvariant(), StringComparison.Ordinal) && !Participles.Any(word => name.EndsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>Whether a column has the name of the key of its own table: <c>id</c>, <c>order_id</c> of <c>orders</c>.</summary>
    public static bool IsKeyOf(string table, string column)
    {
        string words = Pascal(column);
        return words.Equals("Id", StringComparison.OrdinalIgnoreCase) || Singulars(Pascal(table)).Any(row => words.Equals(row + "Id", StringComparison.OrdinalIgnoreCase));
    }
}
