using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR106 on stores that speak no SQL.</summary>
public sealed class WritePerElementTestsOfStores
{
    [Theory]
    [InlineData("foreach (var order in list) await orders.{|DBR106:InsertOneAsync|}(order, cancellationToken: ct);")]
    [InlineData("foreach (var id in ids) orders.{|DBR106:DeleteOne|}(o => o.Id == id);")]
    [InlineData("foreach (var order in list) await orders.{|DBR106:ReplaceOneAsync|}(o => o.Id == order.Id, order);")]
    [InlineData("foreach (var id in ids) await orders.{|DBR106:UpdateOneAsync|}(o => o.Id == id, Builders<Order>.Update.Set(o => o.CustomerId, 1));")]
    [InlineData("await orders.InsertManyAsync(list);")]
    [InlineData("foreach (var part in list.Chunk(100)) await orders.InsertManyAsync(part);")]
    [InlineData("foreach (var id in ids) await orders.BulkWriteAsync(list.Select(o => new InsertOneModel<Order>(o)));")]
    [InlineData("foreach (var folder in folders) await database.DropCollectionAsync(folder, ct);")]
    [InlineData("foreach (var id in ids) Use(await orders.FindOneAndDeleteAsync(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use((await orders.DeleteOneAsync(o => o.Id == id)).DeletedCount);")]
    public Task Mongo(string code) => StoreTest.MongoWritesAsync(code);

    [Theory]
    [InlineData("foreach (var name in names) db.{|DBR106:StringSet|}(name, \"x\");")]
    [InlineData("foreach (var name in names) await db.{|DBR106:KeyDeleteAsync|}(name);")]
    [InlineData("db.KeyDelete(redis.ToArray());")]
    [InlineData("foreach (var group in groups) db.KeyDelete(group);")]
    [InlineData("var batch = db.CreateBatch();\nforeach (var name in names) _ = batch.StringSetAsync(name, \"x\");\nbatch.Execute();")]
    [InlineData("foreach (var name in names) db.StringSet(name, \"x\", flags: CommandFlags.FireAndForget);")]
    public Task Redis(string code) => StoreTest.RedisWritesAsync(code);
}
