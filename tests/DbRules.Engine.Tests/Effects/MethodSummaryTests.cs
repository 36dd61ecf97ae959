using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>What functions do to a store, callees included: each test states the summary above every function of its code.</summary>
public sealed class MethodSummaryTests
{
    [Fact]
    public void Calls_of_the_same_class() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= reads Report.Load → First
            void Run() => Load();

            //= reads First
            Order Load() => db.Orders.First();

            //= saves SaveChanges
            void Save() => db.SaveChanges();

            //= saves Report.Save → SaveChanges
            void Store() { db.Add(new Order()); Save(); }

            //= reads Report.Load → First; saves Report.Save → SaveChanges
            void Both() { Save(); Load(); }

            //= writes ExecuteDelete
            void Clear() => db.Orders.ExecuteDelete();

            void Pure() => Console.WriteLine(db);

            void Empty() { }
        }
        """);

    [Fact]
    public void Work_outside_is_certain_or_possible() => SummaryCode.Check(
        """
        interface IMailer
        {
            //= may write
            Task SendAsync();

            //= may write
            void Queue();
        }

        interface IOrderStore
        {
            //= may write
            Task<Order?> FindAsync(int id);
        }

        class Files(System.IO.Stream stream, IMailer mailer, IOrderStore orders)
        {
            //= works outside
            void Move() => System.IO.File.Move("a", "b");

            //= may work outside
            void Put() => stream.Write(new byte[1]);

            //= may work outside
            async Task PutAsync() { await stream.WriteAsync(new byte[1]); await Task.Yield(); }

            //= may work outside
            void Wait() => System.Threading.Thread.Sleep(1);

            //= works outside
            void Both() { Put(); Move(); Put(); }

            //= works outside; may write
            Task SendAsync() => mailer.SendAsync();

            //= may write
            void Queue() => mailer.Queue();

            //= may write
            Task<Order?> FindAsync() => orders.FindAsync(1);

            long Size() => stream.Length;

            void Print() => Console.WriteLine(stream);
        }
        """);

    [Fact]
    public void The_shortest_way_is_named() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= reads Report.Two → First
            void Long() { Three(); Two(); }

            //= reads First
            Order Two() => db.Orders.First();

            //= reads Report.Two → First
            Order Three() => Two();

            //= reads Report.A → First
            void Equal() { B(); A(); }

            //= reads First
            Order A() => db.Orders.First();

            //= reads First
            Order B() => db.Orders.First();
        }
        """);

    [Fact]
    public void Constructors_accessors_indexers_and_operators() => SummaryCode.Check(
        """
        class Row
        {
            private readonly Shop _db;

            //= reads Find
            public Row(Shop db, int id) { _db = db; Order = db.Orders.Find(id); }

            //= reads new Row → Find
            public Row(Shop db) : this(db, 1) { }

            public Order? Order { get; set; }

            //= reads Count
            public int Lines => _db.Lines.Count();

            public int Total
            {
                //= reads Count
                get { return _db.Orders.Count(); }
                //= saves SaveChanges
                set { _db.SaveChanges(); }
            }

            //= reads Find
            public Order? this[int id] => _db.Orders.Find(id);

            //= reads First
            public static Row operator +(Row row, int id) { row._db.Orders.First(); return row; }

            //= reads Count
            public static implicit operator int(Row row) => row._db.Orders.Count();
        }

        class Use
        {
            //= reads new Row → Find
            object Made(Shop db) => new Row(db, 1);

            //= reads Row.Lines → Count
            int Property(Row row) => row.Lines;

            //= saves Row.Total → SaveChanges
            void Set(Row row) => row.Total = 1;

            //= reads Row.Total → Count
            int Get(Row row) => row.Total;

            Order? Automatic(Row row) => row.Order;

            //= reads Row.this[] → Find
            object? Indexer(Row row) => row[1];

            //= reads Row.row + 1 → First
            Row Operator(Row row) => row + 1;

            //= reads Row.row → Count
            int Conversion(Row row) => row;
        }
        """);

    [Fact]
    public void Local_functions_lambdas_and_delegates() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= reads Load → First
            void LocalFunction()
            {
                Load();
                //= reads First
                Order Load() => db.Orders.First();
            }

            void NeverCalled()
            {
                //= reads First
                Order Load() => db.Orders.First();
            }

            //= reads load → Find
            void Held()
            {
                Func<int, Order?> load =
                    //= reads Find
                    id => db.Orders.Find(id);
                load(1);
            }

            //= reads load → First
            void Group()
            {
                Func<Order> load = Load;
                load();
            }

            //= reads First
            Order Load() => db.Orders.First();

            //= invokes 0
            void Run(Action action) => action();

            //= invokes 1 for each of 0
            void Each(List<int> ids, Action<int> action) { foreach (var id in ids) action(id); }

            //= invokes 0
            void HandsOn(Action action) => Run(action);

            //= reads Report.Run → First
            void PassesLambda() => Run(
                //= reads First
                () => db.Orders.First());

            //= repeats Report.Each → Find; for each of 0
            void PassesPerElement(List<int> ids) => Each(ids,
                //= reads Find
                id => db.Orders.Find(id));

            //= reads Report.HandsOn → First
            void PassesTwice() => HandsOn(
                //= reads First
                () => db.Orders.First());

            //= may write
            void UnknownDelegate() => Field();

            private Action Field = null!;
        }
        """);

    [Fact]
    public void What_the_code_itself_repeats_is_no_business_of_callers() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= repeats Find; for each of 0
            void Loop(int[] ids) { foreach (var id in ids) db.Orders.Find(id); }

            //= repeats Report.Load → Find; for each of 1
            void Calls(int first, List<int> ids) => ids.ForEach(id => Load(id));

            //= reads Find
            Order? Load(int id) => db.Orders.Find(id);

            //= repeats Report.Loop → Find; for each of 0
            void Above(int[] ids) => Loop(ids);

            //= reads Find
            void Few() { foreach (var id in new[] { 1, 2 }) db.Orders.Find(id); }
        }
        """);

    [Fact]
    public void Caches_and_errors() => SummaryCode.Check(
        """
        class Store(Shop db)
        {
            private readonly Dictionary<int, Order?> _orders = new();
            private Order? _first;
            private bool _loaded;

            //= reads on miss
            Order? Remembered(int id)
            {
                if (_orders.TryGetValue(id, out var order))
                    return order;
                return _orders[id] = db.Orders.Find(id);
            }

            //= reads on miss
            Order First() => _first ??= db.Orders.First();

            //= reads on miss
            Order Null()
            {
                if (_first == null)
                    _first = db.Orders.First();
                return _first;
            }

            //= reads on miss
            void Once()
            {
                if (_loaded)
                    return;
                _loaded = true;
                db.Orders.Load();
            }

            //= reads on miss
            void Above() => First();

            void OnError() { try { } catch (DbException) { db.Orders.First(); } }

            //= reads First
            Order? OfParameter(Line line) => line.Order == null ? db.Orders.First() : line.Order;
        }
        """);

    [Fact]
    public void Recursion_ends() => SummaryCode.Check(
        """
        class Tree(Shop db)
        {
            //= reads db.Lines.Where(l => l.OrderId == id); repeats Tree.Walk → db.Lines.Where(l => l.OrderId == id)
            void Walk(int id) { foreach (var line in db.Lines.Where(l => l.OrderId == id)) Walk(line.Id); }

            //= reads Find
            void A(int n) { db.Orders.Find(n); B(n); }

            //= reads Tree.A → Find
            void B(int n) { if (n > 0) A(n - 1); }

            void Endless() => Endless();

            void C() => D();
            void D() => C();
        }
        """);

    [Fact]
    public void Caches_of_the_project() => SummaryCode.Check(
        """
        interface ICache
        {
            //= invokes 1 on miss
            T GetOrAdd<T>(string key, Func<T> make);

            //= invokes 1 on miss
            T Through<T>(string key, Func<T> make);
        }

        class MemoryCache(Dictionary<string, object> values) : ICache
        {
            //= invokes 1 on miss
            public T GetOrAdd<T>(string key, Func<T> make)
            {
                if (!values.TryGetValue(key, out var value))
                    values[key] = value = make()!;
                return (T)value;
            }

            //= invokes 1 on miss
            public T Through<T>(string key, Func<T> make)
            {
                if (!values.TryGetValue(key, out var value))
                    values[key] = value = make()!;
                return (T)value;
            }
        }

        class NoCache : ICache
        {
            //= invokes 1
            public T GetOrAdd<T>(string key, Func<T> make) => make();

            //= invokes 1
            public T Through<T>(string key, Func<T> make) => make();
        }

        class Report(Shop db, ICache cache, NoCache none)
        {
            //= reads on miss
            Order ByName() => cache.GetOrAdd("first",
                //= reads First
                () => db.Orders.First());

            //= reads on miss
            Order ByCode() => cache.Through("first",
                //= reads First
                () => db.Orders.First());

            //= reads NoCache.Through → First
            Order None() => none.Through("first",
                //= reads First
                () => db.Orders.First());
        }
        """);

    [Fact]
    public void Interfaces_and_overrides_do_what_all_of_them_do() => SummaryCode.Check(
        """
        interface IStore
        {
            //= reads Find
            Order? Find(int id);

            //= saves SaveChanges
            void Save();
        }

        class Store(Shop db) : IStore
        {
            //= reads Find
            public Order? Find(int id) => db.Orders.Find(id);

            //= saves SaveChanges
            public void Save() => db.SaveChanges();
        }

        class LoggingStore(IStore inner) : IStore
        {
            //= reads IStore.Find → Find
            public Order? Find(int id) { Console.WriteLine(id); return inner.Find(id); }

            //= saves IStore.Save → SaveChanges
            public void Save() => inner.Save();
        }

        class Report(IStore store)
        {
            //= reads IStore.Find → Find
            object? Run() => store.Find(1);
        }

        interface IMixed { Order? Find(int id); }

        class Local : IMixed
        {
            public Order? Find(int id) => null;
        }

        class InStore(Shop db) : IMixed
        {
            //= reads Find
            public Order? Find(int id) => db.Orders.Find(id);
        }

        class MixedReport(IMixed store)
        {
            object? Run() => store.Find(1);
        }

        interface IKeyed
        {
            //= reads Find
            Order? Find(int id);

            Order? FindByName(string name);
        }

        class Keyed(Shop db) : IKeyed
        {
            //= reads Find
            public Order? Find(int id) => db.Orders.Find(id);

            public Order? FindByName(string name) => throw new NotSupportedException();
        }

        class Named : IKeyed
        {
            public Order? Find(int id) { throw new NotSupportedException(); }

            public Order? FindByName(string name) => null;
        }

        interface INowhere
        {
            //= may write
            Order? Find(int id);
        }

        class Unknown(INowhere store)
        {
            //= may write
            object? Run() => store.Find(1);
        }

        abstract class Repository<T>(Shop db) where T : class
        {
            //= reads Find
            public virtual T? Get(int id) => db.Set<T>().Find(id);

            //= may write
            public abstract void Keep();
        }

        class Orders(Shop db) : Repository<Order>(db)
        {
            private readonly Shop _db = db;

            //= saves SaveChanges
            public override void Keep() => _db.SaveChanges();
        }

        class Lines(Shop db) : Repository<Line>(db)
        {
            private readonly Shop _db = db;

            //= reads First
            public override Line? Get(int id) => _db.Lines.First();

            //= writes ExecuteDelete
            public override void Keep() => _db.Lines.ExecuteDelete();
        }

        class Use(Orders orders, Repository<Order> any)
        {
            //= reads Repository.Get → Find
            object? One() => orders.Get(1);

            //= reads Repository.Get → Find
            object? Any() => any.Get(1);

            //= saves Orders.Keep → SaveChanges
            void Keep() => orders.Keep();

            //= may write
            void KeepAny() => any.Keep();
        }
        """);

    [Fact]
    public void A_library_member_may_implement_an_interface_of_the_project() => SummaryCode.Check(
        """
        interface IShop
        {
            //= saves SaveChanges
            int SaveChanges();
        }

        class OwnShop : Shop, IShop { }

        class Report(IShop shop)
        {
            //= saves IShop.SaveChanges → SaveChanges
            void Run() => shop.SaveChanges();
        }
        """);

    [Fact]
    public void Iterators_run_where_they_are_enumerated() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= reads First; lazy
            IEnumerable<Order> Stream() { yield return db.Orders.First(); }

            //= reads ToListAsync; lazy
            async IAsyncEnumerable<Order> StreamAsync() { foreach (var order in await db.Orders.ToListAsync()) yield return order; }

            //= reads Report.Stream → First
            void Walks() { foreach (var order in Stream()) Console.WriteLine(order); }

            //= reads Report.StreamAsync → ToListAsync
            async Task WalksAsync() { await foreach (var order in StreamAsync()) Console.WriteLine(order); }

            //= reads Report.Stream → First
            object Lists() => Stream().Where(o => o.Id > 0).ToList();

            object HandsOn() => Stream();

            void Keeps() { var later = Stream(); }
        }
        """);

    [Fact]
    public void Transactions() => SummaryCode.Check(
        """
        class Report(Shop db)
        {
            //= begins
            void Open() => db.Database.BeginTransaction();

            //= begins; commits
            void Both() { Open(); db.Database.CommitTransaction(); }

            //= rolls back
            void Undo(DbTransaction transaction) => transaction.Rollback();
        }
        """);

    [Fact]
    public void What_is_handed_out_and_released() => SummaryCode.Check(
        """
        class Connections(string text)
        {
            //= returns acquired
            NpgsqlConnection Make() => new NpgsqlConnection(text);

            //= returns acquired
            NpgsqlConnection Open()
            {
                var connection = Make();
                connection.Open();
                return connection;
            }

            //= returns acquired
            DbCommand Command(DbConnection connection) => connection.CreateCommand();

            //= releases 1
            void Close(int first, DbConnection connection) => connection.Close();

            //= releases 0
            void HandsOn(DbConnection connection) => Close(1, connection);

            //= reads Query; releases 0
            void Uses(DbConnection connection) { using (connection) connection.Query("SELECT 1"); }

            //= reads Query
            void Borrows(DbConnection connection) => connection.Query("SELECT 1");

            //= returns acquired; may write
            DbDataReader Sends(DbCommand command) => command.ExecuteReader();

            string Text() => text;
        }
        """);

    [Fact]
    public void Queries_that_are_run_with_a_limit() => SummaryCode.Check(
        """
        static class Pages
        {
            //= bounds 0
            static List<T> Page<T>(this IQueryable<T> query, int page) => query.Skip(page * 10).Take(10).ToList();

            //= bounds 0
            static T Top<T>(IQueryable<T> query) => query.First();

            //= bounds 1
            static List<T> HandsOn<T>(int page, IQueryable<T> query) => query.Page(page);

            //= reads ToListAsync; bounds 0
            static Task<List<T>> PageAsync<T>(this IQueryable<T> query) => query.Take(10).ToListAsync();

            static List<T> All<T>(IQueryable<T> query) => query.ToList();
        }
        """);

    [Fact]
    public void Flags_that_switch_code_off() => SummaryCode.Check(
        """
        interface IOrders
        {
            //= saves SaveChanges
            void Remove(Order order, bool save);
        }

        class Orders(Shop db) : IOrders
        {
            //= saves SaveChanges
            public void Remove(Order order, bool save) { db.Orders.Remove(order); if (save) db.SaveChanges(); }
        }

        class LoggedOrders(IOrders inner) : IOrders
        {
            //= saves IOrders.Remove → SaveChanges
            public void Remove(Order order, bool save) { Console.WriteLine(order); inner.Remove(order, save); }
        }

        class Report(Shop db, IOrders orders, bool flag)
        {
            void Stages(Order order) => orders.Remove(order, false);

            //= saves IOrders.Remove → SaveChanges
            void Saves(Order order) => orders.Remove(order, true);

            //= saves IOrders.Remove → SaveChanges
            void Either(Order order) => orders.Remove(order, flag);

            //= reads First
            Order Load(bool all, bool quick = false)
            {
                if (quick || !all)
                    return null;
                return db.Orders.First();
            }

            void Nothing() { Load(false); Load(true, true); Load(quick: true, all: flag); }

            //= reads Report.Load → First
            void Something() => Load(all: true);

            //= reads First
            Order Known(Order given = null) => given ?? db.Orders.First();

            //= reads First
            Order Made(Order given = null) { if (given is not null) return given; return db.Orders.First(); }

            Order KnownOfNew() { var own = new Order(); Made(own); return Known(new Order()); }

            //= reads Report.Made → First
            Order MadeOfNull(Order given) => Made(given);

            //= reads First
            Order Jumps(bool quick)
            {
                if (quick)
                    goto Read;
                return null;
            Read:
                return db.Orders.First();
            }

            //= reads Report.Jumps → First
            void Read() => Jumps(true);
        }
        """);
}
