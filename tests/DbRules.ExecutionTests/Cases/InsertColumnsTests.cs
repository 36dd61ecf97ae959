using DbRules.CodeFixes.SqlText;
using DbRules.Rules.SqlText;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR513: the same rows stand in the table.</summary>
public sealed class InsertColumnsTests
{
    [DatabaseTheory]
    [InlineData("return await connection.ExecuteAsync(\"insert into \\\"Countries\\\" values (@id, @name, @code)\", new { id = 77, name = \"New\", code = \"N\" });")]
    [InlineData("return await db.Database.GetDbConnection().ExecuteAsync(@\"INSERT INTO \"\"Countries\"\" VALUES (@Id, @Name, @Code) -- one\", new[] { new Country { Id = 77, Name = \"A\", Code = \"B\" }, new Country { Id = 78, Name = \"C\", Code = \"D\" } });")]
    [InlineData("await connection.OpenAsync(ct);\nusing var command = connection.CreateCommand();\ncommand.CommandText = \"insert into \\\"Countries\\\" values (@id, @name, @code)\";\nforeach (var (name, value) in new (string, object)[] { (\"@id\", 77), (\"@name\", \"New\"), (\"@code\", \"N\") })\n{\n    var parameter = command.CreateParameter();\n    parameter.ParameterName = name;\n    parameter.Value = value;\n    command.Parameters.Add(parameter);\n}\nreturn await command.ExecuteNonQueryAsync(ct);")]
    public async Task Same_rows(string body)
    {
        string before =
            $$"""
            static class Snippet
            {
                public static async Task<int> Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    {{body}}
                }
            }
            """;
        string after = await ExecutionVerifier.FixedStateCompiles<InsertWithoutColumns, InsertWithoutColumnsFix>(before);
        Assert.Contains("Countries", after);
        (SnippetOutcome first, SnippetOutcome second) = await ExecutionVerifier.SameResult(before, after);
        Assert.Equal(first.Commands.Count, second.Commands.Count);
        Assert.NotEqual(first.Commands, second.Commands);
    }
}
