using DbRules.CodeFixes.Editing;
using DbRules.CodeFixes.Transactions;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DbRules.Tests.Rules.Transactions;

/// <summary>Statements in the middle of a block, wrapped with what opens and commits a transaction.</summary>
public class ExecutionStrategyWrapTests
{
    [Fact]
    public Task One_result() => Wraps(
        """
        var order = new Order();
        db.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
        """,
        """
        var strategy = db.Database.CreateExecutionStrategy();
        var order = await strategy.ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var savedOrder = new Order();
            db.Add(savedOrder);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return savedOrder;
        });
        return order.Id;
        """,
        count: 3);

    [Fact]
    public Task Several_results() => Wraps(
        """
        var order = new Order();
        int lines = 3, unused = 4;
        db.Add(order);
        return order.Id + lines;
        """,
        """
        var strategy = db.Database.CreateExecutionStrategy();
        var (order, lines) = await strategy.ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var savedOrder = new Order();
            int savedLines = 3, unused = 4;
            db.Add(savedOrder);
            await transaction.CommitAsync();
            return (savedOrder, savedLines);
        });
        return order.Id + lines;
        """,
        count: 3);

    [Fact]
    public Task Top_level_of_a_method_in_tabs() => Wraps(
        "db.Add(new Order\n{\n\tNumber = \"3\",\n});\nreturn 3;",
        "var strategy = db.Database.CreateExecutionStrategy();\nawait strategy.ExecuteAsync(async () =>\n{\n\tdb.ChangeTracker.Clear();\n\tawait using var transaction = await db.Database.BeginTransactionAsync();\n\tdb.Add(new Order\n\t{\n\t\tNumber = \"3\",\n\t});\n\tawait transaction.CommitAsync();\n});\nreturn 3;",
        count: 1,
        indentation: "\t\t");

    [Theory]
    // A resource that later code uses would be released before.
    [InlineData("using var stream = new System.IO.MemoryStream();\ndb.Add(new Order());\nreturn (int)stream.Length;", 2)]
    // A value that is not always there.
    [InlineData("int id;\nif (db.Orders.Any())\n    id = 3;\nid = 4;\nreturn id;", 2)]
    // A return would pass the commit by.
    [InlineData("if (db.Orders.Any())\n    return 3;\nreturn 4;", 2)]
    // The name of a local is that of a member.
    [InlineData("var order = new Order();\nvar pair = new { order };\nreturn order.Id;", 2)]
    // Another variable changes.
    [InlineData("int id = 3;\nid++;\ndb.Add(new Order());\nreturn id;", 2, 1)]
    public async Task No_wrap(string statements, int count, int skip = 0) => Assert.Null(await WrapAsync(statements, count, skip, "        "));

    private static async Task Wraps(string statements, string expected, int count, string indentation = "        ") =>
        Assert.Equal(Code(expected, indentation), await WrapAsync(statements, count, 0, indentation));

    /// <summary>The code with the first statements wrapped, which must compile; null where they cannot be.</summary>
    private static async Task<string?> WrapAsync(string statements, int count, int skip, string indentation)
    {
        Document document = TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Code.cs", Code(statements, indentation)).Documents.Single(one => one.FilePath == "/0/Code.cs");
        DocumentEdit edit = (await DocumentEdit.CreateAsync(document, CancellationToken.None))!;
        List<StatementSyntax> all = [.. edit.Root.DescendantNodes().OfType<MethodDeclarationSyntax>().Single().Body!.Statements];
        var wrap = new ExecutionStrategyWrap(edit, "db", token: null)
        {
            IsAsync = true,
            Opening = ["await using var transaction = await db.Database.BeginTransactionAsync();"],
            Closing = ["await transaction.CommitAsync();"],
        };
        if (!wrap.TryWrap(all[skip], all[skip + count - 1]))
            return null;
        Document changed = edit.Apply();
        Assert.Empty((await changed.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (await changed.GetTextAsync()).ToString();
    }

    private static string Code(string statements, string indentation) =>
        $$"""
        public class Till(ShopContext db)
        {
            public async Task<int> RunAsync()
            {
        {{indentation}}{{statements.Replace("\n", "\n" + indentation, StringComparison.Ordinal)}}
            }
        }
        """;
}
