using System.Runtime.CompilerServices;
using DbRules.Engine.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>Answers that outlive the compilation that has worked them out.</summary>
public sealed class KeptTableTests
{
    private static readonly SyntaxTree One = CSharpSyntaxTree.ParseText("class One;");
    private static readonly SyntaxTree Other = CSharpSyntaxTree.ParseText("class Other;");

    [Fact]
    public void An_answer_counts_where_all_files_behind_it_are()
    {
        var table = new KeptTable<string, int>();
        table.Keep("of both", 1, [KeptAnswers.File(One), KeptAnswers.File(Other)]);
        table.Keep("of none", 2, []);
        CSharpCompilation both = CSharpCompilation.Create("Both", [One, Other]);
        Assert.Equal(1, table.Of("of both", both)!.Answer);
        Assert.Null(table.Of("of both", both.RemoveSyntaxTrees(Other)));
        Assert.Equal(2, table.Of("of none", both.RemoveAllSyntaxTrees())!.Answer);
        Assert.Null(table.Of("of nobody", both));
    }

    [Fact]
    public void Answers_about_files_that_are_gone_do_not_pile_up()
    {
        var table = new KeptTable<DeclaredPlace, int>(static place => place);
        for (int keystroke = 0; keystroke < 20; keystroke++)
        {
            KeepOfNewFile(table);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(table.Count, 1, 600);
    }

    [Fact]
    public void A_declaration_is_found_again_by_its_place()
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText("class One { int P => 1; int M() { return 2; } } class Two(int id);");
        CSharpCompilation compilation = CSharpCompilation.Create("Found", [file]);
        ISymbol[] symbols = [.. new[] { "One", "Two" }.SelectMany(name => compilation.GetTypeByMetadataName(name)!.GetMembers().Add(compilation.GetTypeByMetadataName(name)!)).Where(static symbol => !symbol.DeclaringSyntaxReferences.IsEmpty)];
        Assert.True(symbols.Length > 4);
        Assert.All(symbols, symbol => Assert.Equal(symbol.DeclaringSyntaxReferences[0].GetSyntax(), DeclaredPlace.Of(symbol)!.Value.Declaration));
        Assert.True(DeclaredPlace.Of(symbols[0])!.Value.IsIn(compilation));
        Assert.False(DeclaredPlace.Of(symbols[0])!.Value.IsIn(compilation.RemoveAllSyntaxTrees()));
        Assert.Null(DeclaredPlace.Of(compilation.GetSpecialType(SpecialType.System_Object)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepOfNewFile(KeptTable<DeclaredPlace, int> table)
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText("class Edited;");
        for (int i = 0; i < 100; i++)
            table.Keep(new DeclaredPlace(KeptAnswers.File(file), new TextSpan(i, 1)), i, []);
    }
}
