using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class CachedLookupsTests
{
    private const string Members = """
        private readonly ConcurrentDictionary<int, User?> _shared = new();
        private User? _first;
        private static User? Default;
        private Dictionary<int, User?>? _map;
        private Dictionary<int, int> _names = [];
        private readonly List<int> _numbers = [];
        private static List<int> _cacheOfAll = [];
        private readonly Recent _recentCache = new();
        private readonly RecentCache _recent = new();
        private readonly Recent _newest = new();
        private bool? _any;
        class Recent { public int Count => 0; public bool TryGet(int key, out User? value) { value = null; return false; } public bool Contains(int key) => false; public User? Find(int key) => null; public void Add(User? value) { } }
        class RecentCache : Recent { }
        """;

    [Theory]
    // A branch behind a probe.
    [InlineData("if (!cache.TryGetValue(x, out var u)) { u = /*here*/Db.Find(x); cache.Set(x, u); }")]
    [InlineData("if (!known.TryGetValue(x, out var u)) known[x] = u = /*here*/Db.Find(x);")]
    [InlineData("if (!known.TryGetValue(x, out var u)) known[x] = u = await /*here*/Db.FindAsync(x);")]
    [InlineData("if (known.TryGetValue(x, out var u)) Db.Save(u!.Id); else known[x] = /*here*/Db.Find(x);")]
    [InlineData("if (!known.ContainsKey(x)) known.Add(x, /*here*/Db.Find(x));")]
    [InlineData("if (known.ContainsKey(x) == false) known.Add(x, /*here*/Db.Find(x));")]
    [InlineData("if (known.ContainsKey(x) is false) known.Add(x, /*here*/Db.Find(x));")]
    [InlineData("if (x > 0 && !known.ContainsKey(x)) known.Add(x, /*here*/Db.Find(x));")]
    [InlineData("if (x == 0 || known.ContainsKey(x)) continue; known.Add(x, /*here*/Db.Find(x));")]
    [InlineData("var hit = known.TryGetValue(x, out var u); if (!hit) known[x] = /*here*/Db.Find(x);")]
    [InlineData("var u = known.TryGetValue(x, out var found) ? found : known[x] = /*here*/Db.Find(x);")]
    [InlineData("var u = !known.ContainsKey(x) ? known[x] = /*here*/Db.Find(x) : known[x];")]
    [InlineData("var ok = known.ContainsKey(x) || /*here*/Db.Exists(x);")]
    [InlineData("var bad = !known.ContainsKey(x) && !/*here*/Db.Exists(x);")]
    // The rest of the body behind a probe.
    [InlineData("if (known.ContainsKey(x)) continue; known[x] = /*here*/Db.Find(x);")]
    [InlineData("if (known.ContainsKey(x)) { n++; continue; } { known[x] = /*here*/Db.Find(x); }")]
    [InlineData("if (known.ContainsKey(x)) throw new InvalidOperationException(); known[x] = /*here*/Db.Find(x);")]
    [InlineData("var hit = known.ContainsKey(x); if (hit) continue; known[x] = /*here*/Db.Find(x);")]
    [InlineData("if (!known.TryGetValue(x, out var u) || u!.Id == 0) known[x] = /*here*/Db.Find(x);")]
    // A collection that is loaded as a whole.
    [InlineData("if (_names.Count == 0) { var all = /*here*/Db.List(); _names = all.ToDictionary(i => i); }")]
    [InlineData("if (!_names.Any()) _names = (/*here*/Db.List()).ToDictionary(i => i);")]
    [InlineData("lock (_numbers) { if (_names is null || _names.Count == 0) { _names = (/*here*/Db.List()).ToDictionary(i => i); } }")]
    [InlineData("if (_names.Count > 0) continue; _names = (/*here*/Db.List()).ToDictionary(i => i);")]
    [InlineData("if (_numbers.Count() == 0) _numbers.AddRange(/*here*/Db.List());")]
    [InlineData("if (_cacheOfAll.Count == 0) { /*here*/Db.Query(); }")]
    [InlineData("if (_shared.IsEmpty) { foreach (var i in /*here*/Db.List()) _shared.TryAdd(i, null); }")]
    [InlineData("if (_recentCache.Count == 0) /*here*/Db.Query();")]
    [InlineData("if (!_any.HasValue) _any = /*here*/Db.Exists(0);")]
    [InlineData("if (_any.HasValue) continue; _any = await /*here*/Db.ExistsAsync(0);")]
    [InlineData("if (_any.HasValue == false) { _any = /*here*/Db.Exists(0); }")]
    [InlineData("known.TryGetValue(x, out var kept1); var u = kept1 as User; if (u is null) { u = /*here*/Db.Find(x); known[x] = u; }")]
    [InlineData("var kept1 = cache.Get(x); var kept2 = kept1; var u = kept2; if (u == null) cache.Set(x, await /*here*/Db.FindAsync(x));")]
    // What is called a cache is one.
    [InlineData("if (_recentCache.TryGet(x, out var u)) continue; u = /*here*/Db.Find(x); _recentCache.Add(u);")]
    [InlineData("if (!_recent.TryGet(x, out var u)) { u = await /*here*/Db.FindAsync(x); _recent.Add(u); }")]
    [InlineData("if (!this._recentCache.Contains(x)) _recentCache.Add(/*here*/Db.Find(x));")]
    [InlineData("var hit = _recentCache.TryGet(x, out var u); if (!hit) _recentCache.Add(/*here*/Db.Find(x));")]
    [InlineData("var u = _recent.Find(x); if (u == null) _recent.Add(/*here*/Db.Find(x));")]
    [InlineData("var u = _recentCache.Find(x) ?? /*here*/Db.Find(x);")]
    // A read that says null on a miss.
    [InlineData("var u = cache.Get(x); if (u == null) { u = /*here*/Db.Find(x); cache.Set(x, u); }")]
    [InlineData("var u = cache.Get(x); if (u is null) { u = /*here*/Db.Find(x); cache.Set(x, u); }")]
    [InlineData("var u = await cache.GetAsync(x); if (u is null) { u = await /*here*/Db.FindAsync(x); cache.Set(x, u); }")]
    [InlineData("var u = cache.Get(x); if (null == u) cache.Set(x, /*here*/Db.Find(x));")]
    [InlineData("var u = cache.Get(x); if (u != null) continue; cache.Set(x, /*here*/Db.Find(x));")]
    [InlineData("var u = cache.Get(x); if (u is not null) Db.Save(1); else cache.Set(x, /*here*/Db.Find(x));")]
    [InlineData("if (cache.Get(x) is not { } u) cache.Set(x, u = /*here*/Db.Find(x));")]
    [InlineData("if (cache.Get(x) is User u) continue; cache.Set(x, /*here*/Db.Find(x));")]
    [InlineData("var u = cache.Get(x) ?? /*here*/Db.Find(x);")]
    [InlineData("var u = known.GetValueOrDefault(x) ?? (known[x] = /*here*/Db.Find(x));")]
    [InlineData("var found = cache.Get(x); var u = found ?? /*here*/Db.Find(x);")]
    [InlineData("var found = cache.Get(x); found ??= /*here*/Db.Find(x);")]
    // Something that outlives the pass and is filled once.
    [InlineData("_first ??= /*here*/Db.Find(x);")]
    [InlineData("Default ??= /*here*/Db.Find(x);")]
    [InlineData("known[x] ??= /*here*/Db.Find(x);")]
    [InlineData("_first = _first ?? /*here*/Db.Find(x);")]
    [InlineData("var u = _first ?? (_first = /*here*/Db.Find(x));")]
    [InlineData("if (_first == null) _first = /*here*/Db.Find(x);")]
    [InlineData("if (_first is null) { var u = /*here*/Db.Find(x); _first = u; }")]
    [InlineData("if (_map == null) { _map = /*here*/Db.List().ToDictionary(k => k, k => (User?)null); }")]
    [InlineData("if (_first != null) continue; _first = /*here*/Db.Find(x);")]
    [InlineData("kept ??= /*here*/Db.Find(x);")]
    [InlineData("if (kept == null) kept = /*here*/Db.Find(x);")]
    [InlineData("if (kept is null) kept = await /*here*/Db.FindAsync(x);")]
    [InlineData("if (first) { first = false; /*here*/Db.Query(); }")]
    [InlineData("if (!loaded) { /*here*/Db.Query(); loaded = true; }")]
    [InlineData("if (loaded) break; try { /*here*/Db.Query(); loaded = true; } catch { }")]
    [InlineData("if (kept != null) break; kept = /*here*/Db.Find(x);")]
    // Both shapes at once.
    [InlineData("if (x > 3) { try { if (!known.ContainsKey(x)) { using (stop.Register(() => { })) known[x] = /*here*/Db.Find(x); } } finally { } }")]
    public void Guarded(string body) => Assert.Equal(Exemption.CachedLookup, Loop(body).Verdict());

    [Theory]
    // Runs on a hit.
    [InlineData("if (known.TryGetValue(x, out var u)) /*here*/Db.Find(x);")]
    [InlineData("if (known.ContainsKey(x)) /*here*/Db.Find(x);")]
    [InlineData("if (!known.ContainsKey(x)) continue; /*here*/Db.Find(x);")]
    [InlineData("if (!known.TryGetValue(x, out var u)) Db.Save(x); else /*here*/Db.Find(x);")]
    [InlineData("var ok = known.ContainsKey(x) && /*here*/Db.Exists(x);")]
    [InlineData("var u = cache.Get(x); if (u != null) /*here*/Db.Find(u.Id);")]
    [InlineData("var u = cache.Get(x); if (u == null) continue; /*here*/Db.Find(u.Id);")]
    // May run on a hit.
    [InlineData("if (x > 0 || !known.ContainsKey(x)) /*here*/Db.Find(x);")]
    [InlineData("if (x > 0 && known.ContainsKey(x)) continue; /*here*/Db.Find(x);")]
    [InlineData("if (known.ContainsKey(x)) n++; /*here*/Db.Find(x);")]
    [InlineData("/*here*/Db.Find(x); if (known.ContainsKey(x)) continue;")]
    // Starts anew in every pass.
    [InlineData("User? u = null; u ??= /*here*/Db.Find(x);")]
    [InlineData("User? u = null; if (u == null) u = /*here*/Db.Find(x);")]
    [InlineData("var map = new Dictionary<int, User?>(); map[x] ??= /*here*/Db.Find(x);")]
    [InlineData("var first2 = true; if (first2) { first2 = false; /*here*/Db.Query(x); }")]
    // No cache at all.
    [InlineData("if (name == null) /*here*/Db.Find(x);")]
    [InlineData("if (user.Parent == null) /*here*/Db.Find(x);")]
    [InlineData("var u = user.Parent ?? /*here*/Db.Find(x);")]
    [InlineData("if (!loaded) /*here*/Db.Find(x);")]
    [InlineData("if (!loaded) { /*here*/Db.Find(x); if (x > 5) loaded = true; }")]
    [InlineData("if (_names.Count == 0) { var all = /*here*/Db.List(); Db.Save(all.Count); }")]
    [InlineData("if (_names.Count == 1) _names = (/*here*/Db.List()).ToDictionary(i => i);")]
    [InlineData("if (orders[x].Lines.Count == 0) orders[x].Lines.AddRange(/*here*/Db.List());")]
    [InlineData("var mine = new List<int>(); if (mine.Count == 0) mine.AddRange(/*here*/Db.List());")]
    [InlineData("if (_names.Any()) _names = (/*here*/Db.List()).ToDictionary(i => i);")]
    [InlineData("var other = user; var u = other; if (u is null) /*here*/Db.Find(x);")]
    // Nothing says that it remembers.
    [InlineData("if (_newest.TryGet(x, out var u)) continue; u = /*here*/Db.Find(x);")]
    [InlineData("if (_newest.Count == 0) /*here*/Db.Query();")]
    [InlineData("if (_recentCache.TryGet(x, out var u)) /*here*/Db.Find(x);")]
    [InlineData("_recentCache.Add(null); if (_newest.Find(x) == null) /*here*/Db.Find(x);")]
    [InlineData("if (_any.HasValue) _any = /*here*/Db.Exists(0);")]
    [InlineData("if (!_any.HasValue) /*here*/Db.Exists(0);")]
    [InlineData("bool? mine = null; if (!mine.HasValue) mine = /*here*/Db.Exists(0);")]
    [InlineData("if (x > 2) /*here*/Db.Find(x);")]
    public void Not_guarded(string body) => Assert.Equal(Exemption.None, Loop(body).Verdict());

    [Theory]
    [InlineData("foreach (var o in orders) o.Customer ??= /*here*/Db.Find(o.CustomerId);")]
    [InlineData("foreach (var o in orders) if (o.Customer == null) o.Customer = /*here*/Db.Find(o.CustomerId);")]
    [InlineData("foreach (var o in orders) if (o.Customer is null) { o.Customer = /*here*/Db.Find(o.CustomerId); }")]
    [InlineData("foreach (var o in orders) { if (o.Customer != null) continue; o.Customer = /*here*/Db.Find(o.CustomerId); }")]
    [InlineData("foreach (var o in orders) o.Customer = o.Customer ?? /*here*/Db.Find(o.CustomerId);")]
    [InlineData("foreach (var o in orders) { var c = o.Customer; c ??= /*here*/Db.Find(o.CustomerId); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) { var o = orders[i]; o.Customer ??= /*here*/Db.Find(o.CustomerId); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) orders[i].Customer ??= /*here*/Db.Find(i);")]
    [InlineData("orders.ForEach(o => o.Customer ??= /*here*/Db.Find(o.CustomerId));")]
    public void Filling_each_element_is_no_cache(string code) => Assert.Equal(Exemption.None, FlowCode.In(code).Verdict());

    [Theory]
    [InlineData("foreach (var x in ids) cache.GetOrCreate(x, key => /*here*/Db.Find(key));")]
    [InlineData("foreach (var x in ids) _shared.GetOrAdd(x, key => /*here*/Db.Find(key));")]
    [InlineData("foreach (var x in ids) _shared.GetOrAdd(x, static key => { return /*here*/Db.Find(key); });")]
    public void A_factory_that_runs_on_a_miss_is_in_no_iteration(string code) => Assert.Null(FlowCode.In(code, members: Members).Verdict());

    [Fact]
    public void A_loop_inside_a_factory_is_guarded_from_the_loop_around_it()
    {
        FlowCode flow = FlowCode.In("foreach (var x in ids) _shared.GetOrAdd(x, key => { foreach (var y in ids) /*here*/Db.Find(y); return null; });", members: Members);
        Assert.Single(flow.Iterations.Around(flow.Here));
        Assert.Equal(Exemption.None, flow.Verdict());
    }

    private static FlowCode Loop(string body) =>
        FlowCode.In($"User? kept = null; var first = true; var loaded = false; foreach (var x in ids) {{ {body} }}", members: Members);
}
