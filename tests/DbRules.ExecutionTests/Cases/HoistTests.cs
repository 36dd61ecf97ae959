using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Xunit;

namespace DbRules.ExecutionTests.Cases;

/// <summary>The fix of DBR107: the query runs once, and every pass sees what it saw before.</summary>
public sealed class HoistTests
{
    [DatabaseFact]
    public Task Row() => ForEachNumber("var country = db.Countries.FirstOrDefault(c => c.Code == \"C3\");\n    found.Add(number + country?.Name);");

    [DatabaseFact]
    public Task Row_awaited() => ForEachNumber("var country = await db.Countries.SingleOrDefaultAsync(c => c.Code == \"none\", ct);\n    found.Add(number + country?.Name);");

    [DatabaseFact]
    public Task Rows() => ForEachNumber("var countries = await db.Countries.OrderBy(c => c.Id).ToListAsync(ct);\n    found.Add(countries[number % countries.Count].Name);");

    [DatabaseFact]
    public Task Rows_enumerated() => ForEachNumber("foreach (var country in db.Countries.OrderBy(c => c.Id))\n        found.Add(number + country.Name);");

    [DatabaseFact]
    public Task Existence_in_a_condition() => ForEachNumber("if (await db.Payments.AnyAsync(p => p.Amount > 50, ct))\n        found.Add(number);");

    [DatabaseFact]
    public Task Count() => ForEachNumber("found.Add(number * db.Orders.Count());");

    [DatabaseFact]
    public Task Sql_scalar() => ForEachNumber("found.Add(number * connection.ExecuteScalar<int>(\"select count(*) from orders\"));");

    [DatabaseFact]
    public Task Sql_rows() => ForEachNumber("foreach (var country in await connection.QueryAsync<Country>(\"select * from countries order by id\"))\n        found.Add(number + country.Name);");

    private static Task ForEachNumber(string body)
    {
        bool isAsync = body.Contains("await ", StringComparison.Ordinal);
        string code = $$"""
            static class Snippet
            {
                public static {{(isAsync ? "async Task<object?>" : "object?")}} Run(ShopContext db, DbConnection connection, CancellationToken ct)
                {
                    var found = new List<object?>();
                    foreach (var number in Enumerable.Range(1, 20))
                    {
                        {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                    }

                    return found;
                }
            }
            """;
        return ExecutionVerifier.SameResultFewerCommands<InvariantQuery, InvariantQueryFix>(code, expectedBefore: 20, atMostAfter: 1);
    }
}
