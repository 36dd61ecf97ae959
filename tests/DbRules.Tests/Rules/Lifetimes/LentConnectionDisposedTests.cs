using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using DbRules.Testing;
using Xunit;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>When DBR407 speaks, when it is quiet, and what its fix writes.</summary>
public sealed class LentConnectionDisposedTests
{
    private const string Lent = "Database.{|DBR407:GetDbConnection|}()";

    [Theory]
    [InlineData("using var c = db.LENT;\nc.Execute(\"select 1\");", "var c = db.LENT;\nc.Execute(\"select 1\");")]
    [InlineData("// By hand.\nawait using var c = db.LENT; // of the context\nawait c.ExecuteAsync(\"select 1\");", "// By hand.\nvar c = db.LENT; // of the context\nawait c.ExecuteAsync(\"select 1\");")]
    [InlineData("using var c = (NpgsqlConnection)_db.LENT;\nc.Execute(\"select 1\");", "var c = (NpgsqlConnection)_db.LENT;\nc.Execute(\"select 1\");")]
    [InlineData("using DbConnection c = held.LENT;\nc.Execute(\"select 1\");", "DbConnection c = held.LENT;\nc.Execute(\"select 1\");")]
    [InlineData("using (var c = db.LENT)\n{\n    // All of it.\n    c.Execute(\"select 1\");\n\n    if (flag)\n        c.Execute(\"select 2\");\n}\nUse(id);", "var c = db.LENT;\n// All of it.\nc.Execute(\"select 1\");\n\nif (flag)\n    c.Execute(\"select 2\");\nUse(id);")]
    [InlineData("if (flag)\n{\n    using (var c = db.LENT)\n    {\n        c.Execute(@\"select 1\n  from orders\");\n    }\n}", "if (flag)\n{\n    var c = db.LENT;\n    c.Execute(@\"select 1\n  from orders\");\n}")]
    // Opened by hand, so that it is to be closed.
    [InlineData("using var c = db.LENT;\nc.Open();\nc.Execute(\"select 1\");", "var c = db.LENT;\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\nfinally\n{\n    c.Close();\n}")]
    [InlineData("await using (var c = db.LENT)\n{\n    await c.OpenAsync(ct);\n    await c.ExecuteAsync(\"select 1\");\n}\nUse(id);", "var c = db.LENT;\nawait c.OpenAsync(ct);\ntry\n{\n    await c.ExecuteAsync(\"select 1\");\n}\nfinally\n{\n    await c.CloseAsync();\n}\nUse(id);")]
    [InlineData("using (var c = db.LENT)\n{\n    c.Open();\n\n    c.Execute(\"select 1\");\n}", "var c = db.LENT;\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\nfinally\n{\n    c.Close();\n}")]
    [InlineData("var c = db.LENT;\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\nfinally\n{\n    c.Dispose();\n}", "var c = db.LENT;\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\nfinally\n{\n    c.Close();\n}")]
    [InlineData("var c = db.LENT;\nawait c.OpenAsync(ct);\ntry\n{\n    await c.ExecuteAsync(\"select 1\");\n}\nfinally\n{\n    await c.DisposeAsync();\n}", "var c = db.LENT;\nawait c.OpenAsync(ct);\ntry\n{\n    await c.ExecuteAsync(\"select 1\");\n}\nfinally\n{\n    await c.CloseAsync();\n}")]
    // Disposed by a call.
    [InlineData("var c = db.LENT;\nc.Execute(\"select 1\");\nc.Dispose();", "var c = db.LENT;\nc.Execute(\"select 1\");")]
    [InlineData("var c = db.LENT;\nawait c.ExecuteAsync(\"select 1\");\nawait c.DisposeAsync();", "var c = db.LENT;\nawait c.ExecuteAsync(\"select 1\");")]
    [InlineData("db.LENT.Dispose();\nUse(id);", "Use(id);")]
    // The context is this code's own, and used afterwards.
    [InlineData("using var shop = factory.CreateDbContext();\nusing (var c = shop.LENT)\n{\n    c.Execute(\"select 1\");\n}\nshop.SaveChanges();", "using var shop = factory.CreateDbContext();\nvar c = shop.LENT;\nc.Execute(\"select 1\");\nshop.SaveChanges();")]
    [InlineData("using var shop = new ShopContext();\nforeach (var one in ids)\n{\n    using var c = shop.LENT;\n    c.Execute(\"select 1\");\n}", "using var shop = new ShopContext();\nforeach (var one in ids)\n{\n    var c = shop.LENT;\n    c.Execute(\"select 1\");\n}")]
    [InlineData("var same = _db;\nusing var c = same.LENT;\nc.Execute(\"select 1\");", "var same = _db;\nvar c = same.LENT;\nc.Execute(\"select 1\");")]
    public Task Left_to_the_context(string before, string after) => SessionCode.Fixes<LentConnectionDisposed, LentConnectionDisposedFix>(
        before.Replace("LENT", Lent, StringComparison.Ordinal), after.Replace("LENT", "Database.GetDbConnection()", StringComparison.Ordinal));

    [Theory]
    [InlineData("using var c = {|DBR407:Lent|};\nc.Execute(\"select 1\");", "var c = Lent;\nc.Execute(\"select 1\");")]
    [InlineData("using var c = {|DBR407:GetLent|}();\nc.Execute(\"select 1\");", "var c = GetLent();\nc.Execute(\"select 1\");")]
    [InlineData("using var c = {|DBR407:LentBy|}(db);\nc.Execute(\"select 1\");", "var c = LentBy(db);\nc.Execute(\"select 1\");")]
    public Task Through_a_helper(string before, string after) => SessionCode.Fixes<LentConnectionDisposed, LentConnectionDisposedFix>(before, after);

    [Theory]
    // Another local of the name.
    [InlineData("using (var c = db.LENT)\n{\n    c.Execute(\"select 1\");\n}\nforeach (var c in ids)\n    Use(c);")]
    [InlineData("using var c = db.LENT;\nif (c.State != ConnectionState.Open)\n    c.Open();\nc.Execute(\"select 1\");")]
    [InlineData("var c = db.LENT;\ntry\n{\n    c.Execute(\"select 1\");\n}\nfinally\n{\n    c.Dispose();\n}")]
    [InlineData("var c = db.LENT;\nusing (c)\n{\n    c.Execute(\"select 1\");\n}")]
    [InlineData("var c = db.LENT;\nif (flag)\n{\n    c.Dispose();\n    return null;\n}\nc.Execute(\"select 1\");\nc.Dispose();")]
    [InlineData("using /* ours */ var c = db.LENT;\nc.Execute(\"select 1\");")]
    [InlineData("using (var c = db.LENT) c.Execute(\"select 1\");")]
    public Task No_fix(string code)
    {
        string marked = code.Replace("LENT", Lent, StringComparison.Ordinal);
        return SessionCode.Fixes<LentConnectionDisposed, LentConnectionDisposedFix>(marked, marked);
    }

    [Theory]
    [InlineData("var c = db.Database.GetDbConnection();\nc.Execute(\"select 1\");")]
    [InlineData("var c = db.Database.GetDbConnection();\nc.Open();\ntry { c.Execute(\"select 1\"); } finally { c.Close(); }")]
    [InlineData("await using var command = db.Database.GetDbConnection().CreateCommand();\nawait command.ExecuteNonQueryAsync(ct);")]
    [InlineData("using var transaction = db.Database.GetDbConnection().BeginTransaction();\ntransaction.Commit();")]
    [InlineData("using var c = new NpgsqlConnection(db.Database.GetDbConnection().ConnectionString);\nc.Execute(\"select 1\");")]
    [InlineData("using var c = source.OpenConnection();\nc.Execute(\"select 1\");")]
    [InlineData("using var c = given;\nc.Execute(\"select 1\");")]
    // The context goes with it.
    [InlineData("using var shop = new ShopContext();\nusing var c = shop.Database.GetDbConnection();\nc.Execute(\"select 1\");")]
    [InlineData("await using var shop = await factory.CreateDbContextAsync(ct);\nawait using var c = shop.Database.GetDbConnection();\nawait c.ExecuteAsync(\"select 1\");")]
    [InlineData("var shop = factory.CreateDbContext();\nvar c = shop.Database.GetDbConnection();\nc.Execute(\"select 1\");\nc.Dispose();\nshop.Dispose();")]
    [InlineData("foreach (var one in ids)\n{\n    using var shop = factory.CreateDbContext();\n    using var c = shop.Database.GetDbConnection();\n    c.Execute(\"select 1\");\n}")]
    [InlineData("var shop = (ShopContext)services.GetService(typeof(ShopContext))!;\nusing var c = shop.Database.GetDbConnection();\nc.Execute(\"select 1\");")]
    [InlineData("_db.Database.GetDbConnection().Dispose();\n_db.Dispose();")]
    // Not sure to be it.
    [InlineData("var c = flag ? db.Database.GetDbConnection() : source.CreateConnection();\nc.Dispose();")]
    [InlineData("DbConnection c = db.Database.GetDbConnection();\nif (flag) c = source.CreateConnection();\nc.Dispose();")]
    public Task Quiet(string code) => SessionCode.Reports<LentConnectionDisposed>(code);

    [Theory]
    [InlineData("options.UseNpgsql(connection)")]
    [InlineData("options.UseNpgsql(_connection)")]
    [InlineData("options.UseNpgsql(new NpgsqlConnection(\"Host=x\"))")]
    public Task A_connection_that_was_given_to_the_context(string setUp) => SessionCode.Reports<LentConnectionDisposed>(
        $$"""
        using Npgsql;

        class Report(ShopContext db, NpgsqlConnection connection)
        {
            private readonly NpgsqlConnection _connection = connection;

            public void Set(DbContextOptionsBuilder options) => {{setUp}};

            public void Run()
            {
                using var c = db.Database.GetDbConnection();
                c.Execute("select 1");
            }
        }
        """);

    /// <summary>When the object ends is not in view, so it is a suggestion.</summary>
    [Theory]
    [InlineData("public Store(ShopContext db) { _c = db.Database.GetDbConnection(); }\npublic void Dispose() => _c.Dispose();", "Info GetDbConnection")]
    [InlineData("public Store(ShopContext db) { _c = db.Database.GetDbConnection(); }\npublic ValueTask DisposeAsync() => _c.DisposeAsync();", "Info GetDbConnection")]
    [InlineData("public Store(ShopContext db) { _c = db.Database.GetDbConnection(); }\npublic void Dispose() => _c.Close();", "")]
    [InlineData("private readonly ShopContext _db;\npublic Store(ShopContext db) { _db = db; _c = db.Database.GetDbConnection(); }\npublic void Dispose() { _c.Dispose(); _db.Dispose(); }", "")]
    [InlineData("public Store(string text) { _c = new NpgsqlConnection(text); }\npublic void Dispose() => _c.Dispose();", "")]
    public async Task A_field_keeps_it(string members, string expected)
    {
        string code = "using Npgsql; class Store { private readonly DbConnection _c; " + members + " }";
        AnalyzerRun run = await AnalyzerRun.OfAsync(TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Code.cs", code), [new LentConnectionDisposed()]);
        run.RequireNoErrors("The code");
        Assert.Equal(expected, string.Join(", ", run.Findings.Select(static one => $"{one.Severity} {one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan)}")));
    }

    [Theory]
    [InlineData("private readonly DbConnection _c = db.Database.GetDbConnection();\npublic void Dispose() { _c.Dispose(); db.Dispose(); }")]
    [InlineData("private DbConnection Lent(ShopContext other) => db.Database.GetDbConnection();\npublic void Run(ShopContext other) { using var c = {|DBR407:Lent|}(other); c.Execute(\"select 1\"); other.Dispose(); }")]
    public Task A_primary_constructor(string members) => SessionCode.Reports<LentConnectionDisposed>("class Store(ShopContext db)\n{\n" + members + "\n}");

    [Fact]
    public Task Tests_and_seeding() => SessionCode.Reports<LentConnectionDisposed>(
        """
        class ShopSeeder(ShopContext db)
        {
            public void Run()
            {
                using var c = db.Database.GetDbConnection();
                c.Execute("select 1");
            }
        }
        """);
}
