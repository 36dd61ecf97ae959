using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR101 follows a query from its root to the call that runs it.</summary>
public sealed class QueryPerElementTestsOfQueries
{
    [Fact]
    public Task Query_held_in_a_local_before_the_loop() => RoundTripTest.RunAsync(
        """
        var open = db.Orders.Where(o => o.Open);
        foreach (var id in ids)
            Use(open.{|DBR101:Count|}(o => o.CustomerId == id));
        """);

    [Fact]
    public Task Query_held_in_a_local_of_the_loop() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            IQueryable<Order> query = db.Orders.AsNoTracking();
            var own = query.Where(o => o.CustomerId == id);
            Use(await own.{|DBR101:ToListAsync|}(ct));
        }
        """);

    [Fact]
    public Task Conditional_reassignment() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
        {
            var query = db.OrderLines.AsQueryable();
            if (order.Open)
                query = query.Where(l => l.Quantity > 0);
            else
                query = query.OrderBy(l => l.Id);
            query = query.Where(l => l.OrderId == order.Id);
            Use(query.{|DBR101:ToList|}());
        }
        """);

    [Fact]
    public Task Conditional_expression() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
        {
            var lines = order.Open ? db.OrderLines.Where(l => l.Price > 1) : db.OrderLines;
            Use(await lines.{|DBR101:FirstOrDefaultAsync|}(l => l.OrderId == order.Id));
        }
        """);

    [Fact]
    public Task Switch_expression() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            var query = id switch { 0 => db.Orders.Where(o => o.Open), 1 => db.Orders, _ => db.Orders.OrderBy(o => o.Number) };
            Use(query.{|DBR101:Any|}(o => o.CustomerId == id));
        }
        """);

    [Fact]
    public Task Query_syntax() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
        {
            var query = from order in db.Orders
                        join customer in db.Customers on order.CustomerId equals customer.Id
                        where customer.Id == id
                        orderby order.Number
                        select new { order.Number, customer.Name };
            Use(query.{|DBR101:ToList|}());
        }
        """);

    [Fact]
    public Task Helper_that_returns_a_query() => RoundTripTest.RunSourceAsync(
        """
        class OrderReport(ShopContext db)
        {
            public async Task RunAsync(int[] ids, CancellationToken ct)
            {
                foreach (var id in ids)
                    _ = await OrdersOf(id).{|DBR101:ToListAsync|}(ct);
                foreach (var id in ids)
                    _ = Open.{|DBR101:Count|}(o => o.CustomerId == id);
                foreach (var id in ids)
                    _ = Newest(db.Orders).{|DBR101:First|}(o => o.CustomerId == id);
                foreach (var id in ids)
                    _ = await db.Orders.Visible(id).{|DBR101:AnyAsync|}(ct);
            }

            private IQueryable<Order> Open => db.Orders.Where(o => o.Open);

            private IQueryable<Order> OrdersOf(int customerId) => db.Orders.Where(o => o.CustomerId == customerId);

            private static IQueryable<Order> Newest(IQueryable<Order> orders)
            {
                return orders.OrderByDescending(o => o.CreatedAt);
            }
        }

        static class OrderQueries
        {
            public static IQueryable<Order> Visible(this IQueryable<Order> orders, int customerId) => orders.Where(o => o.CustomerId == customerId);
        }
        """);

    [Fact]
    public Task Set_in_a_field_a_property_or_a_parameter() => RoundTripTest.RunSourceAsync(
        """
        class Repository<T>(ShopContext db, DbSet<Customer> customers)
            where T : class
        {
            private readonly DbSet<T> _set = db.Set<T>();

            private DbSet<Order> Orders => db.Orders;

            public void Run(int[] ids, DbSet<Product> products, Func<T, int, bool> unused)
            {
                foreach (var id in ids)
                {
                    _ = _set.{|DBR101:Find|}(id);
                    _ = Orders.{|DBR101:Any|}(o => o.Id == id);
                    _ = products.{|DBR101:Single|}(p => p.Id == id);
                    _ = customers.{|DBR101:First|}(c => c.Id == id);
                }
            }
        }
        """);

    [Fact]
    public Task In_memory_operators_behind_the_store() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
            Use(db.Customers.AsEnumerable().Where(c => c.Id == order.CustomerId).{|DBR101:ToList|}());
        """);

    [Fact]
    public Task Two_queries_are_two_findings() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
        {
            var customer = await db.Customers.{|DBR101:FindAsync|}(order.CustomerId);
            var lines = await db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:ToListAsync|}(ct);
            Use(customer);
            Use(lines);
        }
        """);

    [Fact]
    public Task A_subquery_is_part_of_its_query() => RoundTripTest.RunAsync(
        """
        foreach (var id in ids)
            Use(db.Orders.Where(o => db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId == id)).{|DBR101:ToList|}());
        """);

    [Fact]
    public Task A_value_made_from_the_element_in_steps() => RoundTripTest.RunAsync(
        """
        foreach (var order in orders)
        {
            var key = order.CustomerId;
            var name = "%" + order.Number;
            Use(db.Customers.{|DBR101:First|}(c => c.Id == key));
            Use(connection.{|DBR101:QueryFirst|}<Order>("SELECT * FROM Orders WHERE Number LIKE @name", new { name }));
        }
        """);

    [Fact]
    public Task Members_of_every_kind() => RoundTripTest.RunSourceAsync(
        """
        class Sum
        {
            private readonly ShopContext _db;

            public Sum(ShopContext db, List<Order> orders)
            {
                _db = db;
                foreach (var order in orders)
                    Total += db.OrderLines.Where(l => l.OrderId == order.Id).{|DBR101:Sum|}(l => l.Price);
            }

            public decimal Total { get; }

            public List<int> Ids { get; } = [];

            public int Found
            {
                get
                {
                    var found = 0;
                    foreach (var id in Ids)
                        found += _db.Orders.{|DBR101:Count|}(o => o.Id == id);
                    return found;
                }
            }

            public bool this[List<int> ids] => ids.All(id => _db.Orders.{|DBR101:Any|}(o => o.Id == id));

            public static Sum operator +(Sum left, List<int> ids)
            {
                foreach (var id in ids)
                    left._db.Orders.{|DBR101:Find|}(id);
                return left;
            }

            public IEnumerable<Order> Stream()
            {
                foreach (var id in Ids)
                    yield return _db.Orders.{|DBR101:First|}(o => o.Id == id);
            }
        }
        """);

    [Fact]
    public Task Local_functions_and_lambdas_that_hold_their_own_loop() => RoundTripTest.RunAsync(
        """
        void Local()
        {
            foreach (var id in ids)
                Use(db.Orders.{|DBR101:Find|}(id));
        }

        Action held = () =>
        {
            foreach (var id in ids)
                Use(db.Orders.{|DBR101:Find|}(id));
        };
        Local();
        held();
        """);

    [Fact]
    public Task Top_level_statements() => new RoundTripTest
    {
        TestState =
        {
            OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication,
            Sources =
            {
                """
                using var db = new ShopContext();
                foreach (var argument in args)
                    Console.WriteLine(db.Orders.{|DBR101:First|}(o => o.Number == argument).Id);
                """,
            },
        },
    }.RunAsync();
}
