using Microsoft.CodeAnalysis.Text;

namespace DbRules.Engine.Schema;

/// <summary>Searches source text without making a string of it.</summary>
internal static class TextSearch
{
    private const int BlockLength = 4096;

    /// <summary>Whether a text contains a word; letter case counts.</summary>
    public static bool Contains(SourceText text, string word)
    {
        char[] block = new char[BlockLength + word.Length];
        for (int start = 0; start < text.Length; start += BlockLength)
        {
            int length = Math.Min(block.Length, text.Length - start);
            text.CopyTo(start, block, 0, length);
            if (IndexOf(block, length, word) >= 0)
                return true;
        }

        return false;
    }

    private static int IndexOf(char[] block, int length, string word)
    {
        for (int i = Array.IndexOf(block, word[0], 0, length); i >= 0 && i + word.Length <= length; i = Array.IndexOf(block, word[0], i + 1, length - i - 1))
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
