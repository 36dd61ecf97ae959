using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Schema;

/// <summary>Searches source texts for words without making a string of them; one buffer serves all texts.</summary>
internal sealed class TextSearch(params string[] words)
{
    private const int BlockLength = 4096;

    private readonly char[] _block = new char[BlockLength + words.Select(word => word.Length).DefaultIfEmpty().Max()];

    /// <summary>Whether a text contains one of the words; letter case counts. Not thread-safe.</summary>
    public bool FindsAnyIn(SourceText text)
    {
        for (int start = 0; start < text.Length; start += BlockLength)
        {
            int length = Math.Min(_block.Length, text.Length - start);
            text.CopyTo(start, _block, 0, length);
            foreach (string word in words)
            {
                if (IndexOf(_block, length, word) >= 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where a text contains one of the words; a place may come twice. Not thread-safe.</summary>
    public List<int> PlacesIn(SourceText text)
    {
        var places = new List<int>();
        for (int start = 0; start < text.Length; start += BlockLength)
        {
            int length = Math.Min(_block.Length, text.Length - start);
            text.CopyTo(start, _block, 0, length);
            foreach (string word in words)
            {
                for (int at = IndexOf(_block, length, word); at >= 0; at = IndexOf(_block, length, word, at + 1))
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
