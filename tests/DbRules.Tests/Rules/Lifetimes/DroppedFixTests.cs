using Xunit;
using Code = DbRules.Tests.Rules.Lifetimes.LifetimeCode;

namespace DbRules.Tests.Rules.Lifetimes;

/// <summary>The fix that gives a local to what an expression makes and drops.</summary>
public class DroppedFixTests
{
    [Theory]
    [InlineData(
        "return {|DBR406:new SqlConnection|}(text).Query<int>(\"select 1\").ToList();",
        "await using var connection2 = new SqlConnection(text);\nreturn connection2.Query<int>(\"select 1\").ToList();")]
    [InlineData(
        "var rows = (await {|DBR406:new NpgsqlConnection|}(text).QueryAsync<int>(\"select 1\")).ToList(); // all of them\nUse(rows);",
        "await using var connection2 = new NpgsqlConnection(text);\nvar rows = (await connection2.QueryAsync<int>(\"select 1\")).ToList(); // all of them\nUse(rows);")]
    [InlineData(
        "// Warm up.\n{|DBR406:new SqlConnection|}(text).Execute(\"select 1\");",
        "await using var connection2 = new SqlConnection(text);\n// Warm up.\nconnection2.Execute(\"select 1\");")]
    [InlineData(
        "Use((await source.{|DBR406:OpenConnectionAsync|}(ct)).ExecuteScalar<int>(\"select 1\"));",
        "await using var connection2 = await source.OpenConnectionAsync(ct);\nUse(connection2.ExecuteScalar<int>(\"select 1\"));")]
    [InlineData(
        "return (await source.{|DBR406:OpenConnectionAsync|}(ct).ConfigureAwait(false))\n    .Query<int>(\"select 1\")\n    .ToList();",
        "await using var connection2 = await source.OpenConnectionAsync(ct).ConfigureAwait(false);\nreturn connection2\n    .Query<int>(\"select 1\")\n    .ToList();")]
    [InlineData(
        "if ({|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\") > 0)\n    return 1;",
        "await using var connection2 = new SqlConnection(text);\nif (connection2.ExecuteScalar<int>(\"select 1\") > 0)\n    return 1;")]
    [InlineData(
        "lock (kept)\n{\n    return {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");\n}",
        "lock (kept)\n{\n    using var connection2 = new SqlConnection(text);\n    return connection2.ExecuteScalar<int>(\"select 1\");\n}")]
    [InlineData(
        "if (flag)\n    return {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");",
        "if (flag)\n{\n    await using var connection2 = new SqlConnection(text);\n    return connection2.ExecuteScalar<int>(\"select 1\");\n}")]
    [InlineData(
        "foreach (var id in {|DBR406:new SqlConnection|}(text).Query<int>(\"select 1\", buffered: false))\n    Use(id);",
        "await using var connection2 = new SqlConnection(text);\nforeach (var id in connection2.Query<int>(\"select 1\", buffered: false))\n    Use(id);")]
    [InlineData(
        "Use(SqlMapper.ExecuteScalar<int>({|DBR406:new SqlConnection|}(text), \"select 1\"));",
        "await using var connection2 = new SqlConnection(text);\nUse(SqlMapper.ExecuteScalar<int>(connection2, \"select 1\"));")]
    [InlineData(
        "{|DBR402:new SqlCommand|}(text, sql).ExecuteNonQuery();",
        "await using var command = new SqlCommand(text, sql);\ncommand.ExecuteNonQuery();")]
    [InlineData(
        "if (given.{|DBR403:ExecuteReader|}().Read())\n    return 1;",
        "await using var reader = given.ExecuteReader();\nif (reader.Read())\n    return 1;")]
    [InlineData(
        "var count = await factory.{|DBR404:CreateDbContext|}().Orders.CountAsync(ct);\nreturn count;",
        "await using var context = factory.CreateDbContext();\nvar count = await context.Orders.CountAsync(ct);\nreturn count;")]
    [InlineData(
        "return await (await factory.{|DBR404:CreateDbContextAsync|}(ct)).Orders.ToListAsync(ct);",
        "await using var context = await factory.CreateDbContextAsync(ct);\nreturn await context.Orders.ToListAsync(ct);")]
    [InlineData(
        "using var tx = factory.{|DBR404:CreateDbContext|}().Database.BeginTransaction();\ntx.Commit();",
        "await using var context = factory.CreateDbContext();\nusing var tx = context.Database.BeginTransaction();\ntx.Commit();")]
    // Two statements.
    [InlineData(
        "{|DBR406:new SqlConnection|}(text).Execute(\"select 1\");\n{|DBR406:new SqlConnection|}(text).Execute(\"select 2\");",
        "await using var connection2 = new SqlConnection(text);\nconnection2.Execute(\"select 1\");\nawait using var connection3 = new SqlConnection(text);\nconnection3.Execute(\"select 2\");")]
    public Task Statements(string code, string fixedCode) => Code.Splits(code, fixedCode);

    [Theory]
    [InlineData(
        "public int Count(string text) => {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");",
        "public int Count(string text)\n{\n    using var connection = new SqlConnection(text);\n    return connection.ExecuteScalar<int>(\"select 1\");\n}")]
    [InlineData(
        "public async Task<int> CountAsync(string text) =>\n    await {|DBR406:new SqlConnection|}(text)\n        .ExecuteScalarAsync<int>(\"select 1\");",
        "public async Task<int> CountAsync(string text)\n{\n    await using var connection = new SqlConnection(text);\n    return await connection\n        .ExecuteScalarAsync<int>(\"select 1\");\n}")]
    [InlineData(
        "public async Task RunAsync(string text) => await {|DBR406:new SqlConnection|}(text).ExecuteAsync(\"select 1\");",
        "public async Task RunAsync(string text)\n{\n    await using var connection = new SqlConnection(text);\n    await connection.ExecuteAsync(\"select 1\");\n}")]
    [InlineData(
        "public void Run(string text) => {|DBR406:new SqlConnection|}(text).Execute(\"select 1\");",
        "public void Run(string text)\n{\n    using var connection = new SqlConnection(text);\n    connection.Execute(\"select 1\");\n}")]
    [InlineData(
        "public int Count => {|DBR406:new SqlConnection|}(\"x\").ExecuteScalar<int>(\"select 1\");",
        "public int Count\n{\n    get\n    {\n        using var connection = new SqlConnection(\"x\");\n        return connection.ExecuteScalar<int>(\"select 1\");\n    }\n}")]
    [InlineData(
        "public int Count\n{\n    get => {|DBR406:new SqlConnection|}(\"x\").ExecuteScalar<int>(\"select 1\");\n    set => {|DBR406:new SqlConnection|}(\"x\").Execute(\"select 1\");\n}",
        "public int Count\n{\n    get\n    {\n        using var connection = new SqlConnection(\"x\");\n        return connection.ExecuteScalar<int>(\"select 1\");\n    }\n    set\n    {\n        using var connection2 = new SqlConnection(\"x\");\n        connection2.Execute(\"select 1\");\n    }\n}")]
    [InlineData(
        "public int Run(string text)\n{\n    return Count();\n\n    int Count() => {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");\n}",
        "public int Run(string text)\n{\n    return Count();\n\n    int Count()\n    {\n        using var connection = new SqlConnection(text);\n        return connection.ExecuteScalar<int>(\"select 1\");\n    }\n}")]
    [InlineData(
        "public static int Count(string text) => {|DBR406:Open|}(text).ExecuteScalar<int>(\"select 1\");\nstatic DbConnection Open(string text) { var c = new SqlConnection(text); c.Open(); return c; }",
        "public static int Count(string text)\n{\n    using var connection = Open(text);\n    return connection.ExecuteScalar<int>(\"select 1\");\n}\nstatic DbConnection Open(string text) { var c = new SqlConnection(text); c.Open(); return c; }")]
    [InlineData(
        "public int Count(string text)\r\n    => {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");",
        "public int Count(string text)\r\n{\r\n    using var connection = new SqlConnection(text);\r\n    return connection.ExecuteScalar<int>(\"select 1\");\r\n}")]
    public Task Members(string code, string fixedCode) => Code.Splits(code, fixedCode);

    [Theory]
    // Something is evaluated before it, or decides whether it is made at all.
    [InlineData("Use(ids.Max() + {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\"));")]
    [InlineData("if (flag && {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\") > 0) return 1;")]
    [InlineData("return flag ? {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\") : 0;")]
    [InlineData("int? n = null; n ??= {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\"); return n;")]
    // It is made anew in each pass.
    [InlineData("while ({|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\") > 0) Use(1);")]
    [InlineData("for (var i = 0; i < {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\"); i++) Use(i);")]
    [InlineData("return ids.Select(id => {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\")).ToList();")]
    [InlineData("foreach (var id in ids) {|DBR406:new SqlConnection|}(text).Execute(\"select 1\");")]
    // What leaves still needs it.
    [InlineData("return {|DBR406:new SqlConnection|}(text).QueryAsync<int>(\"select 1\");")]
    [InlineData("return {|DBR406:new SqlConnection|}(text).Query<int>(\"select 1\", buffered: false);")]
    [InlineData("return factory.{|DBR404:CreateDbContext|}().Orders.ToListAsync(ct);")]
    // A switch section takes no using declaration.
    [InlineData("switch (ids.Length)\n{\n    case 1:\n        {|DBR406:new SqlConnection|}(text).Execute(\"select 1\");\n        break;\n}")]
    // The reader would be in the way of the next command.
    [InlineData("Use(given.{|DBR403:ExecuteReader|}().Read());\ngiven.ExecuteNonQuery();")]
    public Task No_fix(string code) => Code.NoFix(code);

    [Theory]
    [InlineData("public Task<int> CountAsync(string text) => {|DBR406:new SqlConnection|}(text).ExecuteScalarAsync<int>(\"select 1\");")]
    [InlineData("public int Count(string text) => /* all */ {|DBR406:new SqlConnection|}(text).ExecuteScalar<int>(\"select 1\");")]
    [InlineData("public int Count { get => {|DBR406:new SqlConnection|}(\"x\").ExecuteScalar<int>(\"select 1\"); }")]
    public Task No_fix_in_members(string code) => Code.NoFix(code);
}
