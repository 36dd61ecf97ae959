using System.Collections.Immutable;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR101 and DBR107 on StackExchange.Redis.</summary>
public sealed class QueryPerElementTestsOfRedis
{
    [Theory]
    [InlineData("db.{|DBR101:StringGet|}(key)")]
    [InlineData("db.{|DBR101:StringGet|}(\"user:\" + key)")]
    [InlineData("db.{|DBR101:StringGet|}($\"user:{key}\")")]
    [InlineData("db.{|DBR101:HashGet|}(\"users\", key)")]
    [InlineData("db.{|DBR101:HashGetAll|}(key)")]
    [InlineData("db.{|DBR101:KeyExists|}(key)")]
    [InlineData("db.{|DBR101:ListRange|}(key)")]
    [InlineData("db.{|DBR101:SetMembers|}(key)")]
    [InlineData("db.{|DBR101:SetContains|}(\"seen\", key)")]
    [InlineData("db.{|DBR101:SortedSetScore|}(\"scores\", key)")]
    [InlineData("multiplexer.GetDatabase().{|DBR101:StringGet|}(key)")]
    [InlineData("await db.{|DBR101:StringGetAsync|}(key)")]
    [InlineData("await db.{|DBR101:StringGetAsync|}(key).ConfigureAwait(false)")]
    [InlineData("await db.{|DBR101:HashGetAllAsync|}(key)")]
    [InlineData("db.{|DBR101:StringGetAsync|}(key).Result")]
    [InlineData("db.{|DBR101:StringGetAsync|}(key).GetAwaiter().GetResult()")]
    [InlineData("db.Wait(db.{|DBR101:StringGetAsync|}(key))")]
    [InlineData("await Task.WhenAll(db.{|DBR101:StringGetAsync|}(key), db.{|DBR101:StringGetAsync|}(key + 1))")]
    public Task A_read_for_each_key(string read) => StoreTest.RedisAsync($"foreach (var key in names) Use({read});");

    [Theory]
    [InlineData("var task = db.{|DBR101:StringGetAsync|}(key);\n    Use(await task);")]
    [InlineData("Task<RedisValue> task;\n    task = db.{|DBR101:StringGetAsync|}(key);\n    Use(task.Result);")]
    [InlineData("var name = db.{|DBR101:StringGetAsync|}(key);\n    var mail = db.{|DBR101:StringGetAsync|}(key + 1);\n    await Task.WhenAll(name, mail);")]
    public Task A_task_that_the_pass_waits_for(string statements) => StoreTest.RedisAsync("foreach (var key in names)\n{\n    " + statements + "\n}");

    [Theory]
    [InlineData("Use(names.Select(key => db.{|DBR101:StringGet|}(key)).ToList());")]
    [InlineData("await Parallel.ForEachAsync(names, async (key, token) => Use(await db.{|DBR101:StringGetAsync|}(key)));")]
    public Task An_operator_that_waits_for_each(string statement) => StoreTest.RedisAsync(statement);

    [Theory]
    [InlineData("Use(await Task.WhenAll(names.Select(key => db.StringGetAsync(key))));")]
    [InlineData("var tasks = names.Select(key => db.StringGetAsync(key)).ToArray();\nUse(await Task.WhenAll(tasks));")]
    [InlineData("var tasks = names.Select(async key => (key, await db.StringGetAsync(key)));\nUse(await Task.WhenAll(tasks));")]
    [InlineData("var tasks = new List<Task<RedisValue>>();\nforeach (var key in names) tasks.Add(db.StringGetAsync(key));\nUse(await Task.WhenAll(tasks));")]
    [InlineData("var tasks = new Dictionary<string, Task<RedisValue>>();\nforeach (var key in names) tasks[key] = db.StringGetAsync(key);\nawait Task.WhenAll(tasks.Values);")]
    [InlineData("var tasks = new Task<RedisValue>[ids.Length];\nfor (var i = 0; i < ids.Length; i++) tasks[i] = db.StringGetAsync(\"user:\" + ids[i]);\nawait Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task<RedisValue>>();\nforeach (var key in names)\n{\n    var task = db.StringGetAsync(key);\n    tasks.Add(task);\n}\nawait Task.WhenAll(tasks);")]
    public Task Tasks_awaited_together(string statements) => StoreTest.RedisAsync(statements);

    [Theory]
    [InlineData("Use(await Task.WhenAll(names.Select(key => ReadAsync(key))));")]
    [InlineData("Use(await Task.WhenAll(names.Select(async key => (key, await ReadAsync(key)))));")]
    [InlineData("var tasks = new List<Task<RedisValue>>();\nforeach (var key in names) tasks.Add(ReadAsync(key));\nUse(await Task.WhenAll(tasks));")]
    public Task Tasks_of_calls_awaited_together(string statements) =>
        StoreTest.RedisAsync("async Task<RedisValue> ReadAsync(string key) => await db.StringGetAsync(key);\n" + statements);

    [Theory]
    [InlineData("foreach (var key in names) Use(await {|DBR102:ReadAsync|}(key));")]
    [InlineData("foreach (var key in names) Use({|DBR102:ReadAsync|}(key).Result);")]
    [InlineData("await Parallel.ForEachAsync(names, async (key, token) => Use(await {|DBR102:ReadAsync|}(key)));")]
    public Task Calls_that_the_pass_waits_for(string statements) =>
        StoreTest.RedisAsync("async Task<RedisValue> ReadAsync(string key) => await db.StringGetAsync(key);\n" + statements);

    [Theory]
    [InlineData("Use(await Task.WhenAll(keys.Select(key => store.ReadAsync(key))));", 0)]
    [InlineData("foreach (var key in keys) Use(await store.ReadAsync(key));", 1)]
    public async Task Calls_of_another_project(string statements, int findings)
    {
        Compilation project = (await TestProjects.Create([.. TestReferences.All, .. TestReferences.Stores], withShop: false).GetCompilationAsync())!;
        Compilation library = project.WithAssemblyName("Library").AddSyntaxTrees(Parse(
            "using System.Threading.Tasks; using StackExchange.Redis; public class Store(IDatabase db) { public async Task<string?> ReadAsync(string key) => await db.StringGetAsync(key); }"));
        Compilation application = project.WithAssemblyName("Application").AddReferences(library.ToMetadataReference()).AddSyntaxTrees(Parse(
            "using System.Linq; using System.Threading.Tasks; using StackExchange.Redis; class Page(Store store) { void Use(object? value) { } async Task Run(string[] keys) { " + statements + " } }"));
        ImmutableArray<Diagnostic> found = await AnalyzerRun.FindAsync(application, ProductParts.CreateAnalyzers());
        Assert.Equal(findings, found.Count(static finding => finding.Id == "DBR102"));
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)TestProjects.Create(TestReferences.All, withShop: false).ParseOptions!);

    [Fact]
    public Task Tasks_awaited_together_in_every_pass() => StoreTest.RedisAsync(
        "foreach (var id in ids) Use(await Task.WhenAll(names.Select(key => db.{|DBR101:StringGetAsync|}(key + id))));");

    [Theory]
    [InlineData("var batch = db.CreateBatch();\nvar tasks = new List<Task<RedisValue>>();\nforeach (var key in names) tasks.Add(batch.StringGetAsync(key));\nbatch.Execute();\nawait Task.WhenAll(tasks);")]
    [InlineData("var batch = db.CreateBatch();\nTask<RedisValue>? last = null;\nforeach (var key in names) { last = batch.StringGetAsync(key); Use(last.Result); }\nbatch.Execute();")]
    [InlineData("var transaction = db.CreateTransaction();\nforeach (var key in names) _ = transaction.HashGetAsync(key, \"name\");\nUse(await transaction.ExecuteAsync());")]
    [InlineData("foreach (var key in names) Use(await either.StringGetAsync(key));")]
    public Task A_batch_or_what_may_be_one(string statements) => StoreTest.RedisAsync(statements);

    [Theory]
    [InlineData("foreach (var group in groups) Use(db.StringGet(group));")]
    [InlineData("foreach (var group in groups) Use(await db.StringGetAsync(group));")]
    [InlineData("foreach (var part in names.Chunk(100)) Use(await db.StringGetAsync(part.Select(key => (RedisKey)key).ToArray()));")]
    [InlineData("foreach (var group in groups) Use(db.SetCombine(SetOperation.Union, group));")]
    public Task Many_keys_at_once(string statement) => StoreTest.RedisAsync(statement);

    [Theory]
    [InlineData("foreach (var key in names) db.StringSet(key, 1);")]
    [InlineData("foreach (var key in names) await db.KeyDeleteAsync(key);")]
    [InlineData("foreach (var key in names) Use(db.ListLeftPop(key));")]
    [InlineData("foreach (var key in names) db.StringSet(key, 1, flags: CommandFlags.FireAndForget);")]
    [InlineData("foreach (var key in names) Use(db.StringGet(key, CommandFlags.FireAndForget | CommandFlags.DemandMaster));")]
    [InlineData("foreach (var key in names) await subscriber.PublishAsync(RedisChannel.Literal(\"news\"), key);")]
    [InlineData("foreach (var key in names) Use(db.Execute(\"GET\", key));")]
    [InlineData("foreach (var key in server.Keys(pattern: \"user:*\")) Use(key);")]
    [InlineData("foreach (var entry in db.HashScan(\"users\")) Use(entry);")]
    [InlineData("foreach (var value in db.StringGet(names.Select(key => (RedisKey)key).ToArray())) Use(value);")]
    public Task No_read_for_each_key(string statement) => StoreTest.RedisAsync(statement);

    [Theory]
    [InlineData("Use(db.{|DBR107:SetMembers|}(\"all\"));")]
    [InlineData("Use(await db.{|DBR107:StringGetAsync|}(\"settings\"));")]
    public Task The_same_in_every_pass(string statement) => StoreTest.RedisAsync("foreach (var key in names)\n{\n    " + statement + "\n}");

    [Fact]
    public Task A_worker_that_waits() => StoreTest.RedisAsync(
        """
        while (!ct.IsCancellationRequested)
        {
            Use(await db.StreamReadAsync("jobs", "0-0"));
            await Task.Delay(1000, ct);
        }
        """);

    [Fact]
    public Task A_database_for_each_element() => StoreTest.RedisAsync("foreach (var id in ids) Use(multiplexer.GetDatabase(id).StringGet(\"version\"));");

    [Fact]
    public Task A_search() => StoreTest.RedisAsync(
        """
        string code;
        do code = Guid.NewGuid().ToString();
        while (await db.KeyExistsAsync(code));
        Use(code);
        """);
}
