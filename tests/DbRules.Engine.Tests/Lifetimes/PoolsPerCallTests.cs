using DbRules.Engine.Tests.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Lifetimes;

/// <summary>Clients and pools that a call makes for itself: one shape of code a line.</summary>
public sealed class PoolsPerCallTests
{
    [Theory]
    [InlineData("async Task Run(string text) { await using var source = NpgsqlDataSource.Create(text); await using var c = await source.OpenConnectionAsync(); }", "Create")]
    [InlineData("void Run(string text) { var source = NpgsqlDataSource.Create(text); using var c = source.OpenConnection(); c.Execute(\"select 1\"); }", "Create")]
    [InlineData("void Run(string text) { using var source = new NpgsqlDataSourceBuilder(text).Build(); using var command = source.CreateCommand(\"select 1\"); command.ExecuteNonQuery(); }", "Build")]
    [InlineData("void Run(string text) { NpgsqlDataSource.Create(text).OpenConnection().Dispose(); }", "Create")]
    // It, or what it hands out, outlives the call.
    [InlineData("NpgsqlDataSource Make(string text) => NpgsqlDataSource.Create(text);", "")]
    [InlineData("NpgsqlConnection Make(string text) { var source = NpgsqlDataSource.Create(text); return source.OpenConnection(); }", "")]
    [InlineData("private NpgsqlDataSource? _source; void Run(string text) { _source = NpgsqlDataSource.Create(text); }", "")]
    [InlineData("private NpgsqlDataSource? _source; NpgsqlDataSource Get(string text) => _source ??= NpgsqlDataSource.Create(text);", "")]
    [InlineData("void Run(string text, List<NpgsqlDataSource> all) { all.Add(NpgsqlDataSource.Create(text)); }", "")]
    // It runs once.
    [InlineData("public Report(string text) { using var source = NpgsqlDataSource.Create(text); source.OpenConnection().Dispose(); }", "")]
    [InlineData("void ConfigureAll(string text) { using var source = NpgsqlDataSource.Create(text); source.OpenConnection().Dispose(); }", "")]
    [InlineData("class Startup { void Run(string text) { using var source = NpgsqlDataSource.Create(text); source.OpenConnection().Dispose(); } }", "")]
    [InlineData("void Run(string text) { using var source = NpgsqlDataSource.Create(text); }", "Create")]
    public void Made_for_one_call(string members, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Of($"class Report {{ {members} }}");
        Assert.Equal(expected, string.Join(", ", code.Bodies().SelectMany(body => code.Facts.Lifetimes.PoolsPerCallOf(body.Facts)).Select(static pool => pool.Maker)));
    }
}
