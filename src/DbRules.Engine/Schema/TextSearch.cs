using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Schema;

/// <summary>Searches source texts for words without making a string of them; one buffer for each thread serves all texts. Thread-safe.</summary>
internal sealed class TextSearch(params string[] words)
{
    private const int BlockLength = 4096;

    [ThreadStatic]
    private static char[]? _spare;

    // What begins in one block may end in the next.
    private readonly int _length = BlockLength + words.Select(static word => word.Length).DefaultIfEmpty().Max();

    private char[] Block => _spare?.Length >= _length ? _spare : _spare = new char[_length];

    /// <summary>Whether a text contains one of the words; letter case counts.</summary>
    public bool FindsAnyIn(SourceText text)
    {
        char[] block = Block;
        for (int start = 0; start < text.Length; start += BlockLength)
        {
            int length = Math.Min(_length, text.Length - start);
            text.CopyTo(start, block, 0, length);
            foreach (string word in words)
            {
                if (IndexOf(block, length, word) >= 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where a text contains one of the words; a place may come twice.</summary>
    public List<int> PlacesIn(SourceText text)
    {
        var places = new List<int>();
        char[] block = Block;
        for (int start = 0; start < text.Length; start += BlockLength)
        {
            int length = Math.Min(_length, text.Length - start);
            text.CopyTo(start, block, 0, length);
            foreach (string word in words)
            {
                for (int at = IndexOf(block, length, word); at >= 0; at = IndexOf(block, length, word, at + 1))
                    places.Add(start + at);
            }
        }

        return places;
    }

    private static int IndexOf(char[] block, int length, string word, int from = 0)
    {
        for (int i = Array.IndexOf(block, word[0], from, length - from); i >= 0 && i + word.Length <= length; i = Array.IndexOf(block, word[0], i + 1, length - i - 1))
        {
            int matched = 1;
            while (matched < word.Length && block[i + matched] == word[matched])
                matched++;
            if (matched == word.Length)
                return i;
        }

        return -1;
    }
}
