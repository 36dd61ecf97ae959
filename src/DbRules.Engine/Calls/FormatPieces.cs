namespace DbRules.Engine.Calls;

/// <summary>Takes a composite format string such as <c>a {0} b</c> apart.</summary>
internal static class FormatPieces
{
    /// <summary>
    /// Its pieces in order: a stretch of its text, or the index of the argument that is filled in, which is negative for text. Nothing when it is malformed.
    /// </summary>
    public static IReadOnlyList<(int Start, int Length, int Argument)> Of(string format)
    {
        var pieces = new List<(int, int, int)>();
        int start = 0;
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is not ('{' or '}'))
                continue;
            bool isDoubled = i + 1 < format.Length && format[i + 1] == c;
            pieces.Add((start, i - start + (isDoubled ? 1 : 0), -1));
            if (isDoubled)
            {
                start = ++i + 1;
                continue;
            }

            int end = format.IndexOf('}', i);
            int digits = i + 1;
            while (digits < format.Length && char.IsDigit(format[digits]))
                digits++;
            if (c == '}' || end < 0 || !int.TryParse(format.Substring(i + 1, digits - i - 1), out int argument))
                return [];
            pieces.Add((i, end + 1 - i, argument));
            i = end;
            start = end + 1;
        }

        pieces.Add((start, format.Length - start, -1));
        return pieces;
    }
}
