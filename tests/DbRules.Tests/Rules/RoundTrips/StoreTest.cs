namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Tests of DBR101 and DBR107 on stores that speak no SQL.</summary>
internal static class StoreTest
{
    /// <summary>Analyses statements of an asynchronous method that is handed a collection of MongoDB and everything around it.</summary>
    public static Task MongoAsync(string statements) => RunAsync(
        $$"""
        using MongoDB.Driver;
        using MongoDB.Driver.Linq;

        class Order { public int Id { get; set; } public int CustomerId { get; set; } public string Number { get; set; } = ""; }

        class Report
        {
            async Task<object?> RunAsync(
                IMongoClient client, IMongoDatabase database, IMongoCollection<Order> orders, IMongoCollection<Order> archive,
                IEnumerable<int> keys, int[] ids, List<Order> list, List<string> tenants, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
                return null;
            }

            static void Use(object? value) { }
        }
        """);

    /// <summary>Analyses statements of an asynchronous method that is handed a database of Redis and everything around it.</summary>
    public static Task RedisAsync(string statements) => RunAsync(
        $$"""
        using StackExchange.Redis;

        class Report
        {
            async Task<object?> RunAsync(
                IDatabase db, IDatabaseAsync either, IServer server, ISubscriber subscriber, IConnectionMultiplexer multiplexer,
                IEnumerable<string> keys, int[] ids, List<RedisKey[]> groups, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
                return null;
            }

            static void Use(object? value) { }
        }
        """);

    private static Task RunAsync(string source) =>
        new RoundTripTest { IncludeShop = false, ReferenceAssemblies = ShopReferences.Stores, TestCode = Usings + source }.RunAsync();

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        """;
}
