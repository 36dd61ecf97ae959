using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>DBR102 where the called code asks the database only when something else did not have the answer.</summary>
public sealed class CallPerElementTestsOfMisses
{
    private const string Loads =
        """
        Order? Load(int id) => _db.Orders.Include(o => o.Lines).FirstOrDefault(o => o.Id == id);
        async Task<Order?> LoadAsync(int id) => await _db.Orders.Include(o => o.Customer).FirstOrDefaultAsync(o => o.Id == id);
        Order LoadBySql(int id) => _connection.QueryFirst<Order>("SELECT * FROM Orders WHERE Id = @id", new { id });
        Order? LoadByCommand(int id) { using var command = _connection.CreateCommand(); command.CommandText = "SELECT Number FROM Orders WHERE Id = " + id; return command.ExecuteScalar() is string text ? new Order { Number = text } : null; }
        Customer LoadCustomer(int id) => _db.Customers.First(c => c.Id == id);
        """;

    private const string Saves =
        """
        private readonly ShopContext? _maybe = null;
        void Begin(ShopContext? given, out ShopContext own) => own = given ?? new ShopContext();
        bool TryBegin(out ShopContext own) { own = null!; return false; }
        void BeginMaybe(out ShopContext? own) => own = null;
        void Save(Order order, ShopContext? given = null) { order.Open = false; if (order.Id > 0 && given == null) Refresh(); }
        async Task<bool> SaveAsync(Order order, ShopContext? given = null) { if (given is not null) return false; return await _db.Orders.AnyAsync(); }
        int SaveBySql(Order order, ShopContext? given) { var rest = 0; if (given is null) { rest = _connection.QueryFirst<int>("SELECT COUNT(*) FROM Orders"); } return rest; }
        string Number(Order order, Order? other = null) => (other ?? _db.Orders.First(o => o.Id == order.Id)).Number;
        void SaveIn(Order order, Report? owner = null) { if (owner != null && order.Id > 0) return; if (owner == null) { using var command = _connection.CreateCommand(); command.CommandText = "SELECT 1"; Use(command.ExecuteScalar()); } }
        void HandOn(Order order, ShopContext? given = null) => Save(order, given);
        Order? Fill(Order order, ShopContext? given = null) { if (given == null) given = Make(); return order; }
        ShopContext Make() { Refresh(); return _db; }
        void SaveWith(Order order, ShopContext? given = null) { if (given != null) Refresh(); }
        void SaveLater(Order order, ShopContext? given = null) { given = _maybe; if (given == null) Refresh(); }
        void Refresh() => Use(_db.Orders.ToList());
        """;

    private const string Draws =
        """
        async Task<bool> NextAsync(int kind) => await _db.Orders.AnyAsync(o => o.CustomerId == kind);
        bool Next() => _db.Orders.Any(o => o.Open);
        string? NextBySql() => _connection.QueryFirstOrDefault<string>("SELECT Number FROM Orders WHERE Open = 1 LIMIT 1");
        """;

    [Theory]
    // A library's cache, or one of the project, that only its name shows.
    [InlineData("Order? Load(int id) { if (_cache.TryGet(id, out var found)) return found; found = _db.Orders.Find(id); _cache.Put(id, found); return found; }")]
    [InlineData("Order? Load(int id) { if (!_known.TryGet(id, out var found)) { found = _db.Orders.First(o => o.Id == id); _known.Put(id, found); } return found; }")]
    [InlineData("Order? Load(int id) { var found = _cache.Find(id); if (found is null) { found = _connection.QueryFirst<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id }); _cache.Put(id, found); } return found; }")]
    [InlineData("object? Load(int id) { if (_cache.Contains(id)) return null; using var command = _connection.CreateCommand(); command.CommandText = \"SELECT 1\"; return command.ExecuteScalar(); }")]
    // A map that is filled as a whole.
    [InlineData("Order? Load(int id) { if (_cache.Count == 0) Refresh(); return _cache.Find(id); } void Refresh() { foreach (var order in _db.Orders.ToList()) _cache.Put(order.Id, order); }")]
    [InlineData("string? Load(int id) { Ensure(); return _texts[id]; } void Ensure() { lock (_db) { if (!_texts.Any()) _texts = _db.Orders.ToDictionary(o => o.Id, o => o.Number); } }")]
    // A field that keeps the answer.
    [InlineData("bool Load(int id) => id > 0 && Any(); bool Any() { if (!_any.HasValue) { _any = _db.Orders.Any(); } return _any.Value; }")]
    [InlineData("bool Load(int id) { if (_any.HasValue) return _any.Value; _any = _connection.ExecuteScalar<bool>(\"SELECT 1\"); return _any.Value; }")]
    // The factory of a cache of the project.
    [InlineData("Order? Load(int id) => _made.Get(id, () => _db.Orders.Find(id));")]
    [InlineData("List<Order>? Load(int id) => All(); List<Order>? All() => _made.Get(\"orders\", () => _db.Orders.ToList());")]
    // What is handed over is of another type.
    [InlineData("string? Load(int id) => Name(_order); string? Name(object? orderOrId) { if (orderOrId is int key) return _db.Orders.Find(key)?.Number; return (orderOrId as Order)?.Number; }")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(object? orderOrId) { if (orderOrId is not Order order) { if (orderOrId is int) { return _db.Orders.First(o => o.Id == (int)orderOrId).Number; } return null; } return order.Number; }")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(object part) { switch (part) { case Order order: return order.Number; case Customer customer: return _connection.QueryFirst<string>(\"SELECT Number FROM Orders WHERE CustomerId = @Id\", customer); default: return null; } }")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(object part) => part switch { Order order => order.Number, int key => Inner(key), _ => null }; string? Inner(int key) => _db.Orders.Find(key)?.Number;")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(object? orderOrId) { if (orderOrId is not int key) return (orderOrId as Order)?.Number; return _db.Orders.Find(key)?.Number; }")]
    // A text that is not in view, in a method that writes by its name.
    [InlineData("private readonly string _sql = Environment.MachineName; int Load(int id) => Insert(id); int Insert(int id) => _connection.QuerySingle<int>(_sql, new { id });")]
    [InlineData("int Load(int id) => UpdateRow(Environment.MachineName, id); int UpdateRow(string sql, int id) => _connection.ExecuteScalar<int>(sql, new { id });")]
    // What is loaded already is not loaded again.
    [InlineData("Order Load(int id) { var lines = _db.Entry(_order).Collection(o => o.Lines); if (lines.IsLoaded == false) lines.Load(); return _order; }")]
    [InlineData("Order Load(int id) { var lines = _db.Entry(_order).Collection(o => o.Lines); var isMissing = lines.IsLoaded is false; if (isMissing && id > 3) lines.Load(); return _order; }")]
    [InlineData("Order Load(int id) { Fill(_order); return _order; } void Fill(Order order) { var lines = _db.Entry(order).Collection(o => o.Lines); if (!lines.IsLoaded) lines.Load(); }")]
    [InlineData("Order Load(int id) { Fill(_order); return _order; } void Fill(Order order) { if (_db.Entry(order).Reference(o => o.Customer).IsLoaded) return; _db.Entry(order).Reference(o => o.Customer).Load(); }")]
    [InlineData("Order Load(int id) { Fill(_order); return _order; } void Fill(Order order) { if (order.Lines is null) _db.Entry(order).Collection(o => o.Lines).Load(); }")]
    [InlineData("private List<OrderLine>? _lines; Order Load(int id) { if (null == _lines) { if (id < 0) throw new ArgumentException(); _db.Entry(_order).Collection(o => o.Lines).Load(); } return _order; }")]
    [InlineData("Order Load(int id) { if (_order.Customer != null) return _order; _db.Entry(_order).Reference(o => o.Customer).Load(); return _order; }")]
    [InlineData("Order Load(int id) { Fill(_order, q => q); return _order; } void Fill(Order order, Func<IQueryable<OrderLine>, IQueryable<OrderLine>>? change) { var lines = _db.Entry(order).Collection(o => o.Lines); var isLoaded = lines.CurrentValue != null || lines.IsLoaded; if (isLoaded == false) { if (change != null) lines.CurrentValue = change(lines.Query()).ToList(); else lines.Load(); } }")]
    public Task Quiet(string members) => RunAsync("foreach (var id in ids) Use(Load(id));", members);

    [Theory]
    [InlineData("async Task<Order?> LoadAsync(int id) { if (_cache.TryGet(id, out var found)) return found; found = await _db.Orders.FindAsync(id); _cache.Put(id, found); return found; }")]
    [InlineData("async Task<Order?> LoadAsync(int id) { var found = await _cache.FindAsync(id); if (found == null) { found = await _connection.QueryFirstAsync<Order>(\"SELECT * FROM Orders WHERE Id = @id\", new { id }); _cache.Put(id, found); } return found; }")]
    [InlineData("async Task<object?> LoadAsync(int id) { if (_cache.Contains(id)) return null; using var command = _connection.CreateCommand(); command.CommandText = \"SELECT 1\"; return await command.ExecuteScalarAsync(); }")]
    [InlineData("async Task<bool> LoadAsync(int id) { if (!_any.HasValue) _any = await _db.Orders.AnyAsync(); return _any.Value; }")]
    [InlineData("Task<Order?> LoadAsync(int id) => _made.GetAsync(id, async () => await _db.Orders.FindAsync(id));")]
    [InlineData("Task<string?> LoadAsync(int id) => NameAsync(_order); async Task<string?> NameAsync(object part) { switch (part) { case int key: return (await _db.Orders.FirstAsync(o => o.Id == key)).Number; } return null; }")]
    [InlineData("async Task<Order> LoadAsync(int id) { var lines = _db.Entry(_order).Collection(o => o.Lines); if (!lines.IsLoaded) await lines.LoadAsync(); return _order; }")]
    public Task Quiet_in_async_code(string members) => RunAsync("foreach (var id in ids) Use(await LoadAsync(id));", members);

    [Theory]
    [InlineData("if (order.Lines == null || order.Lines.Count == 0) Use(Load(order.Id));")]
    [InlineData("var full = order; if (order.Lines == null || !order.Lines.Any()) { full = await LoadAsync(order.Id) ?? order; } Use(full);")]
    [InlineData("if (order.Customer is null) Use(await LoadAsync(order.Id));")]
    [InlineData("if (order.Lines is { Count: > 0 }) continue; Use(LoadBySql(order.Id));")]
    [InlineData("if (order.Lines?.Any() != true) Use(LoadByCommand(order.Id));")]
    [InlineData("if (order.Lines?.Count > 0 && order.Customer != null) { Use(order); } else { Use(Load(order.Id)); }")]
    [InlineData("if (order.Open && order.Customer == null) Use(LoadBySql(order.Id));")]
    public Task Elements_that_came_without_what_belongs_to_them(string statements) => RunAsync("foreach (var order in _orders) { " + statements + " }", Loads);

    [Theory]
    [InlineData("if (order.Customer == null) order.Customer = {|DBR102:LoadCustomer|}(order.CustomerId);")]
    [InlineData("if (order.Lines == null || order.Open) Use({|DBR102:Load|}(order.Id));")]
    [InlineData("if (order.Lines != null && order.Lines.Count > 0) Use(await {|DBR102:LoadAsync|}(order.Id));")]
    [InlineData("if (order.Number == null) Use({|DBR102:LoadBySql|}(order.Id));")]
    [InlineData("if (order.Lines.Count == 0) Use({|DBR102:LoadByCommand|}(order.CustomerId));")]
    [InlineData("if (!order.Open) Use({|DBR102:Load|}(order.Id));")]
    [InlineData("if (_order.Customer == null) Use({|DBR102:Load|}(order.Id));")]
    public Task Elements_that_are_loaded_for_another_reason(string statements) => RunAsync("foreach (var order in _orders) { " + statements + " }", Loads);

    [Theory]
    [InlineData("var own = new ShopContext(); foreach (var order in _orders) Save(order, own);")]
    [InlineData("Begin(null, out var own); foreach (var order in _orders) Save(order, own);")]
    [InlineData("Begin(_maybe, out ShopContext own); foreach (var order in _orders) Use(await SaveAsync(order, own));")]
    [InlineData("var own = _maybe ?? new ShopContext(); foreach (var order in _orders) Use(SaveBySql(order, own));")]
    [InlineData("foreach (var order in _orders) Use(Number(order, new Order()));")]
    [InlineData("foreach (var order in _orders) SaveIn(order, this);")]
    [InlineData("var own = new ShopContext(); foreach (var order in _orders) HandOn(order, own);")]
    [InlineData("var own = new ShopContext(); foreach (var order in _orders) Use(Fill(order, own));")]
    // A package that is not there.
    [InlineData("{|CS0103:Units|}.Begin(_maybe, out ShopContext own, out bool isRoot); foreach (var order in _orders) Save(order, own);")]
    [InlineData("{|CS0103:Units|}.Begin<ShopContext>(out ShopContext own); foreach (var order in _orders) Use(await SaveAsync(order, own));")]
    [InlineData("ShopContext own; {|CS0103:Units|}.Begin(out own); foreach (var order in _orders) Use(SaveBySql(order, own));")]
    public Task What_runs_only_without_an_object_that_is_handed_over(string statements) => RunAsync(statements, Saves);

    [Theory]
    [InlineData("foreach (var order in _orders) {|DBR102:Save|}(order);")]
    [InlineData("foreach (var order in _orders) {|DBR102:Save|}(order, null);")]
    [InlineData("foreach (var order in _orders) Use(await {|DBR102:SaveAsync|}(order, _maybe));")]
    [InlineData("TryBegin(out var own); foreach (var order in _orders) {|DBR102:Save|}(order, own);")]
    [InlineData("BeginMaybe(out var own); foreach (var order in _orders) Use({|DBR102:SaveBySql|}(order, own));")]
    [InlineData("{|CS0103:Units|}.TryBegin(out ShopContext own); foreach (var order in _orders) {|DBR102:Save|}(order, own);")]
    [InlineData("ShopContext own = new(); {|CS0103:Units|}.Begin(out own); own = _maybe; foreach (var order in _orders) {|DBR102:Save|}(order, own);")]
    [InlineData("object own = new(); foreach (var order in _orders) {|DBR102:Save|}(order, own as ShopContext);")]
    [InlineData("var own = new ShopContext(); own = _maybe; foreach (var order in _orders) {|DBR102:HandOn|}(order, own);")]
    [InlineData("var own = new ShopContext(); foreach (var order in _orders) {|DBR102:SaveWith|}(order, own);")]
    [InlineData("var own = new ShopContext(); foreach (var order in _orders) {|DBR102:SaveLater|}(order, own);")]
    public Task What_may_run_with_what_is_handed_over(string statements) => RunAsync(statements, Saves);

    [Theory]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { var done = await NextAsync(3); if (!done) { break; } }")]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { if (!Next()) return; }")]
    [InlineData("var more = true; for (var i = 0; i < _orders.Capacity && more; i++) more = Next();")]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { if (NextBySql() is not { } next) break; Use(next); }")]
    public Task Loops_that_draw_until_nothing_is_left(string statements) => RunAsync(statements, Draws);

    [Theory]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { var done = await {|DBR102:NextAsync|}(i); if (!done) { break; } }")]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { var id = ids[i]; if (!await {|DBR102:NextAsync|}(id)) break; }")]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { Use({|DBR102:Next|}()); }")]
    [InlineData("for (var i = 0; i < _orders.Capacity; i++) { if (!{|DBR102:Next|}()) throw new InvalidOperationException(); }")]
    [InlineData("foreach (var order in _orders) { if (!{|DBR102:Next|}()) return; }")]
    public Task Loops_that_count_elements(string statements) => RunAsync(statements, Draws);

    [Theory]
    [InlineData("Order? Load(int id) { if (_recent.TryGet(id, out var found)) return found; return _db.Orders.Find(id); }")]
    [InlineData("Order? Load(int id) { if (_cache.TryGet(id, out var found)) return _db.Orders.Find(id); return found; }")]
    [InlineData("Order? Load(int id) { _cache.Put(id, null); return _db.Orders.Find(id); }")]
    [InlineData("bool Load(int id) { bool? any = null; if (!any.HasValue) any = _db.Orders.Any(o => o.Id == id); return any.Value; }")]
    [InlineData("string? Load(int id) => Name(id); string? Name(object? orderOrId) { if (orderOrId is Order order) return order.Number; return _db.Orders.Find(orderOrId)?.Number; }")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(object part) { switch (part) { case int: return null; default: return _db.Orders.First().Number; } }")]
    [InlineData("string? Load(int id) => Name(_order); string? Name(Order? order) { if (order is { Id: > 3 }) return _db.Orders.First().Number; return null; }")]
    [InlineData("Order? Load(int id) => _forgetful.Get(id, () => _db.Orders.Find(id));")]
    [InlineData("Order Load(int id) { var lines = _db.Entry(_order).Collection(o => o.Lines); if (lines.IsLoaded) lines.Load(); return _order; }")]
    [InlineData("Order Load(int id) { _db.Entry(_order).Collection(o => o.Lines).Load(); return _order; }")]
    [InlineData("Order Load(int id) { var lines = _db.Entry(_order).Collection(o => o.Lines); if (!lines.IsLoaded || id > 3) lines.Load(); return _order; }")]
    [InlineData("int Load(int id) => UpdateTotal(Environment.MachineName); int UpdateTotal(string sql) { using var command = _connection.CreateCommand(); command.CommandText = sql; using var reader = command.ExecuteReader(); var sum = 0; while (reader.Read()) sum += reader.GetInt32(0); return sum; }")]
    [InlineData("int Load(int id) => Find(Environment.MachineName, id); int Find(string sql, int id) => _connection.ExecuteScalar<int>(sql, new { id });")]
    public Task Reported(string members) => RunAsync("foreach (var id in ids) Use({|DBR102:Load|}(id));", members);

    private static Task RunAsync(string statements, string members) => RoundTripTest.RunSourceAsync(
        $$"""
        class Report(ShopContext db, DbConnection connection)
        {
            private readonly ShopContext _db = db;
            private readonly DbConnection _connection = connection;
            private readonly Recent _cache = new();
            private readonly RecentCache _known = new();
            private readonly Recent _recent = new();
            private readonly MadeCache _made = new();
            private readonly Forgetful _forgetful = new();
            private readonly Order _order = new();
            private readonly List<Order> _orders = [];
            private Dictionary<int, string> _texts = [];
            private bool? _any;

            async Task RunAsync(int[] ids)
            {
                {{statements}}
                await Task.Yield();
            }

            {{members}}

            static void Use(object? value) { }
        }

        class Recent
        {
            private readonly Dictionary<int, Order?> _orders = [];

            public int Count => _orders.Count;

            public bool TryGet(int id, out Order? order) => _orders.TryGetValue(id, out order);

            public bool Contains(int id) => _orders.ContainsKey(id);

            public Order? Find(int id) => _orders.GetValueOrDefault(id);

            public Task<Order?> FindAsync(int id) => Task.FromResult(Find(id));

            public void Put(int id, Order? order) => _orders[id] = order;
        }

        class RecentCache : Recent { }

        class Entry { public object? Value { get; set; } }

        class MadeCache
        {
            private readonly Entry?[] _entries = new Entry?[3];

            public T? Get<T>(object key, Func<T> make)
            {
                var entry = GetEntryAsync(key).Result;
                if (entry != null)
                    return (T?)entry.Value;
                lock (_entries)
                {
                    entry = GetEntryAsync(key).GetAwaiter().GetResult();
                    if (entry == null)
                        _entries[0] = entry = new Entry { Value = make() };
                }

                return (T?)entry.Value;
            }

            public async Task<T?> GetAsync<T>(object key, Func<Task<T>> make)
            {
                var entry = (await GetEntryAsync(key)).Value;
                if (entry != null)
                    return (T?)entry;
                return await make();
            }

            private Task<Entry> GetEntryAsync(object key) => Task.FromResult(_entries[0]!);
        }

        class Forgetful { public T Get<T>(object key, Func<T> make) => make(); }
        """);
}
