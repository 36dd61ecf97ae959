using DbRules.ExecutionTests.Cases;
using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>Why DBR301 says nothing about the statements of one text here: when one of them fails, the others are undone.</summary>
public sealed class TextIsTransactionTests
{
    [DatabaseTheory]
    [InlineData("await connection.ExecuteAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = @id; insert into \\\"Countries\\\" (\\\"Id\\\", \\\"Name\\\", \\\"Code\\\") values (@id + 1000, @name, 'N')\", new { id = 4, name = Fails ? null : \"New\" });")]
    [InlineData("await db.Database.ExecuteSqlRawAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = {0}; insert into \\\"Countries\\\" (\\\"Id\\\", \\\"Name\\\", \\\"Code\\\") values ({0} + 1000, {1}, 'N')\", new object?[] { 4, Fails ? null : \"New\" }!, ct);")]
    [InlineData("await connection.ExecuteAsync(\"delete from \\\"Payments\\\" where \\\"OrderId\\\" = 4; select 1 / 0\");")]
    public async Task A_failing_statement_undoes_the_others(string statement)
    {
        SnippetOutcome untouched = await ExecutionVerifier.Untouched;
        SnippetOutcome failed = await ExecutionVerifier.OutcomeOf(FaultySnippet.Failing(FaultySnippet.Code(statement)));
        Assert.NotNull(failed.Exception);
        Assert.Equal(untouched.Rows, failed.Rows);
    }
}
