using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbRules.Tests.Pages;

/// <summary>What an example on a rule's page promises.</summary>
public enum ExampleKind
{
    Bad,
    Good,
    Fixed,
}

/// <summary>A fenced block <c>csharp bad</c>, <c>csharp good</c> or <c>csharp fixed</c>.</summary>
/// <param name="Line">One-based line of the fence in the page.</param>
public sealed record PageExample(ExampleKind Kind, int Line, string Code);

/// <summary>The examples on the page of one rule.</summary>
/// <param name="Id">The rule, for example DBR101.</param>
public sealed record RulePage(string Id, ImmutableArray<PageExample> Examples)
{
    private static readonly Regex Marker = new(@"[ \t]*// (?<id>[A-Z]{3}\d{3})(, (?<id>[A-Z]{3}\d{3}))*[ \t]*$", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    public static RulePage Parse(string id, string markdown)
    {
        var examples = ImmutableArray.CreateBuilder<PageExample>();
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```csharp ", StringComparison.Ordinal) || KindOf(lines[i]["```csharp ".Length..].Trim()) is not { } kind)
                continue;

            int fence = i + 1;
            var code = new StringBuilder();
            for (i++; i < lines.Length && !lines[i].StartsWith("```", StringComparison.Ordinal); i++)
                code.Append(lines[i]).Append('\n');
            examples.Add(new PageExample(kind, fence, code.ToString()));
        }

        return new RulePage(id, examples.ToImmutable());
    }

    /// <summary>
    /// A source file from an example: methods without a type get a class around them; the trailing comments that name the rule are
    /// taken away, so that a fix meets the code as a user writes it.
    /// </summary>
    /// <returns>The source, and for each trailing comment its zero-based line and id.</returns>
    public static (string Source, ImmutableHashSet<(int Line, string Id)> Marked) ToSource(string code)
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(code);
        if (!root.Members.Any(member => member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))
        {
            int end = root.Usings.LastOrDefault()?.FullSpan.End ?? 0;
            string body = string.Join("\n", code[end..].TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
            code = $"{code[..end]}public class Example\n{{\n{body}\n}}\n";
        }

        var marked = ImmutableHashSet.CreateBuilder<(int, string)>();
        foreach (Match match in Marker.Matches(code))
        {
            foreach (Capture id in match.Groups["id"].Captures)
                marked.Add((code.AsSpan(0, match.Index).Count('\n'), id.Value));
        }

        return (Marker.Replace(code, ""), marked.ToImmutable());
    }

    private static ExampleKind? KindOf(string word) => word switch
    {
        "bad" => ExampleKind.Bad,
        "good" => ExampleKind.Good,
        "fixed" => ExampleKind.Fixed,
        _ => null,
    };
}
