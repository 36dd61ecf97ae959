using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Code = DbRules.Tests.Rules.Lifetimes.LifetimeCode;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>The fix that lets <c>using</c> release what a local holds.</summary>
public class UsingFixTests
{
    private const string OldCode =
        """
        using System;
        using Microsoft.Data.SqlClient;

        class Old
        {
            object Run(string text)
            {
                var c = new SqlConnection(text);
                c.Open();

                // The count.
                var n = new SqlCommand(text, c).ExecuteScalar();
                c.Close();
                return n;
            }
        }
        """;

    private const string OldCodeFixed =
        """
        using System;
        using Microsoft.Data.SqlClient;

        class Old
        {
            object Run(string text)
            {
                using (var c = new SqlConnection(text))
                {
                    c.Open();

                    // The count.
                    var n = new SqlCommand(text, c).ExecuteScalar();
                    return n;
                }
            }
        }
        """;

    [Theory]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nUse(c.State);",
        "await using var c = new SqlConnection(text);\nc.Open();\nUse(c.State);")]
    [InlineData(
        "SqlConnection c = {|DBR401:new(text)|};\nc.Open();",
        "await using SqlConnection c = new(text);\nc.Open();")]
    [InlineData(
        "IDbConnection c = {|DBR401:new SqlConnection|}(text);\nc.Open();",
        "using IDbConnection c = new SqlConnection(text);\nc.Open();")]
    [InlineData(
        "var c = await source.{|DBR401:OpenConnectionAsync|}(ct).ConfigureAwait(false);\nreturn (await c.QueryAsync<int>(\"select 1\").ConfigureAwait(false)).ToList();",
        "await using var c = await source.OpenConnectionAsync(ct).ConfigureAwait(false);\nreturn (await c.QueryAsync<int>(\"select 1\").ConfigureAwait(false)).ToList();")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nif (flag)\n    return null;\nc.Dispose();",
        "await using var c = new SqlConnection(text);\nc.Open();\nif (flag)\n    return null;")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nc.Close();\nc.Dispose();\nreturn n;",
        "await using var c = new SqlConnection(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nreturn n;")]
    [InlineData(
        "var c = {|DBR409:new SqlConnection|}(text);\nawait c.OpenAsync(ct);\nvar n = await c.ExecuteScalarAsync<int>(\"select 1\");\n\nawait c.CloseAsync();\n\nreturn n;",
        "await using var c = new SqlConnection(text);\nawait c.OpenAsync(ct);\nvar n = await c.ExecuteScalarAsync<int>(\"select 1\");\n\nreturn n;")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nc.Execute(\"select 1\");\nif (c != null)\n    c.Dispose();",
        "await using var c = new SqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");")]
    [InlineData(
        "var c = {|DBR409:new SqlConnection|}(text);\nc.Open();\nc.Execute(\"select 1\");\nif (c.State == ConnectionState.Open)\n{\n    c.Close();\n}\nreturn ids;",
        "await using var c = new SqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\nreturn ids;")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nc.Execute(\"select 1\");\nc?.Dispose();",
        "await using var c = new SqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");")]
    // What follows takes its time: the connection goes back before it, as it did.
    [InlineData(
        "var c = {|DBR409:new SqlConnection|}(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nc.Close();\nreturn Task.Delay(n);",
        "await using var c = new SqlConnection(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nc.Close();\nreturn Task.Delay(n);")]
    [InlineData(
        "var c = {|DBR409:new SqlConnection|}(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nc.Close();\nUse(n);",
        "await using var c = new SqlConnection(text);\nc.Open();\nvar n = c.ExecuteScalar<int>(\"select 1\");\nc.Close();\nUse(n);")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\ncatch (DbException)\n{\n    c.Dispose();\n    throw;\n}",
        "await using var c = new SqlConnection(text);\nc.Open();\ntry\n{\n    c.Execute(\"select 1\");\n}\ncatch (DbException)\n{\n    c.Dispose();\n    throw;\n}")]
    // Comments stay, and so does a release that one of them belongs to.
    [InlineData(
        "// The reporting database.\nvar c = {|DBR401:new SqlConnection|}(text); // not the shop's\n\nc.Open();\nc.Execute(\"select 1\"); // warm up\nc.Dispose();",
        "// The reporting database.\nawait using var c = new SqlConnection(text); // not the shop's\n\nc.Open();\nc.Execute(\"select 1\"); // warm up")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nc.Execute(\"select 1\");\n// Back to the pool.\nc.Dispose();",
        "await using var c = new SqlConnection(text);\nc.Open();\nc.Execute(\"select 1\");\n// Back to the pool.\nc.Dispose();")]
    // Several on one line.
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text); c.Open(); c.Execute(\"select 1\"); c.Dispose();",
        "await using var c = new SqlConnection(text); c.Open(); c.Execute(\"select 1\"); c.Dispose();")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text); c.Open(); var d = {|DBR401:new SqlConnection|}(text); d.Open();",
        "await using var c = new SqlConnection(text); c.Open(); await using var d = new SqlConnection(text); d.Open();")]
    [InlineData(
        "if (flag) { var c = {|DBR401:new SqlConnection|}(text); c.Open(); }",
        "if (flag) { await using var c = new SqlConnection(text); c.Open(); }")]
    [InlineData(
        "var c = {|DBR409:new SqlConnection|}(text);\nc.Open();\nvar command = c.{|DBR402:CreateCommand|}();\ncommand.CommandText = text;\nvar reader = command.ExecuteReader();\nvar n = reader.Read() ? reader.GetInt32(0) : 0;\nreader.Close();\nc.Close();\nreturn n;",
        "await using var c = new SqlConnection(text);\nc.Open();\nawait using var command = c.CreateCommand();\ncommand.CommandText = text;\nvar reader = command.ExecuteReader();\nvar n = reader.Read() ? reader.GetInt32(0) : 0;\nreader.Close();\nreturn n;")]
    // Parameters of a command hold nothing.
    [InlineData(
        "var command = connection.{|DBR402:CreateCommand|}();\nvar p = command.CreateParameter();\np.Value = 1;\ncommand.Parameters.Add(p);\ncommand.ExecuteNonQuery();",
        "await using var command = connection.CreateCommand();\nvar p = command.CreateParameter();\np.Value = 1;\ncommand.Parameters.Add(p);\ncommand.ExecuteNonQuery();")]
    [InlineData(
        "var adapter = {|DBR402:new SqlDataAdapter|}(text, sql);\nvar table = new DataTable();\nadapter.Fill(table);\nreturn table;",
        "using var adapter = new SqlDataAdapter(text, sql);\nvar table = new DataTable();\nadapter.Fill(table);\nreturn table;")]
    [InlineData(
        "var reader = given.{|DBR403:ExecuteReader|}();\nif (!reader.Read())\n    return null;\nvar n = reader.GetInt32(0);\nreader.Dispose();\nreturn n;",
        "await using var reader = given.ExecuteReader();\nif (!reader.Read())\n    return null;\nvar n = reader.GetInt32(0);\nreturn n;")]
    [InlineData(
        "var grid = await connection.{|DBR403:QueryMultipleAsync|}(text);\nreturn (await grid.ReadAsync<int>()).ToList();",
        "await using var grid = await connection.QueryMultipleAsync(text);\nreturn (await grid.ReadAsync<int>()).ToList();")]
    [InlineData(
        "var shop = factory.{|DBR404:CreateDbContext|}();\nreturn await shop.Orders.Where(o => o.Open).Take(10).ToListAsync(ct);",
        "await using var shop = factory.CreateDbContext();\nreturn await shop.Orders.Where(o => o.Open).Take(10).ToListAsync(ct);")]
    [InlineData(
        "var shop = {|DBR404:new ShopContext|}();\nvar open = shop.Orders.Where(o => o.Open);\nif (flag)\n    open = open.Take(3);\nforeach (var order in open)\n    Use(order);\nshop.Add(new Order());\nshop.SaveChanges();",
        "await using var shop = new ShopContext();\nvar open = shop.Orders.Where(o => o.Open);\nif (flag)\n    open = open.Take(3);\nforeach (var order in open)\n    Use(order);\nshop.Add(new Order());\nshop.SaveChanges();")]
    [InlineData(
        "var tx = await db.Database.{|DBR405:BeginTransactionAsync|}(ct);\nawait db.SaveChangesAsync(ct);\nawait tx.CommitAsync(ct);",
        "await using var tx = await db.Database.BeginTransactionAsync(ct);\nawait db.SaveChangesAsync(ct);\nawait tx.CommitAsync(ct);")]
    [InlineData(
        "IDbTransaction tx = connection.{|DBR405:BeginTransaction|}();\nconnection.Execute(text, transaction: tx);\ntx.Commit();",
        "using IDbTransaction tx = connection.BeginTransaction();\nconnection.Execute(text, transaction: tx);\ntx.Commit();")]
    // In lambdas and local functions that run before the code is through.
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nforeach (var id in ids)\n    Run(id);\nvoid Run(int id) => c.Execute(\"select 1\");",
        "await using var c = new SqlConnection(text);\nc.Open();\nforeach (var id in ids)\n    Run(id);\nvoid Run(int id) => c.Execute(\"select 1\");")]
    [InlineData(
        "var c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nreturn ids.Select(id => c.ExecuteScalar<int>(\"select 1\")).ToList();",
        "await using var c = new SqlConnection(text);\nc.Open();\nreturn ids.Select(id => c.ExecuteScalar<int>(\"select 1\")).ToList();")]
    // Nothing can be awaited here.
    [InlineData(
        "lock (kept)\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n}",
        "lock (kept)\n{\n    using var c = new SqlConnection(text);\n    c.Open();\n}")]
    [InlineData(
        "unsafe\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n}",
        "unsafe\n{\n    using var c = new SqlConnection(text);\n    c.Open();\n}")]
    [InlineData(
        "var digits = text.AsSpan(1);\nvar c = {|DBR401:new SqlConnection|}(text);\nc.Open();\nUse(digits.Length);",
        "var digits = text.AsSpan(1);\nusing var c = new SqlConnection(text);\nc.Open();\nUse(digits.Length);")]
    public Task Declarations(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    /// <summary>All at once; one after another the reader is left alone, because it goes with its connection.</summary>
    [Fact]
    public Task Connection_command_and_reader() => Code.Fixes(
        """
        var c = {|DBR401:new SqlConnection|}(text);
        await c.OpenAsync(ct);
        var command = {|DBR402:new SqlCommand|}(text, c);
        var reader = await command.{|DBR403:ExecuteReaderAsync|}(ct);
        var all = new List<int>();
        while (await reader.ReadAsync(ct))
            all.Add(reader.GetInt32(0));
        return all;
        """,
        """
        await using var c = new SqlConnection(text);
        await c.OpenAsync(ct);
        await using var command = new SqlCommand(text, c);
        var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<int>();
        while (await reader.ReadAsync(ct))
            all.Add(reader.GetInt32(0));
        return all;
        """,
        """
        await using var c = new SqlConnection(text);
        await c.OpenAsync(ct);
        await using var command = new SqlCommand(text, c);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<int>();
        while (await reader.ReadAsync(ct))
            all.Add(reader.GetInt32(0));
        return all;
        """);

    [Theory]
    [InlineData(
        "public int Count(string text)\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n    return c.ExecuteScalar<int>(\"select 1\");\n}",
        "public int Count(string text)\n{\n    using var c = new SqlConnection(text);\n    c.Open();\n    return c.ExecuteScalar<int>(\"select 1\");\n}")]
    [InlineData(
        "public int Count(string text) {\n    var c = {|DBR401:new SqlConnection|}(text); c.Open();\n    return c.ExecuteScalar<int>(\"select 1\"); }",
        "public int Count(string text) {\n    using var c = new SqlConnection(text); c.Open();\n    return c.ExecuteScalar<int>(\"select 1\"); }")]
    [InlineData(
        "public int Count { get { var c = {|DBR401:new SqlConnection|}(\"x\"); c.Open(); return c.ExecuteScalar<int>(\"select 1\"); } }",
        "public int Count { get { using var c = new SqlConnection(\"x\"); c.Open(); return c.ExecuteScalar<int>(\"select 1\"); } }")]
    [InlineData(
        "public int Run(string text)\n{\n    return Count();\n\n    int Count()\n    {\n        var c = {|DBR401:Open|}(text);\n        return c.ExecuteScalar<int>(\"select 1\");\n    }\n}\nstatic DbConnection Open(string text) { var c = new SqlConnection(text); c.Open(); return c; }",
        "public int Run(string text)\n{\n    return Count();\n\n    int Count()\n    {\n        using var c = Open(text);\n        return c.ExecuteScalar<int>(\"select 1\");\n    }\n}\nstatic DbConnection Open(string text) { var c = new SqlConnection(text); c.Open(); return c; }")]
    [InlineData(
        "public Func<Task<int>> Later(string text) => async () =>\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    await c.OpenAsync();\n    return await c.ExecuteScalarAsync<int>(\"select 1\");\n};",
        "public Func<Task<int>> Later(string text) => async () =>\n{\n    await using var c = new SqlConnection(text);\n    await c.OpenAsync();\n    return await c.ExecuteScalarAsync<int>(\"select 1\");\n};")]
    [InlineData(
        "public static IEnumerable<int> Read(string text)\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n    foreach (var id in c.Query<int>(\"select 1\"))\n        yield return id;\n}",
        "public static IEnumerable<int> Read(string text)\n{\n    using var c = new SqlConnection(text);\n    c.Open();\n    foreach (var id in c.Query<int>(\"select 1\"))\n        yield return id;\n}")]
    [InlineData(
        "public static async IAsyncEnumerable<int> ReadAsync(string text)\n{\n    var c = {|DBR401:new SqlConnection|}(text);\n    await c.OpenAsync();\n    foreach (var id in await c.QueryAsync<int>(\"select 1\"))\n        yield return id;\n}",
        "public static async IAsyncEnumerable<int> ReadAsync(string text)\n{\n    await using var c = new SqlConnection(text);\n    await c.OpenAsync();\n    foreach (var id in await c.QueryAsync<int>(\"select 1\"))\n        yield return id;\n}")]
    [InlineData(
        "public int Count(string text)\r\n{\r\n    var c = {|DBR409:new SqlConnection|}(text);\r\n    c.Open();\r\n    var n = c.ExecuteScalar<int>(\"select 1\");\r\n    c.Close();\r\n    return n;\r\n}",
        "public int Count(string text)\r\n{\r\n    using var c = new SqlConnection(text);\r\n    c.Open();\r\n    var n = c.ExecuteScalar<int>(\"select 1\");\r\n    return n;\r\n}")]
    [InlineData(
        "public List<Order> Open()\n{\n    var shop = {|DBR404:new ShopContext|}();\n    return Page(shop.Orders);\n}\nstatic List<Order> Page(IQueryable<Order> orders) => orders.Take(10).ToList();",
        "public List<Order> Open()\n{\n    using var shop = new ShopContext();\n    return Page(shop.Orders);\n}\nstatic List<Order> Page(IQueryable<Order> orders) => orders.Take(10).ToList();")]
    public Task Members(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData(
        "SqlConnection c;\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();",
        "await using SqlConnection c = new SqlConnection(text);\nc.Open();")]
    [InlineData(
        "SqlConnection? c = null;\nvar n = ids.Length;\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();\nUse(n);\nc.Execute(\"select 1\");\nif (c != null)\n    c.Dispose();",
        "var n = ids.Length;\nawait using SqlConnection c = new SqlConnection(text);\nc.Open();\nUse(n);\nc.Execute(\"select 1\");")]
    [InlineData(
        "IDbConnection? c = null;\nif (flag)\n{\n    // Only then.\n    c = {|DBR409:new SqlConnection|}(text);\n    c.Open();\n    c.Execute(\"select 1\");\n    c.Close();\n}",
        "if (flag)\n{\n    // Only then.\n    using IDbConnection c = new SqlConnection(text);\n    c.Open();\n    c.Execute(\"select 1\");\n}")]
    [InlineData(
        "ShopContext? shop = default;\nforeach (var id in ids)\n{\n    shop = await factory.{|DBR404:CreateDbContextAsync|}(ct);\n    Use(await shop.Orders.FindAsync(id));\n}",
        "foreach (var id in ids)\n{\n    await using ShopContext shop = await factory.CreateDbContextAsync(ct);\n    Use(await shop.Orders.FindAsync(id));\n}")]
    [InlineData(
        "DbDataReader reader;\nreader = given.{|DBR403:ExecuteReader|}();\nif (!reader.Read())\n    return null;\nvar n = reader.GetInt32(0);\nreader.Dispose();\nreturn n;",
        "await using DbDataReader reader = given.ExecuteReader();\nif (!reader.Read())\n    return null;\nvar n = reader.GetInt32(0);\nreturn n;")]
    public Task Assigned_later(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData(
        "SqlConnection c = {|DBR401:new SqlConnection|}(text), d = {|DBR401:new SqlConnection|}(text);\nc.Open();\nd.Open();",
        "await using SqlConnection c = new SqlConnection(text), d = new SqlConnection(text);\nc.Open();\nd.Open();")]
    [InlineData(
        "SqlConnection c = new(text), d = {|DBR409:new(text)|};\nd.Open();\nd.Execute(\"select 1\");\nd.Close();\nc.Dispose();",
        "await using SqlConnection c = new(text), d = new(text);\nd.Open();\nd.Execute(\"select 1\");")]
    public Task Several_variables(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    // A switch section takes no using declaration.
    [InlineData(
        "switch (ids.Length)\n{\n    case 1:\n        var c = {|DBR401:new SqlConnection|}(text);\n        c.Open();\n        // Warm up.\n        c.Execute(\"select 1\");\n        break;\n}",
        "switch (ids.Length)\n{\n    case 1:\n        await using (var c = new SqlConnection(text))\n        {\n            c.Open();\n            // Warm up.\n            c.Execute(\"select 1\");\n        }\n        break;\n}")]
    [InlineData(
        "switch (ids.Length)\n{\n    case 1:\n        var c = {|DBR409:new SqlConnection|}(text);\n\n        c.Open();\n        c.Execute(@\"select\n1\");\n        c.Close();\n        break;\n    default:\n        return 1;\n}",
        "switch (ids.Length)\n{\n    case 1:\n        await using (var c = new SqlConnection(text))\n        {\n            c.Open();\n            c.Execute(@\"select\n1\");\n        }\n        break;\n    default:\n        return 1;\n}")]
    [InlineData(
        "switch (ids.Length)\n{\n    case 1:\n        var c = {|DBR401:new SqlConnection|}(text);\n        c.Open();\n        return c.ExecuteScalar<int>(\"select 1\");\n}",
        "switch (ids.Length)\n{\n    case 1:\n        await using (var c = new SqlConnection(text))\n        {\n            c.Open();\n            return c.ExecuteScalar<int>(\"select 1\");\n        }\n}")]
    public Task Statements(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    /// <summary>Before C# 8 there are no using declarations.</summary>
    [Fact]
    public async Task Old_language()
    {
        Project old = TestProjects.Create(TestReferences.Framework, withShop: false);
        old = old.RemoveDocuments([.. old.DocumentIds]).WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp7_3))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithSource("/0/SqlClient.cs", SqlClientCode.OldSource)
            .WithSource("/0/Code.cs", OldCode.ReplaceLineEndings("\n"));
        FixOutcome outcome = await CodeFixing.FixEachAsync(old, () => [new SkippedClose()], new UsingDeclarationFix(), new CodeActionChoice(), limit: 1);
        Assert.Equal(OldCodeFixed.ReplaceLineEndings("\n"), (await outcome.Project.Documents.Single(static document => document.Name == "Code.cs").GetTextAsync()).ToString());
    }

    [Theory]
    // What leaves still needs it.
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return shop.Orders.Where(o => o.Open);")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); var open = shop.Orders.Where(o => o.Open); return open;")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return shop.Orders.AsEnumerable();")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return shop.Orders.AsEnumerable().Select(o => o.Id);")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return shop.Orders.ToListAsync(ct);")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); var all = shop.Orders.ToListAsync(ct); return all;")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); _ = shop.SaveChangesAsync(ct);")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return shop.Orders.AsAsyncEnumerable();")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); shop.SaveChanges(); return shop.Entry(new Order());")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); shop.SaveChanges(); return shop.ChangeTracker;")]
    [InlineData("var shop = factory.{|DBR404:CreateDbContext|}(); return ids.Select(id => shop.Orders.First(o => o.Id == id));")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); return c.Query<int>(\"select 1\", buffered: false);")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); return c.Query<int>(new CommandDefinition(text, flags: CommandFlags.None));")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); return c.QueryAsync<int>(\"select 1\");")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); response.OnCompleted(() => c.Execute(\"select 1\"));")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); Func<int> count = () => c.ExecuteScalar<int>(\"select 1\"); return count;")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); return Count(); async Task<int> Count() => await c.ExecuteScalarAsync<int>(\"select 1\");")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); given.Connection = c; given.ExecuteNonQuery();")]
    [InlineData("var reader = given.{|DBR403:ExecuteReader|}(); return reader.Parse<Order>();")]
    [InlineData("var reader = given.{|DBR403:ExecuteReader|}(); reader.Read(); return reader.GetStream(0);")]
    // No declaration of its own, or one that cannot be a using declaration.
    [InlineData("SqlConnection c; c = {|DBR401:new SqlConnection|}(text); c.Open();")]
    [InlineData("SqlConnection? c = null; if (flag) { c = {|DBR401:new SqlConnection|}(text); c.Open(); }")]
    [InlineData("SqlConnection c = {|DBR401:new SqlConnection|}(text), d = sql;\nc.Open();\nd.Open();")]
    [InlineData("SqlConnection c = {|DBR401:new SqlConnection|}(text), d = new SqlConnection(text);\nc.Open();\nkept.Add(d);")]
    [InlineData("SqlConnection c = {|DBR401:new SqlConnection|}(text), d;\nc.Open();")]
    [InlineData("SqlConnection? c = null, d = null;\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();\nUse(d);")]
    // Named where it would not be known, or given another value.
    [InlineData("SqlConnection? c = null;\nif (flag)\n{\n    c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n}\n\nUse(c?.State);")]
    [InlineData("SqlConnection? c = null;\nUse(c == null);\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();")]
    [InlineData("SqlConnection? c = null;\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();\nc = null;")]
    [InlineData("SqlConnection? c = null;\nif (flag)\n    c = {|DBR401:new SqlConnection|}(text);\nc!.Open();")]
    [InlineData("SqlConnection? c = null;\nRun();\nvoid Run()\n{\n    c = {|DBR401:new SqlConnection|}(text);\n    c.Open();\n}")]
    // A comment would go with the declaration.
    [InlineData("SqlConnection c; // Of the shop.\nc = {|DBR401:new SqlConnection|}(text);\nc.Open();")]
    [InlineData("var c = {|DBR401:new SqlConnection|}(text); c.Open(); if (flag) goto end; c.Dispose(); end: return null;")]
    [InlineData("given.{|DBR403:ExecuteReader|}();")]
    // Another section of the switch names what the block would hold.
    [InlineData("switch (ids.Length)\n{\n    case 1:\n        var c = {|DBR401:new SqlConnection|}(text);\n        c.Open();\n        int n = 1;\n        break;\n    default:\n        n = 2;\n        return n;\n}")]
    public Task No_fix(string code) => Code.NoFix(code);
}
