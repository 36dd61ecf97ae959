using Microsoft.CodeAnalysis;

namespace DbRules.Engine.Calls;

/// <summary>Source text as a message shows it.</summary>
public static class CodeText
{
    private const int MaxLength = 40;

    /// <summary>The text of a node on one line, cut at 40 characters.</summary>
    public static string Short(SyntaxNode node)
    {
        string text = string.Join(" ", node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" .", ".");
        return text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 1) + "…";
    }
}
