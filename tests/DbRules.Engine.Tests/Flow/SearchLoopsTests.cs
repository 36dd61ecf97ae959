using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class SearchLoopsTests
{
    [Theory]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) return x; }")]
    [InlineData("foreach (var x in ids) { if (await /*here*/Db.ExistsAsync(x)) return x; }")]
    [InlineData("foreach (var x in ids) { if (await /*here*/Db.ExistsAsync(x).ConfigureAwait(false)) { return true; } }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) return true; }")]
    [InlineData("foreach (var x in ids) { var u = n > 3 ? await /*here*/Db.FindAsync(x) : Db.Find(x); if (u != null && u.Id > 3) return u; }")]
    [InlineData("foreach (var x in ids) { var u = n > 3 ? Db.Find(-x) : /*here*/Db.Find(x); if (u != null) { return u; } }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) { n = x; break; } }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x) && x > 3) return true; }")]
    [InlineData("foreach (var x in ids) { if (x > 3 && /*here*/Db.Exists(x)) return true; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x) == true) return true; }")]
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) continue; return x; }")]
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) Db.Save(x); else return true; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u != null) return u; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (null != u) return u; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u is not null) return u; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u is { }) return u.Name; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Find(x) is { } u) return u; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Find(x) is User u) return u; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Find(x) is not { } u) continue; return u; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u == null) continue; return u; }")]
    [InlineData("foreach (var x in ids) { var u = await /*here*/Db.FindAsync(x); if (u != null && u.Id > 3) { Db.Save(u.Id); return u; } }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) > 0) return x; }")]
    [InlineData("foreach (var x in ids) { if (0 < /*here*/Db.Query(x)) return x; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) >= 1) return x; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) != 0) return x; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) == 7) return true; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) is > 0) return true; }")]
    [InlineData("foreach (var x in ids) { var rows = /*here*/Db.List(x); if (rows.Count > 0) return rows; }")]
    [InlineData("foreach (var x in ids) { var rows = /*here*/Db.List(x); if (rows.Any()) return rows; }")]
    [InlineData("foreach (var x in ids) { var rows = /*here*/Db.List(x); if (rows is { Count: > 0 }) return rows; }")]
    [InlineData("User? u = null; foreach (var x in ids) { u = /*here*/Db.Find(x); if (u != null) break; } return u;")]
    [InlineData("User? u = null; for (var i = 0; i < ids.Count && u == null; i++) u = /*here*/Db.Find(ids[i]); return u;")]
    [InlineData("var found = false; for (var i = 0; i < n && !found; i++) found = /*here*/Db.Exists(i); return found;")]
    [InlineData("while (reader.Read()) { if (/*here*/Db.Exists(reader.Id)) break; }")]
    [InlineData("foreach (var x in ids) { var found = /*here*/Db.Query(x) > 0; if (found) return x; }")]
    [InlineData("foreach (var x in ids) { bool missing = await /*here*/Db.FindAsync(x) is null; if (!missing) return x; }")]
    // What was found is gathered, and the next pass does not look any more.
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count > 0) break; all.AddRange(/*here*/Db.List(x)); } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count > 0) break; var rows = await /*here*/Db.ListAsync(x); all.AddRange(rows); } return all;")]
    [InlineData("var all = new HashSet<int>(); foreach (var x in ids) { if (all.Count != 0) { break; } var rows = /*here*/Db.List(x); foreach (var row in rows) { all.Add(row); } } return all;")]
    [InlineData("var all = new HashSet<int>(); foreach (var x in ids) { if (all.Any()) return all; foreach (var row in await /*here*/Db.ListAsync(x)) all.Add(row); } return all;")]
    [InlineData("var all = new List<User>(); foreach (var x in ids) { if (all.Count >= 1) break; var u = /*here*/Db.Find(x); if (u != null) all.Add(u); } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { all.AddRange(/*here*/Db.List(x)); if (all.Any()) break; } return all;")]
    [InlineData("var all = new List<int>(); for (var i = 0; i < n && all.Count == 0; i++) all.AddRange(/*here*/Db.List(i)); return all;")]
    [InlineData("var all = new List<User>(); foreach (var x in ids) { if (all.Count > 0) break; if (/*here*/Db.Find(x) is { } u) all.Add(u); } return all;")]
    [InlineData("var all = new List<User>(); foreach (var x in ids) { if (all?.Any() == true) break; if (/*here*/Db.Find(x) is User u) all.Add(u); } return all;")]
    // The first one that is free.
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) return x; }")]
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) { n = x; break; } }")]
    [InlineData("for (var i = 0; i < n; i++) { var code = name + i; if (!/*here*/Db.Exists(code.Length)) return code; }")]
    public void Search(string code) => Assert.Equal(Exemption.Search, FlowCode.In(code, "Task<object?>").Verdict());

    [Theory]
    // A validation leaves by an error and runs to the end when all is well.
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) return false; }")]
    [InlineData("foreach (var x in ids) { if (!/*here*/Db.Exists(x)) throw new InvalidOperationException(); }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) throw new InvalidOperationException(); }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) return false; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u == null) return false; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u is null) return \"unknown\"; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Find(x) is not { } u) return \"unknown\"; Db.Save(u.Id); }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u == null) throw new InvalidOperationException(); Db.Save(u.Id); }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) == 0) return false; }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Query(x) < 1) return false; }")]
    [InlineData("foreach (var x in ids) { var missing = /*here*/Db.Query(x) == 0; if (missing) return false; }")]
    [InlineData("var valid = true; foreach (var x in ids) { if (!/*here*/Db.Exists(x)) { valid = false; break; } }")]
    // Goes on after a hit.
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u == null) continue; Db.Save(u.Id); }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) n++; }")]
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u != null) { foreach (var y in ids) break; } }")]
    [InlineData("foreach (var x in ids) { switch (x) { case 1: if (/*here*/Db.Exists(x)) break; break; } }")]
    [InlineData("foreach (var x in ids) { if (/*here*/Db.Exists(x)) Policy.Execute(() => { return; }); }")]
    // Leaves for another reason.
    [InlineData("foreach (var x in ids) { var u = /*here*/Db.Find(x); if (x > 10) return u; }")]
    [InlineData("foreach (var x in ids) { /*here*/Db.Find(x); if (n == 3) break; }")]
    // Goes on until it has enough, or leaves for what others have gathered.
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count >= n) break; all.AddRange(/*here*/Db.List(x)); } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count > 100) break; all.AddRange(/*here*/Db.List(x)); } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Any(y => y == x)) break; all.AddRange(/*here*/Db.List(x)); } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count > 0) break; n += /*here*/Db.List(x).Count; } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { all.AddRange(/*here*/Db.List(x)); if (all.Count > 0) return false; } return all;")]
    [InlineData("var all = new List<int>(); foreach (var x in ids) { if (all.Count == 0) n++; all.AddRange(/*here*/Db.List(x)); if (n > 9) break; } return all;")]
    // A return in a delegate ends one pass.
    [InlineData("ids.ForEach(x => { if (/*here*/Db.Exists(x)) return; Db.Save(x); });")]
    [InlineData("var all = ids.Select(x => { var u = /*here*/Db.Find(x); if (u != null) return u; return null; }).ToList();")]
    [InlineData("Parallel.ForEach(ids, x => { if (/*here*/Db.Exists(x)) return; });")]
    public void No_search(string code) => Assert.Equal(Exemption.None, FlowCode.In(code, "Task<object?>").Verdict());

    [Fact]
    public void A_yield_does_not_leave()
    {
        FlowCode flow = FlowCode.Members("IEnumerable<User> All(List<int> ids) { foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u != null) yield return u; } }");
        Assert.Equal(Exemption.None, flow.Verdict());
        flow = FlowCode.Members("IEnumerable<User> All(List<int> ids) { foreach (var x in ids) { var u = /*here*/Db.Find(x); if (u != null) yield break; } }");
        Assert.Equal(Exemption.Search, flow.Verdict());
    }
}
