using DbRules.Engine.Calls;
using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>How often a call runs, and why a loop around it does not count.</summary>
public sealed class RepetitionTests
{
    [Theory]
    [InlineData("db.Orders.First(); //1", false, Exemption.None)]
    [InlineData("foreach (var id in ids)\ndb.Orders.Find(id); //1", true, Exemption.None)]
    [InlineData("foreach (var id in ids)\ndb.Orders.First(); //1", true, Exemption.None)]
    [InlineData("foreach (var order in db.Orders.ToList()) //1\nUse(order);", false, Exemption.None)]
    [InlineData("var on = flag;\nwhile (on)\non = db.Orders.Any(); //1", false, Exemption.NotOverElements)]
    [InlineData("while (true)\ndb.Orders.Any(); //1", false, Exemption.NotOverElements)]
    [InlineData("for (var n = 0; n < ids.Length; n++)\ntry\n{\ndb.Orders.First(); //1\nbreak;\n}\ncatch (DbException) { }", false, Exemption.Retry)]
    [InlineData("while (!ct.IsCancellationRequested)\ndb.Orders.First(); //1", false, Exemption.Polling)]
    [InlineData("foreach (var part in ids.Chunk(2))\ndb.Orders.Where(o => part.Contains(o.Id)).ToList(); //1", false, Exemption.Chunks)]
    [InlineData("for (var i = 0; i < ids.Length; i += 100)\ndb.Orders.Find(i); //1", false, Exemption.Chunks)]
    [InlineData("for (var page = 0; page < ids.Length; page++)\ndb.Orders.Skip(page * 10).Take(10).ToList(); //1", false, Exemption.Paging)]
    [InlineData("for (var page = 0; page < 100; page++)\nconnection.Query(\"SELECT * FROM x LIMIT 10 OFFSET @page\", new { page }); //1", false, Exemption.Paging)]
    [InlineData("foreach (var id in ids)\nif (db.Orders.Any(o => o.Id == id)) //1\nreturn id;", false, Exemption.Search)]
    [InlineData("Use(ids.Any(id => db.Orders.Any(o => o.Id == id))); //1", false, Exemption.Search)]
    [InlineData("var n = 1;\nwhile (db.Orders.Any(o => o.Id == n)) //1\nn++;", false, Exemption.NotOverElements)]
    [InlineData("string code;\ndo code = Guid.NewGuid().ToString();\nwhile (db.Orders.Any(o => o.Number == code)); //1", false, Exemption.NotOverElements)]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.TryDequeue(out var id) && db.Orders.Any(o => o.Id == id)) //1\nUse(id);", false, Exemption.Probing)]
    [InlineData("var cache = new Dictionary<int, Order?>();\nforeach (var id in ids)\nif (!cache.ContainsKey(id))\ncache[id] = db.Orders.Find(id); //1", false, Exemption.CachedLookup)]
    [InlineData("foreach (var id in new[] { 1, 2, 3, 4 })\ndb.Orders.Find(id); //1", false, Exemption.SmallSequence)]
    [InlineData("foreach (var id in new[] { 1, 2, 3, 4, 5 })\ndb.Orders.Find(id); //1", true, Exemption.None)]
    [InlineData("for (var n = 0; n < text.Length * 9; n++)\n{\nvar next = db.Orders.FirstOrDefault(o => o.CustomerId == 0); //1\nif (next == null) break;\nnext.CustomerId = 1;\n}", false, Exemption.NotOverElements)]
    [InlineData("for (var n = 0; n < text.Length * 9; n++)\n{\nvar next = db.Orders.FirstOrDefault(o => o.Id == n); //1\nif (next == null) break;\nnext.CustomerId = 1;\n}", true, Exemption.None)]
    [InlineData("for (var n = 0; n < text.Length * 9; n++)\n{\nvar next = db.Orders.FirstOrDefault(o => o.CustomerId == 0); //1\nif (next == null) throw new Exception();\nnext.CustomerId = 1;\n}", true, Exemption.None)]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.Count > 0)\n{\nvar id = queue.Dequeue();\nforeach (var line in db.Lines.Where(l => l.OrderId == id)) //1\nqueue.Enqueue(line.Id);\n}", false, Exemption.GraphWalk)]
    [InlineData("try { }\ncatch (DbException)\n{\nforeach (var id in ids)\ndb.Orders.Find(id); //1\n}", false, Exemption.ErrorHandling)]
    [InlineData("var conflict = new DbUpdateConcurrencyException();\nforeach (var entry in conflict.Entries)\nUse(entry.GetDatabaseValues()); //1", false, Exemption.ErrorHandling)]
    [InlineData("foreach (var order in orders)\nconnection.Query($\"PRAGMA table_info({order.Number})\"); //1", false, Exemption.PerInstallation)]
    [InlineData("foreach (var order in orders)\n{\nusing var own = new NpgsqlConnection(order.Number);\nown.Query(\"SELECT 1\"); //1\n}", false, Exemption.FreshSession)]
    [InlineData("foreach (var order in orders)\n{\nvar own = new Shop();\nown.Orders.First(); //1\nown.SaveChanges();\n}", false, Exemption.FreshSession)]
    [InlineData("foreach (var own in new List<Shop>())\nown.Orders.First(); //1", false, Exemption.FreshSession)]
    [InlineData("foreach (var order in orders)\n{\nusing var own = new NpgsqlConnection(text);\nown.Query(\"SELECT 1\", order); //1\n}", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\n{\nusing var own = factory.CreateDbContext();\nown.Orders.Find(order.Id); //1\n}", true, Exemption.None)]
    [InlineData("foreach (var id in ids)\n{\nusing var own = source.CreateConnection();\nown.Query(\"SELECT 1\", id); //1\n}", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\n{\nvar own = order.Lines.Select(l => l.Id).ToList();\ndb.Lines.Where(l => own.Contains(l.Id)).ToList(); //1\n}", false, Exemption.SetBased)]
    [InlineData("foreach (var order in orders)\nconnection.Query(\"SELECT 1 FROM x WHERE id IN @own\", new { own = order.Lines }); //1", false, Exemption.SetBased)]
    [InlineData("foreach (var order in orders)\nconnection.Query(\"SELECT 1 FROM x WHERE id IN @own\", new { own = new[] { order.Id } }); //1", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\nconnection.Query(\"SELECT 1 FROM x WHERE id IN @own\", new { order.Number, own = new List<int> { order.Id } }); //1", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\nconnection.Query(\"SELECT 1 FROM x WHERE id IN @own\", new { own = new[] { order.Id, order.CustomerId } }); //1", false, Exemption.SetBased)]
    [InlineData("foreach (var order in orders)\n{\nvar own = new[] { order.Id };\ndb.Lines.Where(l => own.Contains(l.Id)).ToList(); //1\n}", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\n{\nvar own = new List<int> { order.Id };\nown.Add(order.CustomerId);\ndb.Lines.Where(l => own.Contains(l.Id)).ToList(); //1\n}", false, Exemption.SetBased)]
    [InlineData("foreach (var order in orders)\n{\nvar own = new[] { order.Id, order.CustomerId };\ndb.Lines.Where(l => own.Contains(l.Id)).ToList(); //1\n}", false, Exemption.SetBased)]
    [InlineData("foreach (var id in ids)\ndb.Orders.Where(o => orders.Select(x => x.Id).Contains(o.Id) && o.Id > id).ToList(); //1", true, Exemption.None)]
    [InlineData("foreach (var order in orders)\ndb.Orders.Where(o => o.Number.Contains(order.Number)).ToList(); //1", true, Exemption.None)]
    [InlineData("foreach (var id in ids)\nTask.Run(() =>\ndb.Orders.Find(id)); //1", true, Exemption.None)]
    public void Innermost_iteration(string statements, bool perElement, Exemption exemption)
    {
        Repetition repetition = CodeUnderTest.Statements(statements).Call().RepetitionBeyond(4);
        Assert.Equal((perElement, exemption), (repetition.PerElement is not null, repetition.Exemption));
    }

    [Fact]
    public void An_exempt_loop_inside_a_loop_over_elements_counts_by_the_outer_one()
    {
        CodeUnderTest code = CodeUnderTest.Statements("foreach (var id in ids)\nforeach (var n in new[] { 1, 2 })\ndb.Orders.First(o => o.Id == id + n); //1");
        Repetition repetition = code.Call().RepetitionBeyond(4);
        Assert.Equal("ids", repetition.PerElement!.Source!.Syntax.ToString());
        Assert.Equal("new[] { 1, 2 }", code.Call().RepetitionBeyond(1).PerElement!.Source!.Syntax.ToString());
    }

    [Fact]
    public void A_factory_of_the_project_makes_the_same_session_unless_it_is_told_of_the_element()
    {
        CodeUnderTest code = CodeUnderTest.Of(
            """
            interface IConnections { DbConnection Open(); DbConnection Open(string tenant); void Choose(string tenant); }

            class Report(IConnections connections)
            {
                void Same(List<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        using var own = connections.Open();
                        own.Query("SELECT 1", order); //1
                    }
                }

                void Given(List<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        using var own = connections.Open(order.Number);
                        own.Query("SELECT 1"); //2
                    }
                }

                void Told(List<Order> orders)
                {
                    foreach (var order in orders)
                    {
                        connections.Choose(order.Number);
                        using var own = connections.Open();
                        own.Query("SELECT 1"); //3
                    }
                }
            }
            """);
        Assert.Equal(Exemption.None, code.Call("//1").RepetitionBeyond(4).Exemption);
        Assert.Equal(Exemption.FreshSession, code.Call("//2").RepetitionBeyond(4).Exemption);
        Assert.Equal(Exemption.FreshSession, code.Call("//3").RepetitionBeyond(4).Exemption);
    }

    [Fact]
    public void Setting_up_a_tenant_is_work_of_its_own_and_asking_for_one_is_not()
    {
        CodeUnderTest code = CodeUnderTest.Of(
            """
            class Tenancy(Shop db)
            {
                void Run(List<string> names)
                {
                    foreach (var name in names) AddTenant(name);
                    foreach (var name in names) RemoveTenantAsync(name);
                    foreach (var name in names) DeleteShards(name);
                    foreach (var name in names) GetTenant(name);
                    foreach (var name in names) AddServerless(name);
                }

                void AddTenant(string name) => db.Orders.First(o => o.Number == name);
                void RemoveTenantAsync(string name) => db.Orders.First(o => o.Number == name);
                void DeleteShards(string name) => db.Orders.First(o => o.Number == name);
                void GetTenant(string name) => db.Orders.First(o => o.Number == name);
                void AddServerless(string name) => db.Orders.First(o => o.Number == name);
            }
            """);
        BodyFacts run = code.Bodies().Single(body => body.Owner.Name == "Run").Facts;
        Assert.Equal(
            [Exemption.PerInstallation, Exemption.PerInstallation, Exemption.PerInstallation, Exemption.None, Exemption.None],
            run.OwnCalls.Select(call => call.RepetitionBeyond(4).Exemption));
    }

    [Theory]
    [InlineData("if (order.Lines == null || order.Lines.Count == 0) Get(order.Id);", Exemption.CachedLookup)]
    [InlineData("if (order.Lines is not { Count: > 0 }) Get(order.Id);", Exemption.CachedLookup)]
    [InlineData("if (order.Lines?.Any() == true) continue; Get(order.Id);", Exemption.CachedLookup)]
    [InlineData("if (order.Lines == null || order.CustomerId == 0) Get(order.Id);", Exemption.None)]
    [InlineData("if (order.Lines.Count > 0) Get(order.Id);", Exemption.None)]
    [InlineData("if (order.Lines == null) Get(order.CustomerId);", Exemption.None)]
    [InlineData("if (order.Lines == null) Count(order.Id);", Exemption.None)]
    public void An_element_that_came_without_its_parts_is_got_once_more(string statement, Exemption expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(
            $$"""
            class Store(Shop db)
            {
                void Run(List<Order> orders)
                {
                    foreach (var order in orders) { {{statement}} }
                }

                Order Get(int id) => db.Orders.First(o => o.Id == id);
                int Count(int id) => db.Orders.Count(o => o.Id == id);
            }
            """);
        BodyFacts run = code.Bodies().Single(body => body.Owner.Name == "Run").Facts;
        Assert.Equal(expected, run.OwnCalls.Single(call => call.Name is "Get" or "Count").RepetitionBeyond(4).Exemption);
    }
}
