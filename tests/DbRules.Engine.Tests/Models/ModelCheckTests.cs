using DbRules.Engine.Models;
using Xunit;

namespace DbRules.Engine.Tests.Models;

/// <summary>Names in a user's file that the project does not have.</summary>
public sealed class ModelCheckTests
{
    private const string Source = """
        namespace Shop
        {
            public class Base { public void Shared() { } }
            public class Store : Base
            {
                public Store(string path) { }
                public void Load(int id) { }
                public System.Threading.Tasks.Task LoadAsync(int id, System.Threading.CancellationToken token) => null!;
                public static void Reset() { }
                public string Name => "";
                public class Cursor<T> { public T Next() => default!; }
            }
        }
        """;

    [Theory]
    [InlineData("type Shop.Store session\n  .ctor acquires:return key:path\n  Load[Async] round-trip reads one key:id cancel:token source:this\n  Name sql:return\n  Reset writes")]
    [InlineData("type Shop.Store+Cursor`1 reader\n  Next advances source:this acquires:return")]
    [InlineData("type Shop.Missing optional\n  Load reads many")]
    [InlineData("type Shop.Missing assembly:NotReferenced\n  Load reads many")]
    [InlineData("type Shop.Store\n  Unload[Async] reads many optional")]
    public void What_exists_or_may_be_missing_is_no_problem(string text) => Assert.Empty(Check(text));

    [Theory]
    [InlineData("type Shop.Missing", "have a type 'Shop.Missing'", "Shop.Missing")]
    [InlineData("type Shop.Store\n  Unload reads many", "'Shop.Store' declares no method or property 'Unload'", "Unload")]
    [InlineData("type Shop.Store\n  Shared reads many", "is declared by 'Shop.Base', a base of 'Shop.Store'", "Shared")]
    [InlineData("type Shop.Store\n  Reset[Async] writes", "no method or property 'ResetAsync'", "Reset[Async]")]
    [InlineData("type Shop.Store\n  Load reads one key:key", "No overload of 'Shop.Store.Load' has a parameter 'key'. Their parameters: id, return, this", "key")]
    [InlineData("type Shop.Store\n  Reset writes source:this", "has a parameter 'this'", "this")]
    [InlineData("type Shop.Store\n  Load reads one acquires:return", "has a parameter 'return'", "return")]
    [InlineData("type Shop.Store\n  Name sql:text", "has a parameter 'text'", "text")]
    public void What_is_missing_is_a_problem_with_its_place(string text, string message, string place)
    {
        var problem = Assert.Single(Check(text));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(place, text.Substring(problem.Span.Start, problem.Span.Length));
        Assert.Equal("User.dbmodel", problem.Path);
    }

    [Fact]
    public void A_row_counts_beside_one_that_names_nothing()
    {
        var compilation = Libraries.Compile(Source);
        var models = ModelSet.Create([new TextFile("User.dbmodel", "type Shop.Store\n  Unload reads many\n  Load reads many")]);
        Assert.Single(models.Check(compilation));
        var load = compilation.GetTypeByMetadataName("Shop.Store")!.GetMembers("Load").OfType<Microsoft.CodeAnalysis.IMethodSymbol>().Single();
        Assert.NotNull(ModelIndex.Create(compilation, models).Of(load));
    }

    [Fact]
    public void Our_own_rows_are_not_checked_against_a_users_project() =>
        Assert.Empty(ModelSet.BuiltIn.Check(Libraries.Compile("", [])));

    [Fact]
    public void Problems_of_reading_are_those_of_the_users_files()
    {
        Assert.Empty(ModelSet.BuiltIn.Problems);
        Assert.Single(ModelSet.Create([new TextFile("a.dbmodel", "junk"), new TextFile("b.dbmodel", "type A.B")]).Problems);
    }

    private static IReadOnlyList<ModelProblem> Check(string text)
    {
        var models = ModelSet.Create([new TextFile("User.dbmodel", text)]);
        Assert.Empty(models.Problems);
        return models.Check(Libraries.Compile(Source));
    }
}
