using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR101 and DBR107 on MongoDB's driver.</summary>
public sealed class QueryPerElementTestsOfMongo
{
    [Theory]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:FirstOrDefault|}()")]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:First|}()")]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:Single|}()")]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:Any|}()")]
    [InlineData("orders.Find(o => o.CustomerId == id).SortBy(o => o.Number).{|DBR101:ToList|}()")]
    [InlineData("orders.Find(o => o.CustomerId == id).Limit(10).{|DBR101:ToList|}(ct)")]
    [InlineData("orders.Find(o => o.CustomerId == id).{|DBR101:CountDocuments|}()")]
    [InlineData("orders.{|DBR101:CountDocuments|}(o => o.CustomerId == id)")]
    [InlineData("orders.{|DBR101:FindSync|}(o => o.Id == id).FirstOrDefault()")]
    [InlineData("orders.Find(Builders<Order>.Filter.Eq(o => o.Id, id)).{|DBR101:FirstOrDefault|}()")]
    [InlineData("orders.Find(Builders<Order>.Filter.Eq(\"_id\", id)).{|DBR101:FirstOrDefault|}()")]
    [InlineData("orders.AsQueryable().{|DBR101:FirstOrDefault|}(o => o.Id == id)")]
    [InlineData("orders.AsQueryable().Where(o => o.CustomerId == id).{|DBR101:ToList|}()")]
    [InlineData("orders.Aggregate().Match(o => o.CustomerId == id).{|DBR101:ToList|}()")]
    [InlineData("orders.Aggregate().Match(o => o.CustomerId == id).SortBy(o => o.Number).{|DBR101:FirstOrDefault|}()")]
    [InlineData("database.GetCollection<Order>(\"orders\").Find(o => o.Id == id).{|DBR101:FirstOrDefault|}()")]
    public Task Synchronous(string query) => StoreTest.MongoAsync($"foreach (var id in ids) Use({query});");

    [Theory]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:FirstOrDefaultAsync|}(ct)")]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:SingleAsync|}()")]
    [InlineData("orders.Find(o => o.Id == id).{|DBR101:AnyAsync|}()")]
    [InlineData("orders.Find(o => o.CustomerId == id).{|DBR101:ToListAsync|}()")]
    [InlineData("orders.Find(o => o.CustomerId == id).{|DBR101:CountDocumentsAsync|}()")]
    [InlineData("orders.{|DBR101:CountDocumentsAsync|}(o => o.CustomerId == id, null, ct)")]
    [InlineData("(await orders.{|DBR101:FindAsync|}(o => o.Id == id)).FirstOrDefaultAsync()")]
    [InlineData("orders.Find(Builders<Order>.Filter.Eq(o => o.Id, id)).{|DBR101:FirstOrDefaultAsync|}()")]
    [InlineData("orders.AsQueryable().{|DBR101:FirstOrDefaultAsync|}(o => o.Id == id)")]
    [InlineData("orders.AsQueryable().Where(o => o.CustomerId == id).{|DBR101:ToListAsync|}(ct)")]
    [InlineData("orders.Aggregate().Match(o => o.CustomerId == id).{|DBR101:ToListAsync|}()")]
    public Task Asynchronous(string query) => StoreTest.MongoAsync($"foreach (var id in ids) Use(await {query});");

    [Fact]
    public Task A_filter_and_a_query_in_locals() => StoreTest.MongoAsync(
        """
        foreach (var id in ids)
        {
            var filter = Builders<Order>.Filter.Eq(o => o.Id, id);
            var query = orders.Find(filter);
            Use(await query.{|DBR101:FirstOrDefaultAsync|}(ct));
        }
        """);

    [Theory]
    [InlineData("Use(orders.Find(o => o.CustomerId == 1).{|DBR107:ToList|}());")]
    [InlineData("Use(await orders.Find(o => o.CustomerId == ids.Length).{|DBR107:ToListAsync|}());")]
    [InlineData("Use(orders.{|DBR107:CountDocuments|}(o => o.CustomerId == 1));")]
    [InlineData("Use(orders.Find(o => ids.Contains(o.Id)).{|DBR107:ToList|}());")]
    public Task The_same_in_every_pass(string statement) => StoreTest.MongoAsync("foreach (var id in ids)\n{\n    " + statement + "\n}");

    [Theory]
    [InlineData("foreach (var order in orders.Find(o => o.CustomerId == 1).ToEnumerable()) Use(order);")]
    [InlineData("foreach (var order in await orders.Find(o => ids.Contains(o.Id)).ToListAsync(ct)) Use(order);")]
    [InlineData("foreach (var id in ids) Use(orders.Find(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) Use(Builders<Order>.Filter.Eq(o => o.Id, id));")]
    [InlineData("foreach (var id in ids) Use(orders.AsQueryable().Where(o => o.Id == id));")]
    public Task Nothing_runs_in_the_loop(string statement) => StoreTest.MongoAsync(statement);

    [Theory]
    [InlineData("orders.Find(o => part.Contains(o.Id)).ToListAsync()")]
    [InlineData("orders.Find(Builders<Order>.Filter.In(o => o.Id, part)).ToListAsync()")]
    [InlineData("orders.Find(Builders<Order>.Filter.And(Builders<Order>.Filter.In(o => o.Id, part), Builders<Order>.Filter.Eq(o => o.CustomerId, 1))).ToListAsync()")]
    [InlineData("orders.FindAsync(o => part.Contains(o.Id))")]
    [InlineData("orders.CountDocumentsAsync(Builders<Order>.Filter.In(o => o.Id, part))")]
    [InlineData("orders.AsQueryable().Where(o => part.Contains(o.Id)).ToListAsync()")]
    [InlineData("orders.Aggregate().Match(o => part.Contains(o.Id)).ToListAsync()")]
    [InlineData("orders.Aggregate().Match(Builders<Order>.Filter.In(o => o.Id, part)).ToListAsync()")]
    public Task A_list_of_keys_that_belongs_to_the_pass(string query) => StoreTest.MongoAsync(
        "foreach (var group in list.GroupBy(o => o.CustomerId))\n{\n    var part = group.Select(o => o.Id).ToList();\n    Use(await " + query + ");\n}");

    [Fact]
    public Task A_filter_of_keys_in_a_local() => StoreTest.MongoAsync(
        """
        foreach (var group in list.GroupBy(o => o.CustomerId))
        {
            var filter = Builders<Order>.Filter.In(o => o.Id, group.Select(o => o.Id));
            Use(await orders.Find(filter).ToListAsync());
        }
        """);

    [Fact]
    public Task Chunks() => StoreTest.MongoAsync("foreach (var part in ids.Chunk(500)) Use(await orders.Find(o => part.Contains(o.Id)).ToListAsync(ct));");

    [Theory]
    [InlineData("for (var page = 0; page < 10; page++) Use(await orders.Find(o => o.CustomerId == 1).Skip(page * 100).Limit(100).ToListAsync(ct));")]
    [InlineData("for (var page = 0; page < 10; page++) Use(orders.AsQueryable().OrderBy(o => o.Id).Skip(page * 100).Take(100).ToList());")]
    [InlineData("for (var page = 0; page < 10; page++) Use(orders.Aggregate().Match(o => o.CustomerId == 1).Skip(page * 100).Limit(100).ToList());")]
    public Task Pages(string statement) => StoreTest.MongoAsync(statement);

    [Theory]
    [InlineData("while (await cursor.MoveNextAsync(ct))\n    foreach (var order in cursor.Current) Use(order);")]
    [InlineData("while (cursor.MoveNext())\n    foreach (var order in cursor.Current) Use(order);")]
    [InlineData("await cursor.ForEachAsync(order => Use(order));")]
    [InlineData("while (await cursor.MoveNextAsync(ct))\n    Use(await archive.Find(o => cursor.Current.Select(c => c.Id).Contains(o.Id)).ToListAsync());")]
    public Task A_cursor(string statements) => StoreTest.MongoAsync("using var cursor = await orders.FindAsync(o => o.CustomerId == 1);\n" + statements);

    [Theory]
    [InlineData("foreach (var order in await orders.Find(o => o.CustomerId == 1).ToListAsync()) Use(await archive.Find(o => o.Id == order.Id).{|DBR101:AnyAsync|}());")]
    [InlineData("foreach (var order in orders.Find(o => o.CustomerId == 1).ToEnumerable()) Use(archive.Find(o => o.Id == order.Id).{|DBR101:Any|}());")]
    [InlineData("await orders.Find(o => o.CustomerId == 1).ForEachAsync(async order => Use(await archive.Find(o => o.Id == order.Id).{|DBR101:AnyAsync|}()));")]
    [InlineData("using var cursor = await orders.FindAsync(o => o.CustomerId == 1);\nawait cursor.ForEachAsync(async order => Use(await archive.Find(o => o.Id == order.Id).{|DBR101:AnyAsync|}()));")]
    [InlineData("using var cursor = await orders.FindAsync(o => o.CustomerId == 1);\nwhile (await cursor.MoveNextAsync())\n    foreach (var order in cursor.Current) Use(await archive.Find(o => o.Id == order.Id).{|DBR101:AnyAsync|}());")]
    public Task Another_query_for_each_document(string statements) => StoreTest.MongoAsync(statements);

    [Theory]
    [InlineData("await orders.BulkWriteAsync(list.Select(o => new InsertOneModel<Order>(o)), cancellationToken: ct);")]
    [InlineData("foreach (var part in list.Chunk(100)) await orders.InsertManyAsync(part);")]
    [InlineData("foreach (var order in list) await orders.InsertOneAsync(order);")]
    [InlineData("foreach (var id in ids) await orders.DeleteOneAsync(o => o.Id == id);")]
    [InlineData("foreach (var id in ids) Use(await orders.FindOneAndDeleteAsync(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) orders.UpdateOne(o => o.Id == id, Builders<Order>.Update.Set(o => o.Number, \"\"));")]
    public Task Writes_are_no_reads(string statement) => StoreTest.MongoAsync(statement);

    [Theory]
    [InlineData("var own = client.GetDatabase(folder).GetCollection<Order>(\"orders\");\nUse(await own.Find(o => o.CustomerId == 1).ToListAsync());")]
    [InlineData("var own = database.GetCollection<Order>(\"orders_\" + folder);\nUse(await own.Find(o => o.CustomerId == 1).ToListAsync());")]
    [InlineData("Use(await client.GetDatabase(folder).GetCollection<Order>(\"orders\").Find(o => o.CustomerId == 1).ToListAsync());")]
    [InlineData("Use(await database.GetCollection<Order>(\"orders_\" + folder).AsQueryable().FirstOrDefaultAsync());")]
    [InlineData("Use(await database.GetCollection<Order>(\"orders_\" + folder).CountDocumentsAsync(o => o.CustomerId == 1));")]
    public Task A_collection_for_each_folder(string statements) => StoreTest.MongoAsync("foreach (var folder in folders)\n{\n    " + statements.ReplaceLineEndings("\n    ") + "\n}");

    [Fact]
    public Task A_worker_that_waits() => StoreTest.MongoAsync(
        """
        while (!ct.IsCancellationRequested)
        {
            Use(await orders.Find(o => o.CustomerId == 1).FirstOrDefaultAsync(ct));
            await Task.Delay(1000, ct);
        }
        """);

    [Fact]
    public Task A_retry() => StoreTest.MongoAsync(
        """
        for (var attempt = 0; attempt < 3; attempt++)
        {
            try { Use(await orders.Find(o => o.CustomerId == attempt).FirstOrDefaultAsync(ct)); break; }
            catch (MongoException) { await Task.Delay(50); }
        }
        """);

    [Fact]
    public Task A_dictionary_in_between() => StoreTest.MongoAsync(
        """
        var cache = new Dictionary<int, Order>();
        foreach (var id in ids)
        {
            if (!cache.TryGetValue(id, out var order))
                cache[id] = order = orders.Find(o => o.Id == id).First();
            Use(order);
        }
        """);
}
