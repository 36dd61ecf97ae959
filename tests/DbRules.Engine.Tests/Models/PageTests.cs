using System.Text.RegularExpressions;
using DbRules.Engine.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Models;

/// <summary>The page about the format says what the reader does.</summary>
public sealed class PageTests
{
    private static readonly Regex Example = new("```dbmodel\n(.*?)```", RegexOptions.Singleline);
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "dbmodel.md"));

    public static TheoryData<string> Examples => [.. Example.Matches(Page).Select(match => match.Groups[1].Value)];

    [Fact]
    public void The_page_explains_every_word()
    {
        string[] words =
        [
            .. ModelWords.Effects.Keys, .. ModelWords.RowCounts.Keys, .. ModelWords.Steps.Keys, .. ModelWords.Roles.Keys, .. ModelWords.Traits.Keys, .. ModelWords.Dialects,
            ModelWords.AndDerived, ModelWords.Optional, ModelWords.Nothing, "composes STEP", "dialect:NAME", "assembly:NAME", "using:NAMESPACE", "library NAME",
        ];
        var silent = words.Where(word => !Page.Contains($"`{word}`", StringComparison.Ordinal));
        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_can_be_read(string text)
    {
        var file = ModelReader.Read(SourceText.From(text), "Example.dbmodel");
        Assert.Empty(file.Problems);
        Assert.NotEmpty(file.Types);
    }

    [Fact]
    public void The_repository_example_fits_its_interface()
    {
        var source = Regex.Match(Page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var compilation = Libraries.Compile("using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;\n" + source);
        var models = ModelSet.Create([new TextFile("Acme.dbmodel", Example.Match(Page).Groups[1].Value)]);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty(models.Check(compilation));
    }
}
