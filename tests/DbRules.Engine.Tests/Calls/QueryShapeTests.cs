using DbRules.Engine.Calls;
using DbRules.Engine.Models;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>The shape of a query from its root to the call that runs it.</summary>
public sealed class QueryShapeTests
{
    [Theory]
    [InlineData("db.Orders.ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Lines.ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Set<Order>().ToList(); //1", QueryRootKind.Store)]
    [InlineData("_db.Orders.ToList(); //1", QueryRootKind.Store)]
    [InlineData("Db.Orders.ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Orders.AsQueryable().ToList(); //1", QueryRootKind.Store)]
    [InlineData("((IQueryable<Order>)db.Orders).ToList(); //1", QueryRootKind.Store)]
    [InlineData("(flag ? db.Orders : db.Orders.Where(o => o.Id > 1)).ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Orders.FromSql($\"SELECT * FROM Orders\").ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Database.SqlQuery<int>($\"SELECT 1\").ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Entry(orders[0]).Collection(o => o.Lines).Query().ToList(); //1", QueryRootKind.Store)]
    [InlineData("db.Entry(orders[0]).Collection(o => o.Lines).Load(); //1", QueryRootKind.Unknown)]
    [InlineData("unknown.First(); //1", QueryRootKind.Unknown)]
    [InlineData("(flag ? unknown : db.Orders).First(); //1", QueryRootKind.Unknown)]
    [InlineData("orders.AsQueryable().First(); //1", QueryRootKind.Memory)]
    [InlineData("orders.AsQueryable().Where(o => o.Id > 1).ToListAsync(); //1", QueryRootKind.Memory)]
    [InlineData("ids.AsQueryable().OrderBy(i => i).Skip(1).ToList(); //1", QueryRootKind.Memory)]
    [InlineData("(flag ? orders.AsQueryable() : db.Orders).First(); //1", QueryRootKind.Unknown)]
    [InlineData("db.Orders.Local.AsQueryable().First(); //1", QueryRootKind.Memory)]
    public void Root(string statement, QueryRootKind kind) => Assert.Equal(kind, CodeUnderTest.Statements(statement).Call().Query!.Kind);

    [Theory]
    [InlineData("db.Orders.ToList(); //1", "Order", "db")]
    [InlineData("db.Set<Line>().ToList(); //1", "Line", "db")]
    [InlineData("_db.Orders.Where(o => o.Id > 1).Select(o => o.Number).ToList(); //1", "Order", "_db")]
    [InlineData("Db.Orders.Find(1); //1", "Order", "Db")]
    [InlineData("db.Orders.FromSqlRaw(\"SELECT 1\").ToList(); //1", "Order", "db")]
    [InlineData("db.Orders.AsQueryable().ToList(); //1", "Order", "db")]
    public void Entity_and_session(string statement, string entity, string session)
    {
        QueryShape query = CodeUnderTest.Statements(statement).Call().Query!;
        Assert.Equal(entity, query.Entity!.Name);
        Assert.Equal(session, query.Session!.Syntax.ToString());
    }

    [Theory]
    [InlineData("db.Orders.ToList(); //1", "")]
    [InlineData("db.Orders.Where(o => o.Id > 1).OrderBy(o => o.Id).ThenBy(o => o.Number).Skip(1).Take(2).Select(o => o.Id).Distinct().ToList(); //1", "Where Order Order Skip Take Select Distinct")]
    [InlineData("db.Orders.Include(o => o.Lines).ThenInclude(l => l.Order).AsNoTracking().AsSplitQuery().TagWith(\"x\").ToList(); //1", "Include Include Tracking Options Options")]
    [InlineData("db.Orders.IgnoreQueryFilters().GroupBy(o => o.CustomerId).Select(g => g.Count()).ToList(); //1", "Other Group Select")]
    [InlineData("db.Orders.Join(db.Lines, o => o.Id, l => l.OrderId, (o, l) => l).Union(db.Lines).OfType<Line>().SelectMany(l => l.Order.Lines).ToList(); //1", "Join SetOperation Cast SelectMany")]
    [InlineData("(from o in db.Orders where o.Id > 1 orderby o.Id select o.Number).ToList(); //1", "Where Order Select")]
    [InlineData("(from o in db.Orders join l in db.Lines on o.Id equals l.OrderId select l).ToList(); //1", "Join")]
    [InlineData("(from o in db.Orders from l in o.Lines select l.Id).ToList(); //1", "SelectMany")]
    [InlineData("foreach (var order in db.Orders.Where(o => o.Id > 1)) Use(order); //1", "Where")]
    [InlineData("db.Orders.Where(o => o.Id > 1).AsEnumerable().Where(o => o.Number.Length > 2).Take(3).ToList(); //1", "Where")]
    [InlineData("db.Orders.Where(o => db.Lines.Where(l => l.OrderId == o.Id).OrderBy(l => l.Id).Any()).ToList(); //1", "Where")]
    public void Steps_in_order(string statement, string steps) => Assert.Equal(steps, Steps(CodeUnderTest.Statements(statement).Call().Query!));

    [Theory]
    [InlineData("var q = db.Orders.Where(o => o.Id > 1); q.OrderBy(o => o.Id).ToList(); //1", "Where Order")]
    [InlineData("IQueryable<Order> q = db.Orders;\nq = q.Where(o => o.Id > 1);\nq = q.Take(5);\nq.ToList(); //1", "Where Take")]
    [InlineData("var q = db.Orders.AsQueryable();\nif (flag) q = q.Where(o => o.Id > 1);\nq.OrderBy(o => o.Id).ToList(); //1", "Where? Order")]
    [InlineData("var q = flag ? db.Orders.Where(o => o.Id > 1) : db.Orders.Take(3);\nq.ToList(); //1", "Take? Where?")]
    [InlineData("var q = ids.Length switch { 0 => db.Orders.Where(o => o.Id > 1), _ => db.Orders };\nq.ToList(); //1", "Where?")]
    [InlineData("var q = db.Orders.AsQueryable();\nforeach (var id in ids) q = q.Where(o => o.Id != id);\nq.ToList(); //1", "Where?")]
    [InlineData("var q = db.Orders.AsQueryable();\nif (flag)\n{\nq = q.Where(o => o.Id > 1);\nq.ToList(); //1\n}", "Where")]
    [InlineData("var q = db.Orders.AsQueryable();\nq.ToList(); //1\nq = q.Where(o => o.Id > 1);", "Where?")]
    [InlineData("var q = db.Orders.Where(o => o.Id > 1).OrderBy(o => o.Id).AsQueryable();\nq.ToList(); //1", "Where Order")]
    [InlineData("db.Orders.Take(3).AsQueryable().OrderBy(o => o.Id).AsQueryable().ToList(); //1", "Take Order")]
    [InlineData("IQueryable<Order> q;\nif (flag) q = db.Orders.Where(o => o.Id > 1); else q = db.Orders.Take(3);\nq.ToList(); //1", "Take? Where?")]
    public void Steps_through_locals(string statements, string steps)
    {
        QueryShape query = CodeUnderTest.Statements(statements).Call().Query!;
        Assert.Equal(QueryRootKind.Store, query.Kind);
        Assert.Equal(steps.Split(' ').Order(), Steps(query).Split(' ').Order());
    }

    [Theory]
    [InlineData("Open().ToList(); //1", QueryRootKind.Store, "Where")]
    [InlineData("Open().OrderBy(o => o.Id).ToList(); //1", QueryRootKind.Store, "Where Order")]
    [InlineData("OpenProperty.Take(1).ToList(); //1", QueryRootKind.Store, "Where Take")]
    [InlineData("Sorted(db.Orders.Where(o => o.Id > 1)).ToList(); //1", QueryRootKind.Store, "Where Order")]
    [InlineData("Sorted(orders.AsQueryable()).ToList(); //1", QueryRootKind.Memory, "Order")]
    [InlineData("Sorted(unknown).ToList(); //1", QueryRootKind.Unknown, "Order")]
    [InlineData("db.Orders.Page(1, 2).ToList(); //1", QueryRootKind.Store, "Skip Take")]
    [InlineData("Sorted(count: 1, orders: db.Orders).ToList(); //1", QueryRootKind.Store, "Order")]
    [InlineData("Either(flag).ToList(); //1", QueryRootKind.Store, "Where? Order?")]
    [InlineData("Mixed(flag, orders).ToList(); //1", QueryRootKind.Unknown, "")]
    [InlineData("Deep1().ToList(); //1", QueryRootKind.Store, "Where")]
    [InlineData("Endless().ToList(); //1", QueryRootKind.Unknown, "")]
    [InlineData("Virtual().ToList(); //1", QueryRootKind.Unknown, "")]
    [InlineData("Filtered(db.Orders, 3).ToList(); //1", QueryRootKind.Store, "Where? Order")]
    [InlineData("db.Orders.AsNoTracking().For(3).ToList(); //1", QueryRootKind.Store, "Tracking Where Order")]
    [InlineData("db.Orders.Within(3).ToList(); //1", QueryRootKind.Store, "Where")]
    [InlineData("Filtered(orders.AsQueryable(), 3).ToList(); //1", QueryRootKind.Memory, "Where? Order")]
    [InlineData("Another(unknown, db.Orders).ToList(); //1", QueryRootKind.Unknown, "")]
    [InlineData("OutOf(db.Orders).ToList(); //1", QueryRootKind.Unknown, "")]
    public void Helpers_of_the_project(string statement, QueryRootKind kind, string steps)
    {
        QueryShape query = CodeUnderTest.Of(
            $$"""
            class Report
            {
                private readonly Shop db = null!;

                IQueryable<Order> OpenProperty => db.Orders.Where(o => o.Id > 1);
                IQueryable<Order> Open() => db.Orders.Where(o => o.Id > 1);
                static IQueryable<Order> Sorted(IQueryable<Order> orders, int count = 0) => orders.OrderBy(o => o.Id);
                IQueryable<Order> Either(bool flag) { if (flag) return db.Orders.Where(o => o.Id > 1); return db.Orders.OrderBy(o => o.Id); }
                IQueryable<Order> Mixed(bool flag, List<Order> orders) { if (flag) return orders.AsQueryable(); return db.Orders; }
                static IQueryable<Order> Filtered(IQueryable<Order> query, int customer) { if (customer > 0) query = query.Where(o => o.CustomerId == customer); return query.OrderBy(o => o.Id); }
                static IQueryable<Order> Another(IQueryable<Order> query, IQueryable<Order> other) { query = other.Where(o => o.Id > 1); return query; }
                static IQueryable<Order> OutOf(IQueryable<Order> query) { Change(out query); return query; }
                static void Change(out IQueryable<Order> query) => query = null!;
                IQueryable<Order> Deep1() => Deep2();
                IQueryable<Order> Deep2() { var inner = Open(); return inner; }
                IQueryable<Order> Endless() => Endless().Where(o => o.Id > 1);
                protected virtual IQueryable<Order> Virtual() => db.Orders;

                void Run(List<Order> orders, IQueryable<Order> unknown, bool flag)
                {
                    {{statement}}
                }
            }

            static class Paging
            {
                public static IQueryable<T> Page<T>(this IQueryable<T> query, int page, int size) => query.Skip(page * size).Take(size);

                public static IOrderedQueryable<Order> For(this IQueryable<Order> query, int customer)
                {
                    query = from o in query where o.CustomerId == customer select o;
                    return query.OrderBy(o => o.Id);
                }

                extension(IQueryable<Order> query)
                {
                    public IQueryable<Order> Within(int customer) => query.Where(o => o.CustomerId == customer);
                }
            }
            """).Call().Query!;
        Assert.Equal(kind, query.Kind);
        if (kind != QueryRootKind.Unknown)
            Assert.Equal(steps.Split(' ').Order(), Steps(query).Split(' ').Order());
    }

    [Fact]
    public void A_set_in_any_place_is_a_root()
    {
        CodeUnderTest code = CodeUnderTest.Of(
            """
            class Repository<T>(Shop db) where T : class
            {
                private readonly DbSet<T> _set = db.Set<T>();

                void Run(DbSet<Order> given, Func<DbSet<Line>> make)
                {
                    _set.ToList(); //1
                    given.Where(o => o.Id > 1).ToList(); //2
                    make().ToList(); //3
                    var local = given;
                    local.ToList(); //4
                }
            }
            """);
        Assert.All(new[] { "//1", "//2", "//3", "//4" }, mark => Assert.Equal(QueryRootKind.Store, code.Call(mark).Query!.Kind));
        Assert.Equal("Line", code.Call("//3").Query!.Entity!.Name);
        Assert.Null(code.Call("//2").Query!.Session);
    }

    [Theory]
    [InlineData("connection.Query<Order>(\"SELECT 1\"); //1")]
    [InlineData("given.ExecuteScalar(); //1")]
    [InlineData("db.SaveChanges(); //1")]
    [InlineData("db.Find<Order>(1); //1")]
    public void Calls_without_a_query(string statement) => Assert.Null(CodeUnderTest.Statements(statement).Call().Query);

    /// <summary>The steps, first to last; a question mark behind those that some paths leave out.</summary>
    private static string Steps(QueryShape query) => string.Join(" ", query.Steps.Select(use => use.Step + (use.IsConditional ? "?" : "")));
}
