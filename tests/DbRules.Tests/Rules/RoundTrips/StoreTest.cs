using DbRules.CodeFixes.RoundTrips;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Tests of DBR101 and DBR107 on stores that speak no SQL.</summary>
internal static class StoreTest
{
    /// <summary>Analyses statements of an asynchronous method that is handed a collection of MongoDB and everything around it.</summary>
    public static Task MongoAsync(string statements) => RunAsync(Mongo(statements));

    /// <summary>As <see cref="MongoAsync"/>, and that no fix is offered.</summary>
    public static Task MongoNoFixAsync(string statements) => FixAsync(Mongo(statements), Mongo(statements), null);

    /// <summary>As <see cref="MongoAsync(string)"/>, for another rule.</summary>
    public static Task MongoAsync<TRule>(string statements)
        where TRule : DiagnosticAnalyzer, new() => SourceAsync<TRule>(Mongo(statements));

    /// <summary>As <see cref="MongoAsync{TRule}"/>, for a whole source file.</summary>
    public static Task SourceAsync<TRule>(string source)
        where TRule : DiagnosticAnalyzer, new() =>
        new CSharpAnalyzerVerifier<TRule>.Test { IncludeShop = false, ReferenceAssemblies = ShopReferences.Stores, TestCode = source }.RunAsync();

    /// <summary>As <see cref="MongoAsync{TRule}"/>, and what the rule's fix makes of it.</summary>
    public static Task MongoFixAsync<TRule, TFix>(string statements, string fixedStatements)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new CSharpCodeFixVerifier<TRule, TFix>.Test { IncludeShop = false, ReferenceAssemblies = ShopReferences.StoresAndAll, TestCode = Mongo(statements), FixedCode = Mongo(fixedStatements) }.RunAsync();

    private static string Mongo(string statements) => Usings +
        $$"""
        using MongoDB.Driver;
        using MongoDB.Driver.Linq;

        class Order { public int Id { get; set; } public int CustomerId { get; set; } public string Number { get; set; } = ""; }

        class Report
        {
            async Task<object?> RunAsync(
                IMongoClient client, IMongoDatabase database, IMongoCollection<Order> orders, IMongoCollection<Order> archive,
                IEnumerable<int> keys, int[] ids, List<Order> list, List<string> folders, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
                return null;
            }

            static void Use(object? value) { }
        }
        """;

    /// <summary>As <see cref="MongoAsync"/>, for DBR105 and DBR106.</summary>
    public static Task MongoWritesAsync(string statements) => WritesAsync(Mongo(statements));

    /// <summary>As <see cref="RedisAsync"/>, for DBR105 and DBR106.</summary>
    public static Task RedisWritesAsync(string statements) => WritesAsync(Redis(statements));

    /// <summary>Analyses statements of an asynchronous method that is handed a database of Redis and everything around it.</summary>
    public static Task RedisAsync(string statements) => RunAsync(Redis(statements));

    /// <summary>As <see cref="RedisAsync"/>, and what the fix of DBR101 makes of it. Equal statements state that no fix is offered.</summary>
    public static Task RedisFixAsync(string statements, string fixedStatements, string? batchFixedStatements = null) =>
        FixAsync(Redis(statements), Redis(fixedStatements), batchFixedStatements is null ? null : Redis(batchFixedStatements));

    private static string Redis(string statements) => Usings +
        $$"""
        using StackExchange.Redis;

        class User { public int Id { get; set; } public CommandFlags Flags { get; set; } }

        class Report
        {
            async Task<object?> RunAsync(
                IDatabase db, IDatabaseAsync either, IServer server, ISubscriber subscriber, IConnectionMultiplexer multiplexer,
                List<string> names, IEnumerable<string> lazy, int[] ids, List<RedisKey> redis, List<RedisKey[]> groups, List<User> users, string prefix, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
                return null;
            }

            static string Key(int id) => "user:" + id;

            static void Use(object? value) { }
        }
        """;

    private static Task RunAsync(string source) =>
        new RoundTripTest { IncludeShop = false, ReferenceAssemblies = ShopReferences.Stores, TestCode = source }.RunAsync();

    private static Task WritesAsync(string source) =>
        new WriteTest { IncludeShop = false, ReferenceAssemblies = ShopReferences.Stores, TestCode = source }.RunAsync();

    private static Task FixAsync(string source, string fixedSource, string? batchFixedSource)
    {
        var test = new CSharpCodeFixVerifier<QueryPerElement, QueryPerElementFix>.Test
        {
            IncludeShop = false,
            ReferenceAssemblies = ShopReferences.StoresAndAll,
            TestCode = source,
            FixedCode = fixedSource,
        };
        if (batchFixedSource is not null)
            test.BatchFixedCode = batchFixedSource;
        return test.RunAsync();
    }

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        """;
}
