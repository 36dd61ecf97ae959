using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>What assemblies state of their members, and what projects that see only the assemblies make of it.</summary>
public sealed class StatedSummaryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Members_of_every_kind(bool referenceAssemblies)
    {
        var chain = new AssemblyChain(referenceAssemblies);
        string[] stated = chain.Add("Data", AssemblyChain.Shop +
            """
            public class Orders(Shop db)
            {
                private readonly Shop _db = db;

                public Orders(Shop db, int id) : this(db) { db.Orders.Find(id); }

                public Order? Get(int id) => Hidden(id);
                public Order? Get(string number) => _db.Orders.FirstOrDefault(o => o.Number == number);
                public int Count => _db.Orders.Count();
                public Order? this[int id] => _db.Orders.Find(id);
                public void Save() => _db.SaveChanges();
                protected void Clear() => _db.Orders.ExecuteDelete();
                public int Pure(int id) => id + 1;
                public static implicit operator int(Orders orders) => orders._db.Orders.Count();
                private Order? Hidden(int id) => _db.Orders.Find(id);
                internal Order? Internal(int id) => _db.Orders.Find(id);
                public void Each(List<int> ids, Action<int> action) { foreach (var id in ids) action(id); }
                public void All(List<int> ids) { foreach (var id in ids) _db.Orders.Find(id); }
                public IEnumerable<Order> Stream() { foreach (var order in _db.Orders) yield return order; }
                public class Inner<T>
                {
                    public T? Load<U>(Shop db, T key, List<U> others) { db.Orders.Find(key); return default; }
                }
            }

            public static class Extensions
            {
                public static Order? Newest(this Shop db, int skip) => db.Orders.Skip(skip).FirstOrDefault();
                public static IQueryable<Order> Some(this IQueryable<Order> orders) => orders.Where(o => o.Id > 1);
            }
            """);
        AssertLines(
            [
                "M:Extensions.Newest(Shop,System.Int32): reads FirstOrDefault",
                "M:Orders.#ctor(Shop,System.Int32): reads Find",
                "M:Orders.All(System.Collections.Generic.List{System.Int32}): repeats Find; for each of 0",
                "M:Orders.Clear: writes ExecuteDelete",
                "M:Orders.Each(System.Collections.Generic.List{System.Int32},System.Action{System.Int32}): invokes 1 for each of 0",
                "M:Orders.Get(System.Int32): reads Orders.Hidden → Find",
                "M:Orders.Get(System.String): reads FirstOrDefault",
                "M:Orders.Inner`1.Load``1(Shop,`0,System.Collections.Generic.List{``0}): reads Find",
                "M:Orders.Save: saves SaveChanges",
                "M:Orders.Stream: reads _db.Orders; lazy",
                "M:Orders.get_Count: reads Count",
                "M:Orders.get_Item(System.Int32): reads Find",
                "M:Orders.op_Implicit(Orders)~System.Int32: reads Count",
            ],
            stated);

        AssertLines(
            [
                "Method: reads Orders.Get → Orders.Hidden → Find",
                "Overload: reads Orders.Get → FirstOrDefault",
                "Property: reads Orders.Count → Count",
                "Indexer: reads Orders.this[] → Find",
                "Constructor: reads new Orders → Find",
                "Save: saves Orders.Save → SaveChanges",
                "Conversion: reads Orders.orders → Count",
                "Extension: reads Extensions.Newest → FirstOrDefault",
                "Generic: reads Inner.Load → Find",
                "Loop: repeats Orders.Get → Orders.Hidden → Find; for each of 1",
                "Delegate: repeats Orders.Each → Find; for each of 2",
                "Walk: reads Orders.Stream → _db.Orders",
                "Protected: writes Orders.Clear → ExecuteDelete",
            ],
            chain.SummariesOf(
                """
                class Report(Shop db) : Orders(db)
                {
                    object? Method(Orders orders) => orders.Get(1);
                    object? Overload(Orders orders) => orders.Get("1");
                    int Property(Orders orders) => orders.Count;
                    object? Indexer(Orders orders) => orders[1];
                    object Constructor(Shop db) => new Orders(db, 1);
                    object Other(Shop db) => new Orders(db);
                    void Save(Orders orders) => orders.Save();
                    int Conversion(Orders orders) => orders;
                    object? Extension(Shop db) => db.Newest(1);
                    object? Generic(Shop db, Orders.Inner<int> inner) => inner.Load<string>(db, 1, []);
                    void Loop(Orders orders, List<int> ids) { foreach (var id in ids) orders.Get(id); }
                    void Delegate(Orders orders, Shop db, List<int> ids) => orders.Each(ids, id => db.Orders.Find(id));
                    void Walk(Orders orders) { foreach (var order in orders.Stream()) Console.WriteLine(order); }
                    void Protected() => Clear();
                    int Nothing(Orders orders) => orders.Pure(1);
                }
                """));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ways_lead_through_three_projects(bool referenceAssemblies)
    {
        var chain = new AssemblyChain(referenceAssemblies);
        chain.Add("Data", AssemblyChain.Shop +
            """
            public interface IStore { Order? Find(int id); }
            public class Store(Shop db) : IStore { public Order? Find(int id) => db.Orders.Find(id); }
            """);
        AssertLines(
            ["M:Service.Load(System.Int32): reads IStore.Find → Find"],
            chain.Add("Services", "public class Service(IStore store) { public Order? Load(int id) => store.Find(id); public int Pure() => 1; }"));
        AssertLines(
            ["Run: reads Service.Load → IStore.Find → Find"],
            chain.SummariesOf("class Report(Service service) { object? Run() => service.Load(1); int Pure() => service.Pure(); }"));
    }

    [Fact]
    public void Implementations_of_all_assemblies_count()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        Assert.Empty(chain.Add("Domain",
            """
            public class Order { public int Id { get; set; } public string Number { get; set; } = ""; }
            public interface IStore { Order? Find(int id); void Save(); Order? Only(int id); }
            public interface INowhere { Order? Find(int id); }
            """, states: false));
        AssertLines(
            [
                "M:Store.Find(System.Int32): reads Find", "M:Store.Only(System.Int32): reads Find", "M:Store.Save: saves SaveChanges",
                "V:M:IStore.Find(System.Int32): reads Find", "V:M:IStore.Only(System.Int32): reads Find", "V:M:IStore.Save: saves SaveChanges",
            ],
            chain.Add("Data",
                """
                public class Shop : DbContext { public DbSet<Order> Orders { get; set; } = null!; }
                public class Store(Shop db) : IStore
                {
                    public Order? Find(int id) => db.Orders.Find(id);
                    public Order? Only(int id) => db.Orders.Find(id);
                    public void Save() => db.SaveChanges();
                }
                """));
        AssertLines(
            ["Find: reads IStore.Find → Find", "Save: saves IStore.Save → SaveChanges"],
            chain.SummariesOf("class Report(IStore store, INowhere nowhere) { object? Find() => store.Find(1); void Save() => store.Save(); object? No() => nowhere.Find(1); }"));

        // A second assembly implements the interface without a database: one of both may run.
        AssertLines(
            ["V:M:IStore.Find(System.Int32): nothing", "V:M:IStore.Only(System.Int32): nothing", "V:M:IStore.Save: may write"],
            chain.Add("Others", "public class Other : IStore { public Order? Find(int id) => null; public void Save() { } public Order? Only(int id) => null; }"));
        AssertLines(
            ["Save: may write"],
            chain.SummariesOf("class Report(IStore store) { object? Find() => store.Find(1); void Save() => store.Save(); }"));
    }

    [Fact]
    public void Decorators_do_what_the_decorated_do()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        AssertLines(
            [],
            chain.Add("Data", AssemblyChain.Shop +
                """
                public interface IStore { Order? Find(int id); }
                public class Logging(IStore inner) : IStore { public Order? Find(int id) { Console.WriteLine(id); return inner.Find(id); } }
                """));
        Assert.Contains("V:M:IStore.Find(System.Int32): reads Find", chain.Add("Services",
            """
            public class Store(Shop db) : IStore { public Order? Find(int id) => db.Orders.Find(id); }
            public class Counting(IStore inner) : IStore { private int _count; public Order? Find(int id) { _count++; return inner.Find(id); } }
            """));
        AssertLines(
            ["Run: reads IStore.Find → Find", "Find: reads IStore.Find → Find"],
            chain.SummariesOf(
                """
                class Report(IStore store) { object? Run() => store.Find(1); }
                class Own(IStore inner) : IStore { public Order? Find(int id) => inner.Find(id); }
                """));
    }

    [Fact]
    public void Generic_interfaces_and_base_classes()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        string[] stated = chain.Add("Data", AssemblyChain.Shop +
            """
            public class Line { public int Id { get; set; } }
            public interface IHandler<TQuery, TResult> { TResult Handle(TQuery query); }
            public class GetOrder(Shop db) : IHandler<int, Order?> { public Order? Handle(int query) => db.Orders.Find(query); }
            public class GetName : IHandler<int, string> { public string Handle(int query) => ""; }
            public interface IRepository<T> { T? Get(int id); }
            public class Repository<T>(Shop db) : IRepository<T> where T : class { public virtual T? Get(int id) => db.Set<T>().Find(id); }
            public class Lines(Shop db) : Repository<Line>(db) { public override Line? Get(int id) => null; }
            public abstract class Job { public abstract void Run(); public void Twice() { Run(); Run(); } }
            public class Import(Shop db) : Job { public override void Run() => db.SaveChanges(); }
            """);
        AssertLines(
            [
                "V:M:IHandler`2.Handle(`0): nothing",
                "V:M:IHandler`2.Handle(`0) of IHandler{System.Int32,Order}: reads Find",
                "V:M:IHandler`2.Handle(`0) of IHandler{System.Int32,System.String}: nothing",
                "V:M:IRepository`1.Get(System.Int32): nothing",
                "V:M:IRepository`1.Get(System.Int32) of *: reads Find",
                "V:M:IRepository`1.Get(System.Int32) of IRepository{Line}: nothing",
                "V:M:Job.Run of Job: saves SaveChanges",
                "V:M:Repository`1.Get(System.Int32) of Repository`1: nothing",
            ],
            stated.Where(line => line.StartsWith("V:", StringComparison.Ordinal)));
        AssertLines(
            ["Handler: reads IHandler.Handle → Find", "Base: saves Job.Run → SaveChanges", "Template: saves Job.Twice → Job.Run → SaveChanges", "Any: reads IRepository.Get → Find"],
            chain.SummariesOf(
                """
                class Report(Shop db)
                {
                    object? Handler(IHandler<int, Order?> handler) => handler.Handle(1);
                    object? Other(IHandler<int, string> handler) => handler.Handle(1);
                    void Base(Job job) => job.Run();
                    void Template(Job job) => job.Twice();
                    object? Derived(Lines lines) => lines.Get(1);
                    object? Any(IRepository<Order> orders) => orders.Get(1);
                    object? New() => new Repository<Order>(db).Get(1);
                }
                """));
    }

    [Fact]
    public void Requests_find_handlers_of_referenced_assemblies()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        chain.Add("MediatR",
            """
            namespace MediatR;
            public interface IRequest<T>;
            public interface INotification;
            public interface IRequestHandler<TRequest, T> where TRequest : IRequest<T> { Task<T> Handle(TRequest request, CancellationToken cancellationToken); }
            public interface INotificationHandler<TNotification> { Task Handle(TNotification notification, CancellationToken cancellationToken); }
            public interface ISender { Task<T> Send<T>(IRequest<T> request, CancellationToken cancellationToken); }
            public interface IPublisher { Task Publish(object notification, CancellationToken cancellationToken); }
            public interface IMediator : ISender, IPublisher;
            """, states: false);
        string[] stated = chain.Add("Data", AssemblyChain.Shop +
            """
            public record GetOrder(int Id) : MediatR.IRequest<Order?>;
            public record Shipped(int Id) : MediatR.INotification;
            internal class GetOrderHandler(Shop db) : MediatR.IRequestHandler<GetOrder, Order?>
            {
                public async Task<Order?> Handle(GetOrder request, CancellationToken ct) => await db.Orders.FirstOrDefaultAsync(o => o.Id == request.Id, ct);
            }
            internal class Log(Shop db) : MediatR.INotificationHandler<Shipped> { public Task Handle(Shipped shipped, CancellationToken ct) => db.SaveChangesAsync(ct); }
            """);
        AssertLines(["R:GetOrder: reads FirstOrDefaultAsync", "R:Shipped: saves SaveChangesAsync"], stated.Where(line => line.StartsWith("R:", StringComparison.Ordinal)));
        AssertLines(
            ["Query: reads ISender.Send → FirstOrDefaultAsync", "Tell: saves IPublisher.Publish → SaveChangesAsync"],
            chain.SummariesOf(
                """
                class Report(MediatR.IMediator mediator)
                {
                    async Task<object?> Query(CancellationToken ct) => await mediator.Send(new GetOrder(1), ct);
                    Task Tell(CancellationToken ct) => mediator.Publish(new Shipped(1), ct);
                }
                """));
    }

    [Fact]
    public void What_names_do_not_reach_is_not_stated()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        AssertLines(
            [
                "M:Service.Each(System.Collections.Generic.List{System.Int32},System.Action{System.Int32}): invokes 1 for each of 0",
                "M:Service.HandsOn(System.Action): invokes 0",
                "M:Service.Invoked(System.Func{System.Int32}): invokes 0",
                "M:Service.Runs(System.Action): invokes 0",
            ],
            chain.Add("Services", AssemblyChain.Shop +
                """
                public interface IHook { void Ran(); }
                public class Service(IHook hook)
                {
                    public Action? Held { get; set; }
                    public void RunsHeld() => Held!();
                    public void Later() => hook.Ran();
                    public void Runs(Action action) => action();
                    public int Invoked(Func<int>? number) => number?.Invoke() ?? 1;
                    public void HandsOn(Action action) { Later(); Runs(action); }
                    public void Each(List<int> ids, Action<int> action) => ids.ForEach(action);
                    public void Calls() => Runs(() => { });
                    public string Text(List<string> words) => string.Join(' ', words.Where(word => word != "").ToList());
                    public IEnumerable<string> Words(string text) { foreach (var word in text.Split(' ')) yield return word; }
                }
                """));
    }

    [Fact]
    public void What_callers_must_release_and_what_is_released_for_them()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        AssertLines(
            ["M:Connections.Close(Shop): releases 0", "M:Connections.Few(System.Linq.IQueryable{Order}): bounds 0", "M:Connections.Make: returns acquired"],
            chain.Add("Data", AssemblyChain.Shop +
                """
                public static class Connections
                {
                    public static Shop Make() => new();
                    public static void Close(Shop shop) => shop.Dispose();
                    public static List<Order> Few(IQueryable<Order> orders) => orders.Take(3).ToList();
                }
                """));
        AssertLines(
            ["Hands: returns acquired", "Closes: releases 0", "Few: bounds 0"],
            chain.SummariesOf(
                """
                class Report
                {
                    Shop Hands() => Connections.Make();
                    void Closes(Shop shop) => Connections.Close(shop);
                    object Few(IQueryable<Order> orders) => Connections.Few(orders);
                }
                """));
    }

    [Fact]
    public void Work_outside_of_the_store_is_stated_of_what_also_saves()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        AssertLines(
            ["M:Files.Keep(System.String): saves SaveChanges; works outside"],
            chain.Add("Data", AssemblyChain.Shop +
                """
                public class Files(Shop db)
                {
                    public void Keep(string path) { Move(path); db.SaveChanges(); }
                    private static void Move(string path) => MoveTo(path, path + ".old");
                    public static void MoveTo(string path, string other) => System.IO.File.Move(path, other);
                }
                """));
        AssertLines(["Keep: saves Files.Keep → SaveChanges; works outside"], chain.SummariesOf("class Report(Files files) { void Keep(string path) => files.Keep(path); }"));
    }

    [Fact]
    public void Work_that_stays_in_the_program_is_stated_as_possible()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        AssertLines(
            ["M:Files.Keep(System.IO.Stream): saves SaveChanges; may work outside"],
            chain.Add("Data", AssemblyChain.Shop +
                """
                public class Files(Shop db)
                {
                    public void Keep(System.IO.Stream stream) { stream.Write(new byte[1], 0, 1); db.SaveChanges(); }
                }
                """));
        AssertLines(["Keep: saves Files.Keep → SaveChanges; may work outside"], chain.SummariesOf("class Report(Files files) { void Keep(System.IO.Stream stream) => files.Keep(stream); }"));
    }

    [Fact]
    public void Without_a_database_nothing_is_stated()
    {
        var chain = new AssemblyChain(referenceAssemblies: true);
        Assert.Empty(chain.Add("Services", AssemblyChain.Shop + "public class Service { public int Add(int a, int b) => a + b; public Order Make() => new(); }"));
    }

    [Fact]
    public void Broken_code_states_what_can_be_told()
    {
        var compilation = Models.Libraries.Compile(AssemblyChain.Shop.Replace("DbContext", "Microsoft.EntityFrameworkCore.DbContext").Replace("DbSet<", "Microsoft.EntityFrameworkCore.DbSet<") +
            """
            public class Twice { public void Save(Shop db) => db.SaveChanges(); public void Save(Shop db) => db.SaveChanges(); public void Other(Missing x) => x.SaveChanges(; }
            public class Twice : IMissing, Twice { public int Count => ; public Twice(Shop db) : base( { db.SaveChanges(); } public this[int x] => }
            public class { public void SaveChanges( } public void A() { SaveChanges();
            """);
        Assert.NotNull(DbFacts.Export(compilation, [], CancellationToken.None));
    }

    private static void AssertLines(IEnumerable<string> expected, IEnumerable<string> found) => Assert.Equal(string.Join("\n", expected), string.Join("\n", found));
}
