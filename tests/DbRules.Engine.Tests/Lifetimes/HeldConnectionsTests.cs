using DbRules.Engine.Lifetimes;
using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>Connections of others that code opens by hand and leaves open: one shape of code a line.</summary>
public sealed class HeldConnectionsTests
{
    [Theory]
    [InlineData("void Run() { _db.Database.OpenConnection(); _db.Orders.Count(); }", "_db at _db.Database.OpenConnection();")]
    [InlineData("async Task Run(Shop db) { await db.Database.OpenConnectionAsync(); await db.Orders.CountAsync(); }", "db at await db.Database.OpenConnectionAsync();")]
    [InlineData("void Run() { _c.Open(); _c.Execute(\"select 1\"); }", "_c at _c.Open();")]
    [InlineData("void Run() { var c = _db.Database.GetDbConnection(); c.Open(); c.Execute(\"select 1\"); }", "_db at c.Open();")]
    [InlineData("void Run() { var c = _db.Database.GetDbConnection(); if (c.State != ConnectionState.Open) c.Open(); c.Execute(\"select 1\"); }", "_db at if (c.State != ConnectionState.Open) c.Open(); lent by _db.Database")]
    // Needless for a library that opens by itself, and never closed.
    [InlineData("async Task Run() { await _c.OpenAsync(); await _c.QueryAsync<int>(\"select 1\"); }", "_c at await _c.OpenAsync();")]
    // What follows in another block, or later, uses it too: no place to close it.
    [InlineData("void Run(bool flag) { if (flag) { _db.Database.OpenConnection(); } _db.Orders.Count(); }", "_db")]
    [InlineData("Task<int> Run() { _db.Database.OpenConnection(); return _db.Orders.CountAsync(); }", "_db")]
    // Closed, here or by another member.
    [InlineData("void Run() { _db.Database.OpenConnection(); try { _db.Orders.Count(); } finally { _db.Database.CloseConnection(); } }", "")]
    [InlineData("void Run() { _c.Open(); _c.Execute(\"select 1\"); _c.Close(); }", "")]
    [InlineData("void Run() { _c.Open(); _c.Execute(\"select 1\"); } void End() => _c.Dispose();", "")]
    [InlineData("void Run() { using (_c) { _c.Open(); _c.Execute(\"select 1\"); } }", "")]
    [InlineData("DbDataReader Run(DbCommand command) { _c.Open(); _c.Execute(\"select 1\"); return command.ExecuteReader(CommandBehavior.CloseConnection); }", "")]
    // For others: those who call, or a connection that stays open.
    [InlineData("void Open() { _db.Database.OpenConnection(); _db.Orders.Count(); }", "")]
    [InlineData("void EnsureReady() { _c.Open(); _c.Execute(\"select 1\"); }", "")]
    [InlineData("DbConnection GetConnection() { _c.Open(); _c.Execute(\"select 1\"); return _c; }", "")]
    [InlineData("void Run() { if (_c.State != ConnectionState.Open) _c.Open(); _c.Execute(\"select 1\"); }", "")]
    [InlineData("void Run(DbConnection c) { c.Open(); c.Execute(\"select 1\"); }", "")]
    [InlineData("void Run(string text) { var c = new NpgsqlConnection(text); c.Open(); c.Execute(\"select 1\"); }", "")]
    // Made by the object, which never releases it: that is a leak.
    [InlineData("private readonly NpgsqlConnection _made = new(\"x\"); void Run() { _made.Open(); _made.Execute(\"select 1\"); }", "")]
    // Nothing goes through it, or it is the schema of a database in memory.
    [InlineData("void Run() { _db.Database.OpenConnection(); }", "")]
    [InlineData("void Run() { _db.Database.OpenConnection(); _db.Database.EnsureCreated(); }", "")]
    public void Opened_by_hand(string members, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Report(Shop given, DbConnection own)
            {
                private readonly Shop _db = given;
                private readonly DbConnection _c = own;

                {{members}}
            }
            """);
        Assert.Equal(expected, string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.HeldBy(body.Facts)).Select(Describe)));
    }

    private static string Describe(HeldConnection held) =>
        held.Owner + (held.Statement is { } statement ? " at " + TextAt(statement) : "") + (held.Lender is { } lender ? " lent by " + TextAt(lender) : "");

    private static string TextAt(Microsoft.CodeAnalysis.Location place) => place.SourceTree!.GetText().ToString(place.SourceSpan);
}
