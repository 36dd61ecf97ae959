using DbRules.Engine.Models;
using DbRules.Engine.Tests.Models;
using DbRules.Engine.Transactions;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Engine.Tests.Transactions;

/// <summary>Where files name members that write, whichever compilation asks.</summary>
public sealed class WritingNamesTests
{
    private const string Code = "class C { void M(Store store) { store.Put(1); store.Get(1); context.SaveChanges(); } } class Store { public void Put(int id) { } public void Get(int id) { } }";

    [Fact]
    public void Compilations_that_see_the_same_libraries_share_the_names()
    {
        Assert.Same(WritingNames.Of(Models()), WritingNames.Of(Models()));
        Assert.NotSame(WritingNames.Of(Models()), WritingNames.Of(Models("type Store\n  Put writes")));
    }

    [Fact]
    public void A_file_of_rows_counts_as_it_is_now()
    {
        Assert.Equal(["Get", "SaveChanges", "Get"], NamesIn(Models("type Store\n  Get writes reads many")));
        Assert.Equal(["Put", "SaveChanges", "Put"], NamesIn(Models("type Store\n  Put writes")));
        Assert.Equal(["Put", "Get", "SaveChanges", "Put", "Get"], NamesIn(Models("type Store\n  Get Put writes")));
    }

    private static ModelIndex Models(string? rows = null) =>
        ModelIndex.Create(Libraries.Compile(Code), ModelSet.Create(rows is null ? [] : [new TextFile("own.dbmodel", rows)]));

    private static string[] NamesIn(ModelIndex models) =>
        [.. WritingNames.Of(models).PlacesIn(CSharpSyntaxTree.ParseText(Code)).Distinct().Order().Select(place => new string([.. Code.Skip(place).TakeWhile(char.IsLetter)]))];
}
