using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR102: calls that reach a query once per element, and calls that do not.</summary>
public sealed class CallPerElementTests
{
    [Theory]
    [InlineData("foreach (var id in ids) Use({|DBR102:Load|}(id));")]
    [InlineData("foreach (var id in ids) Use(await {|DBR102:LoadAsync|}(id));")]
    [InlineData("for (var i = 0; i < ids.Length; i++) Use({|DBR102:Load|}(ids[i]));")]
    [InlineData("var queue = new Queue<int>(ids);\nwhile (queue.Count > 0) Use({|DBR102:Load|}(queue.Dequeue()));")]
    [InlineData("foreach (var id in ids) Use(this.{|DBR102:Twice|}(id));")]
    [InlineData("ids.ToList().ForEach(id => Use({|DBR102:Load|}(id)));")]
    [InlineData("Use(ids.Select(id => {|DBR102:Load|}(id)).ToList());")]
    [InlineData("Use(ids.Select({|DBR102:Load|}).ToList());")]
    [InlineData("await Task.WhenAll(ids.Select(id => {|DBR102:LoadAsync|}(id)));")]
    [InlineData("await Task.WhenAll(ids.Select({|DBR102:LoadAsync|}));")]
    [InlineData("await Parallel.ForEachAsync(ids, ct, async (id, token) => Use(await {|DBR102:LoadAsync|}(id)));")]
    [InlineData("Array.ForEach(ids, id => Use({|DBR102:Load|}(id)));")]
    [InlineData("foreach (var id in ids) Use(await Task.Run(() => {|DBR102:Load|}(id)));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Lines|});")]
    [InlineData("foreach (var id in ids) Use({|DBR102:this[id]|});")]
    [InlineData("foreach (var id in ids) Use(new {|DBR102:Row|}(_db, id));")]
    [InlineData("foreach (var id in ids) Use(_db.{|DBR102:FirstOf|}(id));")]
    [InlineData("foreach (var id in ids) Use(_db.{|DBR102:FirstOf|}<Order>(id));")]
    [InlineData("foreach (var id in ids) Use(ShopReads.{|DBR102:FirstOf|}(_db, id));")]
    [InlineData("Func<int, Order?> load = id => _db.Orders.Find(id);\nforeach (var id in ids) Use({|DBR102:load|}(id));")]
    [InlineData("Func<int, Order?> load = Load;\nforeach (var id in ids) Use({|DBR102:load|}(id));")]
    [InlineData("Func<int, Order?> load = id => _db.Orders.Find(id);\nUse(ids.Select({|DBR102:load|}).ToList());")]
    [InlineData("Order? Inner(int id) => _db.Orders.Find(id);\nforeach (var id in ids) Use({|DBR102:Inner|}(id));")]
    [InlineData("async Task<Order?> InnerAsync(int id) => await _db.Orders.FindAsync(id);\nforeach (var id in ids) Use(await {|DBR102:InnerAsync|}(id));")]
    [InlineData("foreach (var id in ids) foreach (var order in {|DBR102:Stream|}(id)) Use(order);")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Stream|}(id).ToList());")]
    [InlineData("foreach (var id in ids) await foreach (var order in {|DBR102:StreamAsync|}(id)) Use(order);")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Once|}(() => _db.Orders.Find(id)));")]
    [InlineData("{|DBR102:Each|}(ids, id => Use(_db.Orders.Find(id)));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Sql|}(id));")]
    [InlineData("foreach (var id in ids) Use(await {|DBR102:SqlAsync|}(id));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Command|}(id));")]
    [InlineData("foreach (var id in ids)\n{\n    try { Use({|DBR102:Load|}(id)); }\n    catch (DbException) { Use(id); }\n}")]
    [InlineData("foreach (var id in ids)\n    if (id > 3)\n        Use({|DBR102:Load|}(id));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Maybe|}(id));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Maybe|}(id, ct.CanBeCanceled));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Changed|}(id, false));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Forward|}(id, false));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:Guarded|}(id, quick: false));")]
    [InlineData("foreach (var id in ids) Use(store.{|DBR102:Find|}(id, true));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:LoadMany|}([id]));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:LoadMany|}(new[] { id }));")]
    [InlineData("foreach (var order in orders)\n{\n    var one = new[] { order.CustomerId };\n    Use({|DBR102:LoadMany|}(one));\n}")]
    [InlineData("foreach (var id in ids) Use({|DBR102:LoadMany|}(new HashSet<int> { id }.ToArray()));")]
    [InlineData("foreach (var id in ids) Use(await {|DBR102:LoadManyAsync|}([id]));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:LoadThese|}(id));")]
    [InlineData("foreach (var id in ids) Use({|DBR102:SqlMany|}(new List<int> { id }));")]
    public Task Calls_of_every_kind(string statements) => RunAsync(statements);

    [Theory]
    // Each note may ask the store for something; nobody notes for all elements at once.
    [InlineData("foreach (var order in orders) log.Log(\"seen\", order.Number);")]
    [InlineData("foreach (var order in orders) await log.LogAsync(\"seen\");")]
    [InlineData("foreach (var order in orders) log.Error(order.Number);")]
    [InlineData("foreach (var order in orders) log.{|DBR102:Login|}(order.Number);")]
    public Task Notes_of_what_happens(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        class AuditLog(ShopContext db)
        {
            public void Log(string text, params object[] values) => Write(text);
            public async Task LogAsync(string text) { if (await db.Customers.AnyAsync(c => c.Active)) Write(text); }
            public void Error(string text) => Log(text, text);
            public void Login(string name) => Console.WriteLine(db.Customers.FirstOrDefault(c => c.Name == name));
            private void Write(string text) { if (db.Customers.Any(c => c.Active)) Console.WriteLine(text); }
        }

        class Orders
        {
            async Task RunAsync(List<Order> orders, AuditLog log)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """);

    [Theory]
    // Each place has a database of its own.
    [InlineData("foreach (var place in places) Use(place.CountAll());")]
    [InlineData("foreach (var place in places) Use(await place.CountAllAsync());")]
    [InlineData("foreach (var place in places) Use(Places.Count(place));")]
    [InlineData("foreach (var place in places) Use(Places.CountAt(place.Text));")]
    [InlineData("places.ForEach(place => Use(place.CountAll()));")]
    // All are in one, whoever asks.
    [InlineData("foreach (var place in places) Use(place.{|DBR102:CountIn|}(text));")]
    [InlineData("foreach (var place in places) Use(Places.{|DBR102:CountAt|}(text));")]
    [InlineData("foreach (var place in places) Use(home.{|DBR102:CountAll|}() + place.Id);")]
    [InlineData("foreach (var place in places) Use(Places.{|DBR102:CountOf|}(text, place));")]
    public Task Elements_with_a_store_of_their_own(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        using Npgsql;

        class Place
        {
            public int Id { get; set; }
            public string Text { get; set; } = "";
            public NpgsqlConnection Open() => new NpgsqlConnection(Text);
            public int CountAll() { using var own = Open(); return own.QuerySingle<int>("SELECT COUNT(*) FROM posts"); }
            public async Task<int> CountAllAsync() { await using var own = new NpgsqlConnection(Text); return await own.QuerySingleAsync<int>("SELECT COUNT(*) FROM posts"); }
            public int CountIn(string text) { using var all = new NpgsqlConnection(text); return all.QuerySingle<int>("SELECT COUNT(*) FROM posts WHERE place = @Id", new { Id }); }
        }

        static class Places
        {
            public static int Count(Place place) { using var own = place.Open(); using var command = own.CreateCommand(); command.CommandText = "SELECT COUNT(*) FROM posts"; return (int)command.ExecuteScalar()!; }
            public static int CountAt(string text) { using var own = new NpgsqlConnection(text); return own.QuerySingle<int>("SELECT COUNT(*) FROM posts"); }
            public static int CountOf(string text, Place place) { using var all = new NpgsqlConnection(text); return all.QuerySingle<int>("SELECT COUNT(*) FROM posts WHERE place = @Id", new { place.Id }); }
        }

        class Statistics
        {
            async Task RunAsync(List<Place> places, Place home, string text)
            {
                await Task.Yield();
                {{statements}}
            }

            static void Use(object? value) { }
        }
        """);

    [Fact]
    public Task Interface_members_of_all_implementations() => RoundTripTest.RunSourceAsync(
        """
        interface ICustomers { Task<Customer?> FindAsync(int id); }

        class Customers(ShopContext db) : ICustomers
        {
            public Task<Customer?> FindAsync(int id) => db.Customers.FirstOrDefaultAsync(c => c.Id == id);
        }

        class LoggedCustomers(ICustomers inner) : ICustomers
        {
            public async Task<Customer?> FindAsync(int id) { Console.WriteLine(id); return await inner.FindAsync(id); }
        }

        class Report(ICustomers customers)
        {
            async Task RunAsync(List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(await customers.{|DBR102:FindAsync|}(order.CustomerId));
            }
        }
        """);

    [Theory]
    [InlineData("class InMemoryCustomers : ICustomers { public Customer? Find(int id) => null; }")]
    [InlineData("class NullCustomers : ICustomers { public Customer? Find(int id) => null; }")]
    [InlineData("class ReadOnly : ICustomers { public Customer? Find(int id) => throw new NotSupportedException(); }")]
    [InlineData("class ByName : ICustomers { public Customer? Find(int id) { throw new NotSupportedException(\"Find(int) is not supported\"); } }")]
    public Task A_stand_in_says_nothing_about_the_real_one(string other) => RoundTripTest.RunSourceAsync(
        $$"""
        interface ICustomers { Customer? Find(int id); }

        class Customers(ShopContext db) : ICustomers
        {
            public Customer? Find(int id) => db.Customers.Find(id);
        }

        {{other}}

        class Report(ICustomers customers)
        {
            void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(customers.{|DBR102:Find|}(order.CustomerId));
            }
        }
        """);

    [Theory]
    [InlineData("class Local : ICustomers { public Customer? Find(int id) => null; }")]
    [InlineData("class Checked : ICustomers { public Customer? Find(int id) => id > 0 ? null : throw new ArgumentException(); }")]
    [InlineData("class Cached(ICustomers inner) : ICustomers\n{\n    private readonly Dictionary<int, Customer?> _known = new();\n    public Customer? Find(int id)\n    {\n        if (!_known.TryGetValue(id, out var found))\n            _known[id] = found = inner.Find(id);\n        return found;\n    }\n}")]
    public Task An_implementation_without_a_query_is_quiet(string other) => RoundTripTest.RunSourceAsync(
        $$"""
        interface ICustomers { Customer? Find(int id); }

        class Customers(ShopContext db) : ICustomers
        {
            public Customer? Find(int id) => db.Customers.Find(id);
        }

        {{other}}

        class Report(ICustomers customers)
        {
            void Run(List<Order> orders)
            {
                foreach (var order in orders)
                    Console.WriteLine(customers.Find(order.CustomerId));
            }
        }
        """);

    [Fact]
    public Task Generic_repositories_and_base_classes() => RoundTripTest.RunSourceAsync(
        """
        interface IRepository<T> where T : class { T? Get(int id); }

        interface ICustomers : IRepository<Customer> { }

        abstract class Repository<T>(ShopContext db) : IRepository<T> where T : class
        {
            public virtual T? Get(int id) => db.Set<T>().Find(id);

            protected abstract int Count();

            public void CountAll(int[] ids) { foreach (var id in ids) Console.WriteLine({|DBR102:Count|}()); }
        }

        class Customers(ShopContext db) : Repository<Customer>(db), ICustomers
        {
            private readonly ShopContext _db = db;

            protected override int Count() => _db.Customers.Count();
        }

        class Fixed : IRepository<Country> { public Country? Get(int id) => null; }

        class Report(ICustomers customers, IRepository<Customer> repository, Customers own, IRepository<Country> countries)
        {
            void Run(int[] ids)
            {
                foreach (var id in ids)
                {
                    Console.WriteLine(customers.{|DBR102:Get|}(id));
                    Console.WriteLine(repository.{|DBR102:Get|}(id));
                    Console.WriteLine(own.{|DBR102:Get|}(id));
                    Console.WriteLine(countries.Get(id));
                }
            }
        }
        """);

    [Fact]
    public Task Partial_methods_operators_and_unit_of_work() => RoundTripTest.RunSourceAsync(
        """
        partial class Report
        {
            private partial Order? Load(int id);

            void Run(int[] ids, Work work)
            {
                foreach (var id in ids)
                {
                    Console.WriteLine({|DBR102:Load|}(id));
                    Console.WriteLine(work.Orders.{|DBR102:Find|}(id));
                    Console.WriteLine({|DBR102:work + id|});
                    Console.WriteLine({|DBR102:(int)work|} + id);
                }
            }
        }

        partial class Report(ShopContext db)
        {
            private partial Order? Load(int id) => db.Orders.Find(id);
        }

        class Orders(ShopContext db) { public Order? Find(int id) => db.Orders.Find(id); }

        class Work(ShopContext db)
        {
            public Orders Orders { get; } = new(db);

            public static int operator +(Work work, int id) => work.Count(id);

            public static explicit operator int(Work work) => work.Count(1);

            private int Count(int id) => db.Orders.Count(o => o.Id == id);
        }
        """);

    [Fact]
    public Task Requests_reach_their_handlers() => RoundTripTest.RunSourceAsync(
        """
        namespace MediatR
        {
            public interface IRequest<out T> { }
            public interface INotification { }
            public interface ISender { Task<T> Send<T>(IRequest<T> request, CancellationToken cancellationToken = default); }
            public interface IPublisher { Task Publish<T>(T notification, CancellationToken cancellationToken = default) where T : INotification; }
            public interface IMediator : ISender, IPublisher { }
            public interface IRequestHandler<in TRequest, TResponse> where TRequest : IRequest<TResponse> { Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken); }
            public interface INotificationHandler<in T> where T : INotification { Task Handle(T notification, CancellationToken cancellationToken); }
        }

        namespace Web
        {
            using MediatR;

            record GetCustomer(int Id) : IRequest<Customer?>;

            record Add(int Left, int Right) : IRequest<int>;

            record OrderSeen(int Id) : INotification;

            class GetCustomerHandler(ShopContext db) : IRequestHandler<GetCustomer, Customer?>
            {
                public async Task<Customer?> Handle(GetCustomer request, CancellationToken ct) => await db.Customers.FindAsync(new object[] { request.Id }, ct);
            }

            class AddHandler : IRequestHandler<Add, int>
            {
                public Task<int> Handle(Add request, CancellationToken ct) => Task.FromResult(request.Left + request.Right);
            }

            class CountSeen(ShopContext db) : INotificationHandler<OrderSeen>
            {
                public async Task Handle(OrderSeen notification, CancellationToken ct) => Console.WriteLine(await db.Orders.CountAsync(ct));
            }

            class LogSeen : INotificationHandler<OrderSeen>
            {
                public Task Handle(OrderSeen notification, CancellationToken ct) => Task.CompletedTask;
            }

            class Report(IMediator mediator, ISender sender)
            {
                async Task RunAsync(List<Order> orders, CancellationToken ct)
                {
                    foreach (var order in orders)
                    {
                        Console.WriteLine(await mediator.{|DBR102:Send|}(new GetCustomer(order.CustomerId), ct));
                        var request = new GetCustomer(order.CustomerId);
                        Console.WriteLine(await sender.{|DBR102:Send|}(request, ct));
                        Console.WriteLine(await mediator.Send(new Add(order.Id, 1), ct));
                        await mediator.{|DBR102:Publish|}(new OrderSeen(order.Id), ct);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task One_query_is_reported_once() => RoundTripTest.RunSourceAsync(
        """
        class Report(ShopContext db)
        {
            void Outer(List<Order> orders) { foreach (var order in orders) Middle(order); }

            void Middle(Order order) { foreach (var line in order.Lines) Console.WriteLine({|DBR102:Inner|}(line)); }

            Product? Inner(OrderLine line) => Product(line.ProductId);

            Product? Product(int id) => db.Products.Find(id);

            void Direct(List<Order> orders) { foreach (var order in orders) Lines(order); }

            void Lines(Order order) { foreach (var line in order.Lines) Console.WriteLine(db.Products.{|DBR101:Find|}(line.ProductId)); }

            void Nested(List<Order> orders)
            {
                foreach (var order in orders)
                    foreach (var line in order.Lines)
                        Console.WriteLine({|DBR102:Inner|}(line));
            }
        }
        """);

    [Fact]
    public Task The_way_to_the_query_is_told() => new RoundTripTest
    {
        TestCode =
            """
            class Report(ShopContext db)
            {
                void Run(List<Order> orders) { {|#1:foreach (var order in orders)|} Console.WriteLine({|#0:Name|}(order)); }

                string? Name(Order order) => Store.{|#2:Find|}(db, order.CustomerId)?.Name;
            }

            static class Store
            {
                public static Customer? Find(ShopContext db, int id) => db.Customers.{|#3:FirstOrDefault|}(c => c.Id == id);
            }
            """,
        ExpectedDiagnostics =
        {
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult("DBR102", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
                .WithLocation(0).WithLocation(1).WithLocation(2).WithLocation(3)
                .WithMessage("'Name' queries the database for each element of 'orders': Name → Store.Find → FirstOrDefault"),
        },
    }.RunAsync();

    [Fact]
    public Task A_method_that_takes_all_keys_is_named() => new RoundTripTest
    {
        TestCode =
            """
            class Report(Store store)
            {
                void Run(List<Order> orders) { {|#1:foreach (var order in orders)|} Console.WriteLine(store.{|#0:Find|}(order.CustomerId)); }
            }

            class Store(ShopContext db)
            {
                public Customer? Find(int id) => db.Customers.{|#2:FirstOrDefault|}(c => c.Id == id);

                public List<Customer> FindByIds(List<int> ids) => db.Customers.Where(c => ids.Contains(c.Id) && c.Active).ToList();
            }
            """,
        ExpectedDiagnostics =
        {
            new Microsoft.CodeAnalysis.Testing.DiagnosticResult("DBR102", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
                .WithLocation(0).WithLocation(1).WithLocation(2)
                .WithMessage("'Find' queries the database for each element of 'orders': Find → FirstOrDefault; 'FindByIds' loads all at once"),
        },
    }.RunAsync();

    [Theory]
    [InlineData("foreach (var id in ids) Use(Pure(id));")]
    [InlineData("foreach (var order in {|#0:Stream|}(1)) Use(order);")]
    [InlineData("foreach (var order in LoadAll()) Use(order);")]
    [InlineData("foreach (var id in ids) Use(Remembered(id));")]
    [InlineData("foreach (var id in ids) Use(await RememberedAsync(id));")]
    [InlineData("foreach (var id in ids) Use(First);")]
    [InlineData("foreach (var id in ids) Use(Query(id));")]
    [InlineData("foreach (var id in ids) Use(Stream(id));")]
    [InlineData("foreach (var id in ids) Save(id);")]
    [InlineData("foreach (var id in ids) Add(id);")]
    [InlineData("foreach (var part in ids.Chunk(100)) Use(LoadMany(part));")]
    [InlineData("foreach (var order in orders) Use(LoadMany(order.Lines.Select(l => l.ProductId).ToArray()));")]
    [InlineData("foreach (var order in orders) Use(LoadMany([order.Id, order.CustomerId]));")]
    [InlineData("foreach (var id in ids) Use(LoadMany([id, .. ids]));")]
    [InlineData("foreach (var order in orders) Use(LoadMany([.. order.Lines.Select(l => l.ProductId)]));")]
    [InlineData("foreach (var order in orders)\n{\n    var some = new List<int> { order.CustomerId };\n    some.Add(order.Id);\n    Use(SqlMany(some));\n}")]
    [InlineData("foreach (var order in orders) Use(LoadThese(order.Id, order.CustomerId));")]
    [InlineData("foreach (var order in orders) Use(await LoadManyAsync(order.Lines.ConvertAll(l => l.ProductId)));")]
    [InlineData("foreach (var order in orders) Use(LoadGroups([order.Lines.ConvertAll(l => l.ProductId)]));")]
    [InlineData("foreach (var id in new[] { 1, 2, 3 }) Use(Load(id));")]
    [InlineData("while (!ct.IsCancellationRequested)\n{\n    Use(await LoadAsync(1));\n    await Task.Delay(1000, ct);\n}")]
    [InlineData("for (var attempt = 0; attempt < 10; attempt++)\n{\n    try { Use(Load(1)); break; }\n    catch (DbException) { Use(attempt); }\n}")]
    [InlineData("for (var page = 1; page <= ids[0]; page++) Use(LoadPage(page));")]
    [InlineData("foreach (var id in ids)\n    if (Load(id) is { } found) return found;")]
    [InlineData("var code = 1;\nwhile (Load(code) != null) code++;")]
    [InlineData("foreach (var id in ids)\n{\n    try { Use(id); }\n    catch (DbException) { Use(Load(id)); }\n}")]
    [InlineData("var known = new Dictionary<int, Order?>();\nforeach (var id in ids)\n    if (!known.ContainsKey(id)) known[id] = Load(id);")]
    [InlineData("for (var i = 0; i < ids[0]; i++) _ = Task.Factory.StartNew(WorkAsync);")]
    [InlineData("foreach (var id in ids) Use(Insert(id));")]
    [InlineData("foreach (var server in servers) Use(Load(server.Length));")]
    [InlineData("foreach (var step in steps) step.Run(_db);")]
    [InlineData("foreach (object item in steps)\n{\n    if (item is IStep step) step.Run(_db);\n}")]
    [InlineData("foreach (object item in steps)\n{\n    var step = item as IStep;\n    step?.Run(_db);\n}")]
    [InlineData("foreach (var id in ids) Maybe(id, false);")]
    [InlineData("foreach (var id in ids) Maybe(id, load: 1 > 2);")]
    [InlineData("foreach (var id in ids) Forward(id);")]
    [InlineData("foreach (var id in ids) Guarded(id, quick: true);")]
    [InlineData("foreach (var id in ids) store.Find(id, false);")]
    [InlineData("foreach (var pair in steps.Select(s => new { Step = s })) pair.Step.Run(_db);")]
    [InlineData("foreach (var shard in new List<Shard>()) shard.Ping();")]
    [InlineData("foreach (var part in new List<KeyValuePair<Shard, int>>()) part.Key.Ping();")]
    [InlineData("foreach (var id in ids) Use((Func<Order?>)(() => Load(id)));")]
    [InlineData("Func<int, Order?> load = id => _db.Orders.Find(id);\nUse(load(1));")]
    [InlineData("Order? Never(int id) => _db.Orders.Find(id);\nforeach (var id in ids) Use(id);")]
    [InlineData("Use(from id in ids select _db.Orders.Where(o => o.Id == Pure(o.Id)));")]
    [InlineData("foreach (var order in orders)\n{\n    using var own = new ShopContext(order.Number);\n    Use(ShopReads.FirstOf(own, order.Id));\n}")]
    public Task Calls_that_stay_quiet(string statements) => RunAsync(statements.Replace("{|#0:Stream|}", "Stream").Replace("new ShopContext(order.Number)", "Contexts.For(order.Number)"));

    [Theory]
    [InlineData("class SeedData(Report report) { void Run(int[] ids) { foreach (var id in ids) report.Load(id); } }")]
    [InlineData("class UpgradeManager(Report report) { void Run(int[] ids) { foreach (var id in ids) report.Load(id); } }")]
    public Task Code_that_runs_once(string source) => RoundTripTest.RunSourceAsync("class Report(ShopContext db) { public Order? Load(int id) => db.Orders.Find(id); }\n" + source);

    [Fact]
    public Task Recursion_is_another_matter() => RoundTripTest.RunSourceAsync(
        """
        class Tree(ShopContext db)
        {
            void Walk(int id)
            {
                foreach (var line in db.OrderLines.Where(l => l.OrderId == id).ToList())
                    Walk(line.ProductId);
            }
        }
        """);

    private static Task RunAsync(string statements) => RoundTripTest.RunSourceAsync(
        $$"""
        class Report(ShopContext _db, DbConnection connection)
        {
            private readonly Dictionary<int, Order?> _orders = new();
            private Order? _first;

            async Task<object?> RunAsync(int[] ids, List<Order> orders, string[] servers, List<IStep> steps, IStore store, CancellationToken ct)
            {
                {{statements.ReplaceLineEndings("\n        ")}}
                await Task.Yield();
                return null;
            }

            Order? Load(int id) => _db.Orders.FirstOrDefault(o => o.Id == id);
            async Task<Order?> LoadAsync(int id) => await _db.Orders.FirstOrDefaultAsync(o => o.Id == id);
            Order? Twice(int id) => Load(id);
            Order? Maybe(int id, bool load = true) => load ? Load(id) : null;
            Order? Forward(int id, bool skip = true) => Maybe(id, !skip);
            Order? Changed(int id, bool load) { load |= id > 0; return load ? Load(id) : null; }
            Order? Guarded(int id, bool quick)
            {
                if (quick && id >= 0 || quick) return null;
                return Load(id);
            }
            List<Order> LoadAll() => _db.Orders.ToList();
            Task<List<Order>> LoadManyAsync(IReadOnlyCollection<int> ids) => _db.Orders.Where(o => ids.Contains(o.Id)).ToListAsync();
            List<Order> LoadThese(params int[] ids) => _db.Orders.Where(o => ids.Contains(o.Id)).ToList();
            List<Order> SqlMany(List<int> ids) => connection.Query<Order>("SELECT * FROM orders WHERE id = ANY(@ids)", new { ids }).ToList();
            List<Order> LoadGroups(List<List<int>> groups) => _db.Orders.Where(o => groups[0].Contains(o.Id)).ToList();
            List<Order> LoadMany(int[] ids) => _db.Orders.Where(o => ids.Contains(o.Id)).ToList();
            List<Order> LoadPage(int page) => _db.Orders.OrderBy(o => o.Id).Skip(page * 10).Take(10).ToList();
            IQueryable<Order> Query(int id) => _db.Orders.Where(o => o.Id == id);
            int Lines => _db.OrderLines.Count();
            Order? this[int id] => _db.Orders.Find(id);
            IEnumerable<Order> Stream(int id) { foreach (var order in _db.Orders.Where(o => o.Id == id)) yield return order; }
            async IAsyncEnumerable<Order> StreamAsync(int id) { await foreach (var order in _db.Orders.Where(o => o.Id == id).AsAsyncEnumerable()) yield return order; }
            T Once<T>(Func<T> action) => action();
            void Each(int[] ids, Action<int> action) { foreach (var id in ids) action(id); }
            Order? Sql(int id) => connection.QueryFirstOrDefault<Order>("SELECT * FROM Orders WHERE Id = @id", new { id });
            Task<Order?> SqlAsync(int id) => connection.QueryFirstOrDefaultAsync<Order>("SELECT * FROM Orders WHERE Id = @id", new { id });
            object? Command(int id)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT COUNT(*) FROM Orders";
                return command.ExecuteScalar();
            }
            Order? Remembered(int id)
            {
                if (_orders.TryGetValue(id, out var order)) return order;
                return _orders[id] = _db.Orders.Find(id);
            }
            async Task<Order> RememberedAsync(int id) => _first ??= await _db.Orders.FirstAsync();
            Order First => _first ??= _db.Orders.First();
            void Save(int id) { _db.SaveChanges(); }
            void Add(int id) { _db.Orders.Add(new Order { Id = id }); }
            async Task WorkAsync() { while (true) { Use(await _db.Orders.CountAsync()); await Task.Delay(1000); } }
            int Insert(int id)
            {
                connection.Execute("INSERT INTO Orders (Id) VALUES (@id)", new { id });
                return connection.QuerySingle<int>("SELECT LAST_INSERT_ID()");
            }
            static int Pure(int id) => id + 1;
            static void Use(object? value) { }
        }

        interface IStep { void Run(ShopContext db); }

        interface IStore { Order? Find(int id, bool load); }

        class Store(ShopContext db) : IStore { public Order? Find(int id, bool load) => load ? db.Orders.Find(id) : null; }

        class CountStep : IStep { public void Run(ShopContext db) { db.Orders.Count(); } }

        static class Contexts { public static ShopContext For(string name) => new(); }

        class Shard(DbConnection own) { private readonly DbConnection _own = own; public void Ping() => _own.ExecuteScalar<int>("SELECT 1"); }

        class Row { public Row(ShopContext db, int id) => db.Orders.Find(id); }

        static class ShopReads
        {
            public static Order? FirstOf(this ShopContext db, int id) => db.Orders.FirstOrDefault(o => o.Id == id);
            public static T? FirstOf<T>(this ShopContext db, int id) where T : class => db.Set<T>().Find(id);
        }
        """);
}
