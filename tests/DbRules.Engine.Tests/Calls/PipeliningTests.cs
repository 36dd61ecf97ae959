using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Commands that nobody waits for where they are called, and calls that take a whole list.</summary>
public sealed class PipeliningTests
{
    [Theory]
    [InlineData("tasks.Add(db.StringGetAsync(key)); //1", Exemption.Pipelined)]
    [InlineData("_ = db.StringGetAsync(key); //1", Exemption.Pipelined)]
    [InlineData("var task = db.StringGetAsync(key); tasks.Add(task); //1", Exemption.Pipelined)]
    [InlineData("Use(await db.StringGetAsync(key)); //1", Exemption.None)]
    [InlineData("var task = db.StringGetAsync(key); await task; //1", Exemption.None)]
    [InlineData("Use(await Task.WhenAll(db.StringGetAsync(key))); //1", Exemption.None)]
    [InlineData("Use(await Task.WhenAll(new[] { db.StringGetAsync(key) })); //1", Exemption.None)]
    [InlineData("foreach (var task in new[] { db.StringGetAsync(key) }) Use(await task); //1", Exemption.None)]
    [InlineData("Task.WaitAll(db.StringGetAsync(key)); //1", Exemption.None)]
    [InlineData("Use(db.StringGet(key)); //1", Exemption.None)]
    public void A_task_leaves_the_pass_or_is_awaited_in_it(string statement, Exemption exemption)
    {
        Repetition repetition = Redis($"foreach (var key in keys)\n{{\n{statement}\n}}").Call().RepetitionBeyond(0);
        Assert.Equal(exemption, repetition.Exemption);
        Assert.Equal(exemption == Exemption.None, repetition.PerElement is not null);
    }

    [Theory]
    [InlineData("keys.Select(key => db.StringGetAsync(key)) //1", true)]
    [InlineData("keys.Select(async key => await db.StringGetAsync(key)) //1", true)]
    [InlineData("keys.Select(key => db.StringGet(key)) //1", false)]
    [InlineData("Parallel.ForEachAsync(keys, async (key, token) => await db.StringGetAsync(key)) //1", false)]
    [InlineData("keys.ToAsyncEnumerable().Select(async (string key, CancellationToken token) => await db.StringGetAsync(key)) //1", false)]
    public void A_delegate_hands_its_task_on(string expression, bool isPipelined) =>
        Assert.Equal(isPipelined ? Exemption.Pipelined : Exemption.None, Redis("Use(\n" + expression + "\n);").Call().RepetitionBeyond(0).Exemption);

    [Theory]
    [InlineData("batch.StringGetAsync(\"a\"); //1")]
    [InlineData("transaction.StringSetAsync(\"a\", 1); //1")]
    [InlineData("either.StringGetAsync(\"a\"); //1")]
    [InlineData("db.StringSet(\"a\", 1, flags: CommandFlags.FireAndForget); //1")]
    [InlineData("db.StringSet(\"a\", 1, flags: CommandFlags.FireAndForget | CommandFlags.DemandMaster); //1")]
    public void Nobody_waits_for_an_answer(string statement) => Assert.False(Redis("_ = " + statement).Call().IsRoundTrip);

    [Theory]
    [InlineData("_ = batch.StringSetAsync(\"a\", 1); //1")]
    [InlineData("db.StringSet(\"a\", 1, flags: CommandFlags.FireAndForget); //1")]
    public void A_write_that_nobody_waits_for_is_one(string statement) => Assert.True(Redis(statement).Call().MayWrite);

    [Theory]
    [InlineData("batch.Execute(); //1")]
    [InlineData("transaction.Execute(); //1")]
    [InlineData("await transaction.ExecuteAsync(); //1")]
    [InlineData("db.StringSet(\"a\", 1, flags: CommandFlags.DemandMaster); //1")]
    public void One_round_trip(string statement)
    {
        DbCall call = Redis(statement).Call();
        Assert.True(call.IsRoundTrip);
        Assert.True(call.MayWrite);
    }

    [Theory]
    [InlineData("Use(db.StringGet(group)); //1", Exemption.SetBased)]
    [InlineData("Use(db.StringGet(group.Take(10).ToArray())); //1", Exemption.SetBased)]
    [InlineData("Use(db.StringGet(all)); //1", Exemption.None)]
    [InlineData("Use(db.StringGet(new[] { group[0] })); //1", Exemption.None)]
    [InlineData("Use(db.StringGet(new[] { group[0], group[1] })); //1", Exemption.SetBased)]
    [InlineData("Use(db.StringGet(group[0])); //1", Exemption.None)]
    [InlineData("db.KeyDelete(group); //1", Exemption.SetBased)]
    [InlineData("db.StringSet(group.Select(key => KeyValuePair.Create(key, (RedisValue)1)).ToArray()); //1", Exemption.SetBased)]
    [InlineData("db.StringSet(group[0], 1); //1", Exemption.None)]
    public void A_list_of_the_pass_is_handled_at_once(string statement, Exemption exemption) =>
        Assert.Equal(exemption, Redis($"foreach (var group in groups)\n{{\n{statement}\n}}").Call().RepetitionBeyond(0).Exemption);

    private static CodeUnderTest Redis(string statements) => CodeUnderTest.Of(
        $$"""
        using StackExchange.Redis;
        using CommandFlags = StackExchange.Redis.CommandFlags;

        class Report
        {
            async Task RunAsync(IDatabase db, IDatabaseAsync either, IBatch batch, ITransaction transaction, List<string> keys, List<RedisKey[]> groups, RedisKey[] all)
            {
                var tasks = new List<Task<RedisValue>>();
                {{statements}}
                await Task.WhenAll(tasks);
            }

            static void Use(object? value) { }
        }
        """);
}
