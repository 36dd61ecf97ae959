using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

/// <summary>All questions over unusual and broken code: every one is answered, none throws.</summary>
public sealed class RobustnessTests
{
    [Theory]
    [InlineData("void M() { }")]
    [InlineData("abstract void M();")]
    [InlineData("int M() => Db.Query(1);")]
    [InlineData("int P => Db.Query(1);")]
    [InlineData("int P { get => Db.Query(1); set { foreach (var x in new[] { value }) Db.Query(x); } }")]
    [InlineData("int P { get; } = Db.Query(1);")]
    [InlineData("int this[int x] => Db.Query(x);")]
    [InlineData("int _field = Db.Query(1), _other = new[] { 1 }.Select(x => Db.Query(x)).First();")]
    [InlineData("Func<int> _field = () => { foreach (var x in new[] { 1, 2 }) Db.Query(x); return 1; };")]
    [InlineData("Case() : this(Db.Query(1)) { } Case(int x) { while (x > 0) Db.Query(x--); }")]
    [InlineData("static Case() { Db.Query(1); }")]
    [InlineData("~Case() { Db.Query(1); }")]
    [InlineData("public static Case operator +(Case a, Case b) { Db.Query(1); return a; }")]
    [InlineData("event Action E { add { Db.Query(1); } remove { } }")]
    [InlineData("void M(int x = 5) { M(Db.Query(x)); }")]
    [InlineData("int M(int x) => x > 0 ? M(x - 1) + Db.Query(x) : 0;")]
    [InlineData("void A() => B(); void B() { foreach (var x in new[] { 1 }) { Db.Query(x); A(); } }")]
    [InlineData("int M(int x) => x switch { 1 => Db.Query(1), > 3 and < 5 when Db.Exists(x) => 2, _ => throw new Exception() };")]
    [InlineData("void M() { try { Db.Query(); } catch (Exception e) when (Db.Exists(e.HResult)) { throw; } finally { try { Db.Query(); } finally { Db.Query(); } } }")]
    [InlineData("void M(int n) { again: Db.Query(); if (n-- > 0) goto again; switch (n) { case 1: Db.Query(); goto case 2; case 2: break; } }")]
    [InlineData("IEnumerable<int> M(List<int> ids) { foreach (var x in ids) { yield return Db.Query(x); } yield break; }")]
    [InlineData("async IAsyncEnumerable<int> M(List<int> ids) { await foreach (var y in M(ids)) { yield return await Db.QueryAsync(y); } }")]
    [InlineData("async Task M() { using var a = new CancellationTokenSource(); await using var b = Make(); Db.Query(); async IAsyncEnumerator<int> Make() { yield return Db.Query(); await Task.Yield(); } }")]
    [InlineData("void M() { lock (this) { checked { unchecked { Db.Query(); } } } }")]
    [InlineData("unsafe void M(int[] a) { fixed (int* p = a) { Db.Query(*p); } }")]
    [InlineData("void M() { int Local(int x) => x == 0 ? 0 : Local(Db.Query(x)); Local(3); void Dead() { Dead(); } }")]
    [InlineData("void M() { return; Db.Query(); while (true) { Db.Query(); } }")]
    [InlineData("void M() { for (;;) { for (;;) { Db.Query(); break; } } }")]
    [InlineData("void M(dynamic d) { foreach (var x in d) { Db.Query(x.Id); d.Next(); } }")]
    [InlineData("void M() { var a = new { X = Db.Query(), Y = new[] { 1 } }; var b = a with { X = 3 }; }")]
    [InlineData("void M(object o) { if (o is (int x, [var y, .. var rest]) and not null) Db.Query(x); }")]
    [InlineData("void M(Span<int> s) { foreach (ref var x in s) { x = Db.Query(x); ref var y = ref s[0]; y++; } }")]
    [InlineData("(int, int) M() { var (a, (b, c)) = (1, (2, 3)); (a, b) = (b, a); return (Db.Query(a), c); }")]
    [InlineData("string M(int x) => $\"{Db.Query(x)} {x:N2}\" + nameof(Db.Query);")]
    [InlineData("int M(List<int> a) => (from x in a join y in a on Db.Query(x) equals y into g orderby Db.Query(x) group g by x into h select h.Key).Count();")]
    // Half-typed and wrong code.
    [InlineData("void M() { foreach (var x in ")]
    [InlineData("void M() { foreach (var x in ) Db.Query(x); }")]
    [InlineData("void M() { foreach (x in ids) Db.Query(x); }")]
    [InlineData("void M() { for (var i = 0; i < ; i++ Db.Query(i); }")]
    [InlineData("void M() { for (var i = ; ; ) Db.Query(i) }")]
    [InlineData("void M() { while ( { Db.Query(); }")]
    [InlineData("void M() { while (reader.Read()) Db.Query(reader.Id); }")]
    [InlineData("void M() { do { Db.Query(); } while }")]
    [InlineData("void M() { Db.Query(Db.Query(; }")]
    [InlineData("void M() { missing.ForEach(x => Db.Query(x)); missing?.Other.ForEach(x => { Db.Query(x); }); }")]
    [InlineData("void M() { ids.Select(x => Db.Query(x)); new Missing(x => Db.Query(x)); }")]
    [InlineData("void M() { var a = b; var b = a; foreach (var x in a) Db.Query(x); }")]
    [InlineData("void M() { var a = a; a ??= Db.Query(a); if (a == ) Db.Query(); }")]
    [InlineData("void M() { if (!cache.TryGetValue(k, out v)) { v = Db.Find(k); cache[k] = v; } break; continue; return 3; }")]
    [InlineData("void M() { foreach (var x in new[] { 1 }) { Db.Query(x) } } void M() { Db.Query(1); }")]
    [InlineData("void M() { try { Db.Query(); } while (true) catch }")]
    [InlineData("void M() { goto nowhere; Db.Query(); }")]
    [InlineData("int M() { Db.Query(1).. } }}}")]
    [InlineData("async void M() { await foreach (var x in 5) { await Db.Query(x); } }")]
    [InlineData("void M() { yield return Db.Query(); Func<int> f = () => { yield return Db.Query(); }; }")]
    [InlineData("int M() => throw; int P => ; int Q { get => }")]
    [InlineData("int[] _a = [.. _a, Db.Query(1)]; static readonly int[] B = C; static readonly int[] C = B; void M() { foreach (var x in B) Db.Query(x); foreach (var x in _a) Db.Query(x); }")]
    public void Members_end_and_do_not_throw(string members) => AskEverything(FlowCode.Members(members, mayHaveErrors: true));

    [Theory]
    [InlineData("foreach (var x in args) Db.Query(x.Length);")]
    [InlineData("await foreach (var x in Stream()) { await Db.QueryAsync(x); } async IAsyncEnumerable<int> Stream() { yield return Db.Query(); }")]
    [InlineData("using var source = new CancellationTokenSource(); while (!source.IsCancellationRequested) Db.Query();")]
    [InlineData("foreach (var x in args { Db.Query(x")]
    public void Top_level_statements_end_and_do_not_throw(string statements) => AskEverything(FlowCode.Program(statements, mayHaveErrors: true));

    [Fact]
    public void Top_level_loops_are_found()
    {
        FlowCode flow = FlowCode.Program("foreach (var x in args) /*here*/Db.Query(x.Length);");
        Assert.Equal(Exemption.None, flow.Verdict());
        Assert.NotNull(Paths.Around(flow.Here, CancellationToken.None));
    }

    [Theory]
    [InlineData("int P => new[] { 1, 2, 3, 4, 5, 6 }.Select(x => /*here*/Db.Query(x)).Sum();")]
    [InlineData("int _p = new[] { 1, 2, 3, 4, 5, 6 }.Select(x => /*here*/Db.Query(x)).Sum();")]
    [InlineData("int P { get; } = new[] { 1, 2, 3, 4, 5, 6 }.Select(x => /*here*/Db.Query(x)).Sum();")]
    [InlineData("Case() : this(new[] { 1, 2, 3, 4, 5, 6 }.Select(x => /*here*/Db.Query(x)).Sum()) { } Case(int x) { }")]
    [InlineData("int P { get { foreach (var x in new int[9]) /*here*/Db.Query(x); return 1; } }")]
    [InlineData("int M(int y) => y switch { 1 => new int[9].Select(x => /*here*/Db.Query(x)).Sum(), _ => 0 };")]
    [InlineData("IEnumerable<int> M(List<int> ids) { foreach (var x in ids) yield return /*here*/Db.Query(x); }")]
    [InlineData("async IAsyncEnumerable<int> M(IAsyncEnumerable<int> ids) { await foreach (var x in ids) { yield return await /*here*/Db.QueryAsync(x); } }")]
    public void Loops_are_found_in_every_kind_of_body(string members)
    {
        FlowCode flow = FlowCode.Members(members);
        Assert.Equal(Exemption.None, flow.Verdict());
        Assert.NotNull(Paths.Around(flow.Here, CancellationToken.None));
    }

    [Fact]
    public void Deep_code_ends()
    {
        string sum = "Db.Query(0)" + string.Concat(Enumerable.Range(1, 2000).Select(i => $" + n"));
        string conditions = "Db.Exists(0)" + string.Concat(Enumerable.Range(1, 2000).Select(i => " && n > 1"));
        string blocks = string.Concat(Enumerable.Repeat("{ if (n > 1) ", 150)) + "{ Db.Query(n); }" + string.Concat(Enumerable.Repeat(" }", 150));
        string locals = "var l0 = x;" + string.Concat(Enumerable.Range(1, 2000).Select(i => $" var l{i} = l{i - 1};")) + " Db.Query(l2000);";
        string lambdas = string.Concat(Enumerable.Repeat("Policy.Execute(() => ", 20)) + "Db.Query(n)" + new string(')', 20) + ";";
        string chain = "ids" + string.Concat(Enumerable.Repeat(".Where(x => x > 1)", 100)) + ".Select(x => Db.Query(x)).ToList();";
        foreach (string code in new[] { $"Db.Save({sum});", $"if ({conditions}) return;", $"foreach (var y in ids) {{ if ({conditions}) return; }}", blocks, $"foreach (var x in ids) {{ {locals} }}", lambdas, chain })
            AskEverything(FlowCode.Members($"void M(List<int> ids, int n) {{ {code} }}"));
    }

    [Fact]
    public void Long_code_ends()
    {
        string body = string.Concat(Enumerable.Range(0, 300).Select(i => $"foreach (var x{i} in ids) {{ try {{ if (n > {i}) Db.Query(x{i}); }} catch {{ n++; }} }}\n"));
        AskEverything(FlowCode.Members($"void M(List<int> ids, int n) {{ {body} }}"));
    }

    private static void AskEverything(FlowCode flow)
    {
        var calls = new List<IInvocationOperation>();
        foreach (IOperation root in flow.Roots)
        {
            Operations.Visit(root, calls, static (operation, calls) =>
            {
                if (operation is IInvocationOperation call)
                    calls.Add(call);
                return true;
            });
        }

        foreach (IInvocationOperation call in calls.Where(call => call.TargetMethod.ContainingType?.Name == "Db"))
            Ask(flow, call);
    }

    private static void Ask(FlowCode flow, IInvocationOperation call)
    {
        Paths? paths = Paths.Around(call, CancellationToken.None);
        paths?.CanFollow(call, call);
        paths?.IsDominatedBy(call, call);
        paths?.AlwaysReaches(call, call);
        foreach (Iteration iteration in flow.Iterations.Around(call))
        {
            paths?.RepeatsAfterSuccess(call, iteration.Operation);
            new CachedLookups(FlowCode.Vocabulary, flow.Origins).IsGuarded(call, iteration);
            new SearchLoops(flow.Origins).LeavesOnHit(call, iteration);
            var variance = new Variance(iteration, flow.Origins, static _ => false);
            foreach (IArgumentOperation argument in call.Arguments)
                variance.Of(argument.Value);
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            flow.Origins.Resolve(argument.Value);
            Operations.RootSymbol(argument.Value);
            if (Operations.Referenced(argument.Value) is { } symbol)
                Mutations.MayChange(symbol, flow.Roots[0], static _ => false);
        }
    }
}
