using DbRules.Catalog;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR101 knows every construct that runs code once per element, names it, and reports once per query.</summary>
public sealed class QueryPerElementTestsOfLoops
{
    private const string Find = "Use(db.Orders.{|DBR101:Find|}(id));";
    private const string Async = "Use(await db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id, ct));";
    private const string Dapper = "Use(connection.{|DBR101:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id }));";

    [Theory]
    [InlineData("foreach (var id in ids)\n{\n    BODY\n}")]
    [InlineData("foreach (int id in keys)\n    BODY")]
    [InlineData("foreach (var id in orders.Select(o => o.Id))\n    BODY")]
    [InlineData("foreach (var id in await db.Orders.Select(o => o.Id).ToListAsync(ct))\n    BODY")]
    [InlineData("foreach (var id in db.Orders.Select(o => o.Id))\n    BODY")]
    [InlineData("await foreach (var id in db.Orders.Select(o => o.Id).AsAsyncEnumerable())\n    BODY")]
    [InlineData("foreach (var (id, number) in orders.Select(o => (o.Id, o.Number)))\n    BODY")]
    [InlineData("foreach (var id in Enumerable.Range(1, 100))\n    BODY")]
    [InlineData("for (var i = 0; i < ids.Length; i++)\n{\n    var id = ids[i];\n    BODY\n}")]
    [InlineData("for (int i = 0; i < orders.Count; ++i)\n{\n    var id = orders[i].Id;\n    BODY\n}")]
    [InlineData("for (int i = 0; i <= ids.Length - 1; i += 1)\n{\n    var id = ids[i];\n    BODY\n}")]
    [InlineData("for (var i = ids.Length - 1; i >= 0; i--)\n{\n    var id = ids[i];\n    BODY\n}")]
    [InlineData("for (var i = orders.Count; i > 0; i--)\n{\n    var id = orders[i - 1].Id;\n    BODY\n}")]
    [InlineData("for (var id = 0; id < 1000; id++)\n    BODY")]
    [InlineData("var i = 0;\nwhile (i < ids.Length)\n{\n    var id = ids[i];\n    BODY\n    i++;\n}")]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.Count > 0)\n{\n    var id = queue.Dequeue();\n    BODY\n}")]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.TryDequeue(out var id))\n    BODY")]
    [InlineData("var stack = new Stack<int>(ids);\nwhile (stack.Count > 0)\n{\n    var id = stack.Pop();\n    BODY\n}")]
    [InlineData("using var each = keys.GetEnumerator();\nwhile (each.MoveNext())\n{\n    var id = each.Current;\n    BODY\n}")]
    [InlineData("using var command = plain.CreateCommand();\ncommand.CommandText = \"SELECT Id FROM Orders\";\nusing var reader = command.ExecuteReader();\nwhile (reader.Read())\n{\n    var id = reader.GetInt32(0);\n    BODY\n}")]
    public Task Loop_statements(string loop) =>
        Task.WhenAll(Run(loop, Find), Run(loop, Async), Run(loop, Dapper));

    [Theory]
    [InlineData("using var reader = await npgsql.ExecuteReaderAsync(\"SELECT Id FROM Orders\");\nwhile (await reader.ReadAsync(ct))\n{\n    var id = reader.GetInt32(0);\n    BODY\n}")]
    [InlineData("await using var each = db.Orders.Select(o => o.Id).AsAsyncEnumerable().GetAsyncEnumerator(ct);\nwhile (await each.MoveNextAsync())\n{\n    var id = each.Current;\n    BODY\n}")]
    public Task Asynchronous_cursors(string loop) => Run(loop, Async);

    [Theory]
    [InlineData("ids.ToList().ForEach(id => { BODY });")]
    [InlineData("new List<int>(ids).ForEach(id => BODY);", "Use(db.Orders.{|DBR101:Find|}(id))")]
    [InlineData("Array.ForEach(ids, id => { BODY });")]
    [InlineData("Parallel.ForEach(ids, id => { BODY });")]
    [InlineData("Parallel.For(0, 100, id => { BODY });")]
    [InlineData("ids.AsParallel().ForAll(id => { BODY });")]
    [InlineData("orders.ForEach(delegate (Order order) { var id = order.Id; BODY });")]
    [InlineData("Use(ids.ToDictionary(id => id, id => BODY));", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use(ids.Select(id => BODY).ToList());", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use(ids.Select((id, index) => BODY).ToArray());", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use(ids.Where(id => BODY).ToList());", "db.Orders.{|DBR101:Any|}(o => o.Id == id)")]
    [InlineData("Use(ids.Count(id => BODY));", "db.Orders.{|DBR101:Any|}(o => o.Id == id)")]
    [InlineData("Use(ids.All(id => BODY));", "db.Orders.{|DBR101:Any|}(o => o.Id == id)")]
    [InlineData("Use(ids.Sum(id => BODY));", "db.OrderLines.Where(l => l.OrderId == id).{|DBR101:Sum|}(l => l.Price)")]
    [InlineData("Use(ids.SelectMany(id => BODY).ToList());", "db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToList|}()")]
    [InlineData("Use(ids.Aggregate(0, (sum, id) => sum + BODY));", "db.Orders.{|DBR101:Count|}(o => o.CustomerId == id)")]
    [InlineData("Use(ids.OrderBy(id => BODY).ToList());", "db.Orders.{|DBR101:Count|}(o => o.CustomerId == id)")]
    [InlineData("Use(Array.ConvertAll(ids, id => BODY));", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use(ids.ToList().ConvertAll(id => BODY));", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use(ids.ToList().RemoveAll(id => BODY));", "db.Orders.{|DBR101:Any|}(o => o.Id == id)")]
    [InlineData("Use((from id in ids select BODY).ToList());", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use((from id in ids let order = BODY where order != null select order).ToList());", "db.Orders.{|DBR101:Find|}(id)")]
    [InlineData("Use((from id in ids where BODY select id).ToList());", "db.Orders.{|DBR101:Any|}(o => o.Id == id)")]
    public Task Delegates_that_run_per_element(string call, string query = Find) => Run(call, query);

    [Theory]
    [InlineData("await Parallel.ForEachAsync(ids, ct, async (id, token) => { BODY });")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { BODY }));")]
    [InlineData("await Task.WhenAll(from id in ids select db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id));")]
    [InlineData("await Task.WhenAll(ids.Select(id => db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id)));")]
    [InlineData("var tasks = ids.Select(id => db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id)).ToList();\nawait Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task<Order>>();\nforeach (var id in ids)\n    tasks.Add(db.Orders.{|DBR101:FirstAsync|}(o => o.Id == id));\nawait Task.WhenAll(tasks);")]
    public Task Asynchronous_delegates_that_run_per_element(string call) => Run(call, Async);

    [Theory]
    [InlineData("foreach (var order in orders)\n    foreach (var line in order.Lines)\n        Use(db.Products.{|DBR101:Find|}(line.ProductId));")]
    [InlineData("foreach (var order in orders)\n    order.Lines.ForEach(line => Use(db.Products.{|DBR101:Find|}(line.ProductId)));")]
    [InlineData("foreach (var order in orders)\n{\n    foreach (var line in order.Lines)\n        Use(line);\n    Use(db.Customers.{|DBR101:Find|}(order.CustomerId));\n}")]
    [InlineData("Use(orders.SelectMany(o => o.Lines.Select(line => db.Products.{|DBR101:Find|}(line.ProductId))).ToList());")]
    [InlineData("foreach (var order in orders)\n{\n    foreach (var n in new[] { 1, 2 })\n        Use(db.Orders.{|DBR101:Any|}(o => o.Id == order.Id + n));\n}")]
    [InlineData("foreach (var order in orders)\n{\n    try\n    {\n        Use(db.Customers.{|DBR101:Find|}(order.CustomerId));\n    }\n    catch (DbException)\n    {\n        Use(order);\n    }\n}")]
    [InlineData("foreach (var order in orders)\n{\n    if (!order.Open)\n        continue;\n    switch (order.CustomerId)\n    {\n        case 1: Use(db.Customers.{|DBR101:Find|}(order.Id)); break;\n        default: Use(order); break;\n    }\n}")]
    [InlineData("foreach (var order in orders)\n{\n    var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);\n    if (customer is null)\n        throw new InvalidOperationException(order.Number);\n}")]
    [InlineData("foreach (var order in orders)\n{\n    var customer = db.Customers.{|DBR101:Find|}(order.CustomerId);\n    if (customer is null)\n        return false;\n}\nreturn true;")]
    [InlineData("var found = new List<Order>();\nforeach (var id in ids)\n{\n    if (found.Count > 100)\n        break;\n    found.AddRange(await db.Orders.Where(o => o.CustomerId == id).{|DBR101:ToListAsync|}(ct));\n}\nreturn found;")]
    [InlineData("var found = new List<Order>();\nforeach (var order in orders)\n{\n    if (found.Count > 0)\n        break;\n    order.Customer = await db.Customers.{|DBR101:FirstAsync|}(c => c.Id == order.CustomerId);\n}\nreturn found;")]
    [InlineData("var found = new List<int>();\nforeach (var id in ids)\n{\n    found.AddRange(connection.{|DBR101:Query|}<int>(\"SELECT Id FROM Orders WHERE CustomerId = @id\", new { id }));\n    if (found.Count > 0)\n        return false;\n}\nreturn true;")]
    public Task Nested_and_branching(string code) => RoundTripTest.RunAsync(code);

    [Fact]
    public Task A_query_that_an_inner_loop_enumerates() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
        {
            foreach (var line in {|DBR101:db.OrderLines.Where(l => l.OrderId == order.Id)|})
                Use(db.Products.{|DBR101:Find|}(line.ProductId));
            foreach (var line in db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToList|}())
                Use(line);
        }
        """);

    [Fact]
    public Task Message_and_places_of_foreach() => Says(
        "{|#1:foreach (var order in orders)|}\n{\n    Use(await db.Customers.{|#0:FirstOrDefaultAsync|}(c => c.Id == order.CustomerId, ct));\n}",
        "'FirstOrDefaultAsync' queries the database for each element of 'orders'");

    [Fact]
    public Task Message_and_places_of_an_enumerated_query() => Says(
        "{|#1:foreach (var order in orders.Where(o => o.Open))|}\n    foreach (var line in {|#0:db.OrderLines.Where(l => l.OrderId == order.Id)|}) Use(line);",
        "'db.OrderLines.Where(l => l.OrderId == o…' queries the database for each element of 'orders.Where(o => o.Open)'");

    [Fact]
    public Task Message_and_places_of_for() => Says(
        "{|#1:for (var i = 0; i < ids.Length; i++)|}\n    Use(db.Orders.{|#0:Find|}(ids[i]));",
        "'Find' queries the database for each element of 'ids'");

    [Fact]
    public Task Message_and_places_of_a_counting_for() => Says(
        "{|#1:for (var id = 0; id < 100; id++)|}\n    Use(db.Orders.{|#0:Find|}(id));",
        "'Find' queries the database in each pass of the 'for' loop");

    [Fact]
    public Task A_chain_that_is_followed_for_each_element() => RoundTripTest.RunAsync(
        "foreach (var order in orders)\n{\n    var next = order;\n    while ((next = db.Orders.{|DBR101:FirstOrDefault|}(o => o.Id == next.CustomerId)) != null) Use(next);\n}");

    [Fact]
    public Task Message_and_places_of_while() => Says(
        "var queue = new Queue<int>(ids);\n{|#1:while (queue.TryDequeue(out var id))|}\n    Use(connection.{|#0:QueryFirst|}<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id }));",
        "'QueryFirst' queries the database for each element of 'queue'");

    [Fact]
    public Task Message_and_places_of_a_delegate() => Says(
        "Use({|#1:ids.Select(id => db.Orders.{|#0:Find|}(id))|}.ToList());",
        "'Find' queries the database for each element of 'ids'");

    [Fact]
    public Task Message_and_places_of_parallel_work() => Says(
        "await {|#1:Parallel.ForEachAsync(orders, ct, async (order, token) => Use(await db.Customers.{|#0:FindAsync|}(order.CustomerId)))|};",
        "'FindAsync' queries the database for each element of 'orders'");

    [Fact]
    public Task A_long_source_is_cut_and_put_on_one_line() => Says(
        "{|#1:foreach (var id in orders\n    .Where(o => o.Open)\n    .Select(o => o.CustomerId)\n    .Distinct())|}\n    Use(db.Customers.{|#0:Find|}(id));",
        "'Find' queries the database for each element of 'orders.Where(o => o.Open).Select(o => o…'");

    private static Task Run(string loop, string query) => RoundTripTest.RunAsync(loop.Replace("BODY", query, StringComparison.Ordinal));

    private static Task Says(string code, string message)
    {
        var test = new RoundTripTest { TestCode = RoundTripTest.Method(code) };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.QueryPerElement).WithLocation(0).WithLocation(1).WithMessage(message));
        return test.RunAsync();
    }
}
