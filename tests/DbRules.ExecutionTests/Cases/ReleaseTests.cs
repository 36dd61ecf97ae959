using DbRules.CodeFixes.Lifetimes;
using DbRules.Rules.Lifetimes;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fixes of DBR401 to DBR406 and DBR409: before them the code leaves something open, after them nothing, on every way out.</summary>
public sealed class ReleaseTests
{
    [DatabaseTheory]
    [InlineData("var c = new Pooled(text);\nc.Open();\nreturn c.ExecuteScalar<string>(\"select name from countries where id = 1\");", false)]
    [InlineData("Pooled c = new(text);\nawait c.OpenAsync(ct);\nusing var command = c.CreateCommand();\ncommand.CommandText = \"select name from countries where id = 1\";\nreturn await command.ExecuteScalarAsync(ct);", false)]
    [InlineData("var c = Open(text);\nreturn c.Query<string>(\"select name from countries order by id\").ToList();", false)]
    [InlineData("IDbConnection c = new Pooled(text);\nc.Open();\nvar name = c.ExecuteScalar<string>(\"select name from countries where id = 1\");\nif (name.Length > 3)\n    return name;\nc.Dispose();\nreturn null;", false)]
    [InlineData("var c = new Pooled(text);\nc.Open();\nvar name = c.ExecuteScalar<string>(\"select name from countries where id = 1\");\nFault();\nc.Dispose();\nreturn name;", true)]
    [InlineData("switch (text.Length)\n{\n    case > 0:\n        var c = new Pooled(text);\n        c.Open();\n        Fault();\n        return c.ExecuteScalar<string>(\"select name from countries where id = 1\");\n    default:\n        return null;\n}", true)]
    [InlineData("var sum = 0;\nforeach (var id in new[] { 1, 2, 3 })\n{\n    var c = new Pooled(text);\n    c.Open();\n    sum += c.ExecuteScalar<int>(\"select count(*) from countries where id = @id\", new { id });\n    if (id == 2)\n        break;\n    c.Dispose();\n}\nreturn sum;", false)]
    [InlineData("Pooled? c = null;\nvar sum = 0;\nforeach (var id in new[] { 1, 2, 3 })\n{\n    c = new Pooled(text);\n    c.Open();\n    sum += c.ExecuteScalar<int>(\"select count(*) from countries where id = @id\", new { id });\n    if (id == 2)\n        Fault();\n    c.Dispose();\n}\nreturn sum;", true)]
    [InlineData("Pooled c = new(text), d = new(text);\nvar sum = c.ExecuteScalar<int>(\"select count(*) from countries\");\nd.Open();\nsum += d.ExecuteScalar<int>(\"select count(*) from countries\");\nFault();\nc.Dispose();\nd.Dispose();\nreturn sum;", true)]
    public Task Connections(string body, bool fails) => HeldSnippet.IsReleased<LeakedConnection>(body, HeldSnippet.HoldsConnection, fails);

    [DatabaseTheory]
    [InlineData("var c = new Pooled(text);\nc.Open();\nvar name = c.ExecuteScalar<string>(\"select name from countries where id = 1\");\nFault();\nc.Close();\nreturn name;")]
    [InlineData("var c = new Pooled(text);\nawait c.OpenAsync(ct);\nvar name = await c.ExecuteScalarAsync<string>(\"select name from countries where id = 1\");\nFault();\nawait c.CloseAsync();\nawait Task.Yield();\nreturn name;")]
    public Task Closed_by_name(string body) => HeldSnippet.IsReleased<SkippedClose>(body, HeldSnippet.HoldsConnection, fails: true);

    [DatabaseTheory]
    [InlineData("var command = new Counted(\"select name from countries where id = 1\", connection);\nreturn command.ExecuteScalar();", false)]
    [InlineData("var command = new Counted(\"select name from countries where id = 1\", connection);\nFault();\nreturn await command.ExecuteScalarAsync(ct);", true)]
    public Task Commands(string body, bool fails) => HeldSnippet.IsReleased<UndisposedCommand>(body, HeldSnippet.HoldsCounted, fails);

    [DatabaseFact]
    public Task Dropped_command() => HeldSnippet.IsReleased<UndisposedCommand, DroppedResourceFix>(
        "return new Counted(\"select name from countries where id = 1\", connection).ExecuteScalar();", HeldSnippet.HoldsCounted);

    [DatabaseTheory]
    [InlineData("var reader = connection.ExecuteReader(\"select id from countries order by id\");\nreader.Read();\nif (reader.GetInt32(0) == 1)\n    return 1;\nreader.Dispose();\nreturn 2;", false)]
    [InlineData("var reader = connection.ExecuteReader(\"select id from countries order by id\");\nreader.Read();\nFault();\nvar id = reader.GetInt32(0);\nreader.Dispose();\nreturn id;", true)]
    [InlineData("var reader = connection.ExecuteReader(\"select id from countries order by id\");\nreturn reader.Read() ? reader.GetInt32(0) : 0;", false)]
    public Task Readers(string body, bool fails) => HeldSnippet.IsReleased<LeakedReader>(body, HeldSnippet.RefusesTable, fails);

    [DatabaseFact]
    public Task Reader_closed_by_name() => HeldSnippet.IsReleased<SkippedClose>(
        "var reader = connection.ExecuteReader(\"select id from countries order by id\");\nreader.Read();\nFault();\nvar id = reader.GetInt32(0);\nreader.Close();\nreturn id;", HeldSnippet.RefusesTable, fails: true);

    [DatabaseFact]
    public Task Dropped_reader() => HeldSnippet.IsReleased<LeakedReader, DroppedResourceFix>(
        "if (connection.ExecuteReader(\"select id from countries order by id\").Read())\n    return 1;\nreturn 2;", HeldSnippet.RefusesTable);

    [DatabaseTheory]
    [InlineData("var shop = new CountedShop(Options(text));\nreturn await shop.Countries.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(ct);", false)]
    [InlineData("var shop = new CountedShop(Options(text));\nshop.Countries.Add(new Country { Name = \"new\", Code = \"N\" });\nshop.SaveChanges();\nFault();\nreturn shop.Countries.Count();", true)]
    public Task Contexts(string body, bool fails) => HeldSnippet.IsReleased<UndisposedContext>(body, HeldSnippet.HoldsCounted, fails);

    [DatabaseFact]
    public Task Context_with_an_open_connection() => HeldSnippet.IsReleased<UndisposedContext>(
        "var shop = new CountedShop(Options(text));\nshop.Database.OpenConnection();\nreturn shop.Countries.Count();", HeldSnippet.HoldsCounted);

    [DatabaseFact]
    public Task Dropped_context() => HeldSnippet.IsReleased<UndisposedContext, DroppedResourceFix>(
        "return await new CountedShop(Options(text)).Countries.CountAsync(ct);", HeldSnippet.HoldsCounted);

    [DatabaseTheory]
    [InlineData("var transaction = connection.BeginTransaction();\nconnection.Execute(\"update countries set name = 'new' where id = 1\", transaction: transaction);\nFault();\ntransaction.Commit();\nreturn null;")]
    [InlineData("var transaction = await connection.BeginTransactionAsync(ct);\nvar count = await connection.ExecuteScalarAsync<int>(\"select count(*) from countries\", transaction: transaction);\nFault();\nawait transaction.CommitAsync(ct);\nreturn count;")]
    public Task Transactions(string body) => HeldSnippet.IsReleased<UndisposedTransaction>(body, HeldSnippet.RefusesTransaction, fails: true);

    [DatabaseTheory]
    [InlineData("return Open(text).ExecuteScalar<string>(\"select name from countries where id = 1\");", false)]
    [InlineData("var names = Open(text).Query<string>(\"select name from countries order by id\").ToList();\nFault();\nreturn names;", true)]
    [InlineData("foreach (var name in Open(text).Query<string>(\"select name from countries order by id\"))\n    Fault();\nreturn null;", true)]
    [InlineData("return Count(text);\n\nstatic int Count(string text) => Open(text).ExecuteScalar<int>(\"select count(*) from countries\");", false)]
    [InlineData("if (text.Length > 0)\n    return Open(text).ExecuteScalar<int>(\"select count(*) from countries\");\nreturn null;", false)]
    public Task Dropped_connections(string body, bool fails) => HeldSnippet.IsReleased<DroppedConnection, DroppedResourceFix>(body, HeldSnippet.HoldsConnection, fails);
}
