using Xunit;

namespace DbRules.ExecutionTests;

/// <summary>What only this driver has.</summary>
public sealed class NpgsqlTests
{
    private const string OneByOne =
        """
        static class Snippet
        {
            public static async Task<object?> Run(Npgsql.NpgsqlConnection connection, CancellationToken ct)
            {
                var names = new List<string>();
                foreach (int id in new[] { 1, 2, 3, 4, 5 })
                    names.Add(await connection.QuerySingleAsync<string>("select name from customers where id = @id", new { id }));
                return names;
            }
        }
        """;

    private const string WithArray =
        """
        static class Snippet
        {
            public static async Task<object?> Run(Npgsql.NpgsqlConnection connection, CancellationToken ct)
            {
                int[] ids = { 1, 2, 3, 4, 5 };
                return (await connection.QueryAsync<string>("select name from customers where id = any(@ids) order by id", new { ids })).ToList();
            }
        }
        """;

    private const string Batches =
        """
        static class Snippet
        {
            public static async Task<object?> Run(ShopContext db, Npgsql.NpgsqlConnection connection, CancellationToken ct)
            {
                await connection.OpenAsync(ct);
                await using (var batch = connection.CreateBatch())
                {
                    foreach (int id in new[] { 1, 2, 3 })
                        batch.BatchCommands.Add(new Npgsql.NpgsqlBatchCommand($"delete from payments where id = {id}"));
                    await batch.ExecuteNonQueryAsync(ct);
                }

                db.Countries.AddRange(new Country { Name = "A" }, new Country { Name = "B" }, new Country { Name = "C" });
                return await db.SaveChangesAsync(ct);
            }
        }
        """;

    [DatabaseFact]
    public Task The_concrete_connection_is_counted_too() =>
        ExecutionVerifier.SameResultFewerCommands(OneByOne, WithArray, expectedBefore: 5, atMostAfter: 1);

    [DatabaseFact]
    public Task A_batch_is_one_round_trip() =>
        ExecutionVerifier.SameResultFewerCommands(Batches, Batches, expectedBefore: 2, atMostAfter: 2);
}
