using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>What the fix of DBR101 writes for StackExchange.Redis: one read of all keys. For MongoDB it writes nothing.</summary>
public sealed class QueryPerElementFixTestsOfRedis
{
    [Fact]
    public Task The_element_is_the_key() => StoreTest.RedisFixAsync(
        """
        foreach (var name in names)
        {
            var value = db.{|DBR101:StringGet|}(name);
            Use(value);
        }
        """,
        """
        var keys = names.Select(n => (RedisKey)n).Distinct().ToArray();
        var valuesByKey = keys.Zip(db.StringGet(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var name in names)
        {
            var value = valuesByKey[name];
            Use(value);
        }
        """);

    [Fact]
    public Task Awaited() => StoreTest.RedisFixAsync(
        """
        foreach (var name in names)
            Use(await db.{|DBR101:StringGetAsync|}(name));
        """,
        """
        var keys = names.Select(n => (RedisKey)n).Distinct().ToArray();
        var valuesByKey = keys.Zip(await db.StringGetAsync(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var name in names)
            Use(valuesByKey[name]);
        """);

    [Fact]
    public Task Awaited_with_options() => StoreTest.RedisFixAsync(
        """
        foreach (var name in names)
            Use((string?)await db.{|DBR101:StringGetAsync|}(name, CommandFlags.PreferReplica).ConfigureAwait(false));
        """,
        """
        var keys = names.Select(n => (RedisKey)n).Distinct().ToArray();
        var valuesByKey = keys.Zip(await db.StringGetAsync(keys, CommandFlags.PreferReplica).ConfigureAwait(false), (k, v) => (k, v))
            .ToDictionary(p => p.k, p => p.v);
        foreach (var name in names)
            Use((string?)valuesByKey[name]);
        """);

    [Fact]
    public Task A_key_with_a_prefix() => StoreTest.RedisFixAsync(
        """
        // Prices first.
        foreach (var id in ids)
        {
            if (db.{|DBR101:StringGet|}("price:" + id) is { HasValue: true } price)
                Use(price);
        }
        """,
        """
        var keys = ids.Select(i => (RedisKey)("price:" + i)).Distinct().ToArray();
        var valuesByKey = keys.Zip(db.StringGet(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        // Prices first.
        foreach (var id in ids)
        {
            if (valuesByKey["price:" + id] is { HasValue: true } price)
                Use(price);
        }
        """);

    [Fact]
    public Task A_key_in_a_local() => StoreTest.RedisFixAsync(
        """
        foreach (var user in users)
        {
            var key = $"user:{user.Id}:{prefix}";
            var value = await db.{|DBR101:StringGetAsync|}(key);
            Use(value);
        }
        """,
        """
        var keys = users.Select(u => (RedisKey)$"user:{u.Id}:{prefix}").Distinct().ToArray();
        var valuesByKey = keys.Zip(await db.StringGetAsync(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var user in users)
        {
            var key = $"user:{user.Id}:{prefix}";
            var value = valuesByKey[key];
            Use(value);
        }
        """);

    [Fact]
    public Task Keys_of_the_stores_own_type() => StoreTest.RedisFixAsync(
        """
        foreach (var key in redis)
            Use(db.{|DBR101:StringGet|}(key));
        """,
        """
        var keys = redis.Distinct().ToArray();
        var valuesByKey = keys.Zip(db.StringGet(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var key in redis)
            Use(valuesByKey[key]);
        """);

    [Fact]
    public Task A_sequence_that_may_run_again() => StoreTest.RedisFixAsync(
        """
        foreach (var name in lazy)
            Use(db.{|DBR101:StringGet|}(name));
        """,
        """
        var nameList = lazy.ToList();
        var keys = nameList.Select(n => (RedisKey)n).Distinct().ToArray();
        var valuesByKey = keys.Zip(db.StringGet(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var name in nameList)
            Use(valuesByKey[name]);
        """);

    [Fact]
    public Task Two_reads() => StoreTest.RedisFixAsync(
        """
        foreach (var id in ids)
        {
            Use(db.{|DBR101:StringGet|}("price:" + id));
            Use(db.{|DBR101:StringGet|}("stock:" + id));
        }
        """,
        """
        var keys = ids.Select(i => (RedisKey)("price:" + i)).Distinct().ToArray();
        var valuesByKey = keys.Zip(db.StringGet(keys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        var redisKeys = ids.Select(i => (RedisKey)("stock:" + i)).Distinct().ToArray();
        var valuesByKey2 = redisKeys.Zip(db.StringGet(redisKeys), (k, v) => (k, v)).ToDictionary(p => p.k, p => p.v);
        foreach (var id in ids)
        {
            Use(valuesByKey["price:" + id]);
            Use(valuesByKey2["stock:" + id]);
        }
        """);

    [Theory]
    // No overload answers key by key.
    [InlineData("foreach (var name in names) Use(db.{|DBR101:KeyExists|}(name));")]
    [InlineData("foreach (var name in names) Use(db.{|DBR101:HashGet|}(name, \"field\"));")]
    [InlineData("foreach (var name in names) Use(db.{|DBR101:SetMembers|}(name));")]
    // The key is not known before the loop.
    [InlineData("foreach (var id in ids) Use(db.{|DBR101:StringGet|}(Key(id)));")]
    [InlineData("foreach (var id in ids) Use(db.{|DBR101:StringGet|}($\"{id:X}\"));")]
    [InlineData("for (var i = 0; i < ids.Length; i++) Use(db.{|DBR101:StringGet|}(\"\" + ids[i]));")]
    // The value may change in the loop.
    [InlineData("foreach (var name in names)\n{\n    Use(db.{|DBR101:StringGet|}(name));\n    db.StringSet(\"last\", name);\n}")]
    [InlineData("foreach (var name in names)\n{\n    Use(db.{|DBR101:StringGet|}(name));\n    db.StringSet(\"last\", name, flags: CommandFlags.FireAndForget);\n}")]
    // The rest of the call differs, or names its arguments.
    [InlineData("foreach (var name in names) Use(db.{|DBR101:StringGet|}(key: name));")]
    [InlineData("foreach (var user in users) Use(db.{|DBR101:StringGet|}(\"user:\" + user.Id, user.Flags));")]
    [InlineData("foreach (var name in names)\n{\n    try { Use(db.{|DBR101:StringGet|}(name)); }\n    catch (RedisException) { }\n}")]
    public Task No_fix(string statements) => StoreTest.RedisFixAsync(statements, statements);

    [Theory]
    [InlineData("foreach (var id in ids) Use(orders.Find(o => o.Id == id).{|DBR101:FirstOrDefault|}());")]
    [InlineData("foreach (var id in ids) Use(await orders.Find(o => o.Id == id).{|DBR101:FirstOrDefaultAsync|}());")]
    [InlineData("foreach (var id in ids) Use(await orders.AsQueryable().{|DBR101:FirstOrDefaultAsync|}(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(await orders.AsQueryable().Where(o => o.CustomerId == id).{|DBR101:ToListAsync|}());")]
    [InlineData("foreach (var id in ids) Use(orders.AsQueryable().{|DBR101:FirstOrDefault|}(o => o.Id == id));")]
    public Task MongoDB(string statements) => StoreTest.MongoNoFixAsync(statements);
}
