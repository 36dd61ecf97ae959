using DbRules.CodeFixes.ResultSize;
using DbRules.Rules.ResultSize;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>DBR210 and its fix for stores that speak no SQL.</summary>
public sealed class AsyncCallsOfStoresTests
{
    [Theory]
    [InlineData("Use(redis.{|DBR210:StringGet|}(\"a\"));", "Use(await redis.StringGetAsync(\"a\"));")]
    [InlineData("Use((string?)redis.{|DBR210:StringGet|}(\"a\"));", "Use((string?)await redis.StringGetAsync(\"a\"));")]
    [InlineData("if (redis.{|DBR210:KeyDelete|}(\"a\")) Use(1);", "if (await redis.KeyDeleteAsync(\"a\")) Use(1);")]
    [InlineData("redis.{|DBR210:StringSet|}(\"a\", 1, TimeSpan.FromMinutes(1));", "await redis.StringSetAsync(\"a\", 1, TimeSpan.FromMinutes(1));")]
    [InlineData("Use(orders.Find(o => o.Id == 3).{|DBR210:ToList|}());", "Use(await orders.Find(o => o.Id == 3).ToListAsync(ct));")]
    [InlineData("orders.{|DBR210:DeleteOne|}(o => o.Id == 3);", "await orders.DeleteOneAsync(o => o.Id == 3, ct);")]
    public Task Awaited(string before, string after) => new CSharpCodeFixVerifier<SynchronousCallInAsyncCode, SynchronousCallInAsyncCodeFix>.Test
    {
        IncludeShop = false,
        ReferenceAssemblies = ShopReferences.StoresAndAll,
        TestCode = Method(before),
        FixedCode = Method(after),
    }.RunAsync();

    [Theory]
    [InlineData("redis.StringSet(\"a\", 1, flags: CommandFlags.FireAndForget);")]
    [InlineData("foreach (var entry in redis.HashScan(\"a\")) Use(entry);")]
    [InlineData("Use(await redis.StringGetAsync(\"a\"));")]
    [InlineData("Use(orders.Find(o => o.Id == 3));")]
    public Task Quiet(string statements) => new CSharpAnalyzerVerifier<SynchronousCallInAsyncCode>.Test
    {
        IncludeShop = false,
        ReferenceAssemblies = ShopReferences.StoresAndAll,
        TestCode = Method(statements),
    }.RunAsync();

    private static string Method(string statements) =>
        $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using MongoDB.Driver;
        using StackExchange.Redis;

        class Order { public int Id { get; set; } }

        class Report
        {
            async Task RunAsync(IDatabase redis, IMongoCollection<Order> orders, CancellationToken ct)
            {
                await Task.Yield();
                {{statements}}
            }

            static void Use(object? value) { }
        }
        """;
}
