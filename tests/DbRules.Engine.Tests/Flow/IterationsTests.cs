using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class IterationsTests
{
    [Theory]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(x);", "ids", "x")]
    [InlineData("foreach (var x in ids) { if (x > 3) { await /*here*/Db.QueryAsync(x); } }", "ids", "x")]
    [InlineData("await foreach (var x in stream) await /*here*/Db.QueryAsync(x);", "stream", "x")]
    [InlineData("await foreach (var x in stream.WithCancellation(stop).ConfigureAwait(false)) await /*here*/Db.QueryAsync(x);", "stream.WithCancellation(stop).ConfigureAwait(false)", "x")]
    [InlineData("foreach (var (key, found) in known) /*here*/Db.Query(key);", "known", "key found")]
    [InlineData("for (var i = 0; i < ids.Count; i++) /*here*/Db.Query(ids[i]);", "ids", "i")]
    [InlineData("for (var i = 0; i < array.Length; ++i) /*here*/Db.Query(array[i]);", "array", "i")]
    [InlineData("for (var i = 0; i < keys.Count(); i += 1) /*here*/Db.Query(i);", "keys", "i")]
    [InlineData("for (var i = 0; i < ids.Count; i = i + 1) /*here*/Db.Query(i);", "ids", "i")]
    [InlineData("for (int i = 0, j = 0; i < ids.Count; i++, j++) /*here*/Db.Query(ids[i] + j);", "ids", "i")]
    [InlineData("for (int i = 0, count = ids.Count; i < count; i++) /*here*/Db.Query(ids[i]);", "ids", "i")]
    [InlineData("for (var i = ids.Count - 1; i >= 0; i--) /*here*/Db.Query(ids[i]);", "ids", "i")]
    [InlineData("for (var i = 0; i < n; i++) /*here*/Db.Query(i);", null, "i")]
    [InlineData("for (var i = 0; n > i; i++) /*here*/Db.Query(i);", null, "i")]
    [InlineData("int i; for (i = 0; i < n; i++) /*here*/Db.Query(i);", null, "i")]
    [InlineData("for (var i = 0; i < ids.Count && !stop.IsCancellationRequested; i++) /*here*/Db.Query(ids[i]);", "ids", "i")]
    [InlineData("while (reader.Read()) /*here*/Db.Query(reader.Id);", "reader", "reader")]
    [InlineData("while (await reader.ReadAsync()) await /*here*/Db.QueryAsync(reader.Id);", "reader", "reader")]
    [InlineData("while (await reader.ReadAsync().ConfigureAwait(false)) await /*here*/Db.QueryAsync(reader.Id);", "reader", "reader")]
    [InlineData("while (!stop.IsCancellationRequested && await reader.ReadAsync()) await /*here*/Db.QueryAsync(reader.Id);", "reader", "reader")]
    [InlineData("while (await reader.ReadAsync()) { await /*here*/Db.QueryAsync(reader.Id); await Task.Delay(10); }", "reader", "reader")]
    [InlineData("while (true) { if (!reader.Read()) break; /*here*/Db.Query(reader.Id); }", "reader", "reader")]
    [InlineData("do { /*here*/Db.Query(reader.Id); } while (reader.Read());", "reader", "reader")]
    [InlineData("while (queue.Count > 0) { var x = queue.Dequeue(); /*here*/Db.Query(x); }", "queue", "queue")]
    [InlineData("while (queue.TryDequeue(out var x)) /*here*/Db.Query(x);", "queue", "queue")]
    [InlineData("while (queue.Any()) /*here*/Db.Query(queue.Dequeue());", "queue", "queue")]
    [InlineData("using var all = keys.GetEnumerator(); while (all.MoveNext()) /*here*/Db.Query(all.Current);", "all", "all")]
    [InlineData("var i = 0; while (i < ids.Count) { /*here*/Db.Query(ids[i]); i++; }", "ids", "i")]
    [InlineData("var i = 0; while (i < ids.Count) { /*here*/Db.Query(ids[i]); i += 1; }", "ids", "i")]
    [InlineData("var i = 0; do { /*here*/Db.Query(ids[i++]); } while (i < ids.Count);", "ids", "i")]
    [InlineData("var all = ids.Select(x => /*here*/Db.Query(x)).ToList();", "ids", "x")]
    [InlineData("var all = ids.Select((x, at) => /*here*/Db.Query(x)).ToList();", "ids", "x at")]
    [InlineData("var all = ids.Where(x => { return /*here*/Db.Query(x) > 0; }).ToList();", "ids", "x")]
    [InlineData("var all = keys.ToDictionary(x => x, x => /*here*/Db.Query(x));", "keys", "x")]
    [InlineData("var sum = ids.Aggregate(0, (sofar, x) => sofar + /*here*/Db.Query(x));", "ids", "sofar x")]
    [InlineData("var sum = Enumerable.Sum(ids, x => /*here*/Db.Query(x));", "ids", "x")]
    [InlineData("ids.ForEach(x => /*here*/Db.Query(x));", "ids", "x")]
    [InlineData("ids.ForEach(delegate(int x) { /*here*/Db.Query(x); });", "ids", "x")]
    [InlineData("Array.ForEach(array, x => /*here*/Db.Query(x));", "array", "x")]
    [InlineData("await Parallel.ForEachAsync(ids, stop, async (x, token) => await /*here*/Db.QueryAsync(x, token));", "ids", "x")]
    [InlineData("Parallel.ForEach(ids, x => /*here*/Db.Query(x));", "ids", "x")]
    [InlineData("Parallel.For(0, n, i => /*here*/Db.Query(i));", null, "i")]
    [InlineData("await Task.WhenAll(ids.Select(async x => await /*here*/Db.QueryAsync(x)));", "ids", "x")]
    [InlineData("await Task.WhenAll(ids.Select(x => /*here*/Db.QueryAsync(x)));", "ids", "x")]
    [InlineData("var all = (from x in ids select /*here*/Db.Query(x)).ToList();", "ids", "x")]
    [InlineData("var all = (from x in ids where /*here*/Db.Exists(x) select x).ToList();", "ids", "x")]
    public void Runs_per_element(string code, string? source, string elements)
    {
        FlowCode flow = FlowCode.In(code);
        Iteration iteration = Assert.Single(flow.Iterations.Around(flow.Here));

        Assert.True(flow.Iterations.AnyAround(flow.Here));
        Assert.Equal(Exemption.None, flow.Verdict());
        Assert.Equal(source, iteration.Source?.Syntax.ToString());
        Assert.Equal(elements, string.Join(' ', iteration.Elements.Select(element => element.Name)));
        Assert.Null(iteration.ConstantCount);
        Assert.True(iteration.Repeats(flow.Here));
    }

    [Theory]
    [InlineData("/*here*/Db.Query(id);")]
    [InlineData("foreach (var x in /*here*/Db.List()) { }")]
    [InlineData("foreach (var x in await /*here*/Db.ListAsync()) { }")]
    [InlineData("foreach (var x in /*here*/Db.List().Where(x => x > 1).ToList()) { }")]
    [InlineData("for (var i = /*here*/Db.Query(); i < n; i++) { }")]
    [InlineData("for (int i = 0, count = /*here*/Db.Query(); i < count; i++) { }")]
    [InlineData("var all = /*here*/Db.List().Select(x => x + 1).ToList();")]
    [InlineData("var all = (from x in /*here*/Db.List() select x).ToList();")]
    [InlineData("foreach (var x in ids) Policy.Execute(() => /*here*/Db.Query(x));")]
    [InlineData("foreach (var x in ids) { int Load() => /*here*/Db.Query(x); }")]
    [InlineData("foreach (var x in ids) { Func<int> load = () => /*here*/Db.Query(x); }")]
    [InlineData("foreach (var x in ids) { Expression<Func<int, bool>> filter = o => /*here*/Db.Exists(x + o); }")]
    [InlineData("foreach (var x in ids) { var q = ids.AsQueryable().Where(o => /*here*/Db.Exists(x + o)); }")]
    [InlineData("foreach (var x in ids) { var lazy = new Lazy<int>(() => /*here*/Db.Query(x)); }")]
    [InlineData("foreach (var x in ids) known.ToString(); /*here*/Db.Query(id);")]
    public void Runs_once(string code)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Empty(flow.Iterations.Around(flow.Here));
    }

    [Theory]
    [InlineData("for (var i = 0; i < /*here*/Db.Query(); i++) { }")]
    [InlineData("for (var i = 0; i < /*here*/Db.List().Count; i++) { }")]
    [InlineData("for (var i = 0; i < n; i++, /*here*/Db.Query()) { }")]
    public void The_header_of_a_for_repeats(string code)
    {
        FlowCode flow = FlowCode.In(code);
        Iteration iteration = Assert.Single(flow.Iterations.Around(flow.Here));
        Assert.True(iteration.Repeats(flow.Here));
        Assert.Equal(Exemption.None, iteration.Nature);
    }

    [Theory]
    [InlineData("foreach (var o in orders) foreach (var l in o.Lines) /*here*/Db.Query(l);", "o.Lines", "orders")]
    [InlineData("foreach (var o in orders) o.Lines.ForEach(l => /*here*/Db.Query(l));", "o.Lines", "orders")]
    [InlineData("foreach (var o in orders) { try { using (stop.Register(() => { })) { for (var i = 0; i < n; i++) /*here*/Db.Query(i); } } finally { } }", null, "orders")]
    [InlineData("var all = orders.SelectMany(o => o.Lines.Select(l => /*here*/Db.Query(l))).ToList();", "o.Lines", "orders")]
    [InlineData("var all = (from o in orders from l in o.Lines select /*here*/Db.Query(o.Id + l)).ToList();", "orders")]
    public void Loops_nest_innermost_first(string code, params string?[] sources)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(sources, flow.Iterations.Around(flow.Here).Select(iteration => iteration.Source?.Syntax.ToString()));
        Assert.Equal(Exemption.None, flow.Verdict());
    }

    [Fact]
    public void A_loop_in_a_lambda_counts_and_what_is_around_the_lambda_does_not()
    {
        FlowCode flow = FlowCode.In("foreach (var o in orders) Policy.Execute(() => { foreach (var x in ids) /*here*/Db.Query(x); });");
        Assert.Equal(["ids"], flow.Iterations.Around(flow.Here).Select(iteration => iteration.Source!.Syntax.ToString()));
    }

    [Fact]
    public void A_loop_in_a_handler_given_as_plain_delegate_counts()
    {
        FlowCode flow = FlowCode.In("Delegate handler = (List<int> all) => { foreach (var x in all) /*here*/Db.Query(x); }; object other = () => { };");
        Assert.Equal(["all"], flow.Iterations.Around(flow.Here).Select(iteration => iteration.Source!.Syntax.ToString()));
        Assert.True(Operations.Any(flow.Roots[0], operation => operation.Syntax == flow.Here.Syntax));
    }

    [Fact]
    public void Range_variables_behind_a_let_belong_to_the_element()
    {
        FlowCode flow = FlowCode.In("var all = (from x in ids let twice = x * 2 select /*here*/Db.Query(twice)).ToList();");
        Iteration iteration = flow.Innermost();
        Assert.Equal(Exemption.None, iteration.Nature);
        Assert.Equal(Dependence.Varies, new Variance(iteration, flow.Origins, static _ => false).Of(flow.Here));
    }

    [Fact]
    public void Statements_and_delegates_are_told_apart()
    {
        Assert.True(FlowCode.In("foreach (var x in ids) /*here*/Db.Query(x);").Innermost().IsStatement);
        Iteration delegated = FlowCode.In("ids.ForEach(x => /*here*/Db.Query(x));").Innermost();
        Assert.False(delegated.IsStatement);
        Assert.IsType<IInvocationOperation>(delegated.Operation, exactMatch: false);
        Assert.IsType<IAnonymousFunctionOperation>(delegated.Body, exactMatch: false);
    }

    [Theory]
    [InlineData("foreach (var x in /*in*/ids) /*here*/Db.Query(x);")]
    [InlineData("for (var i = /*in*/Db.Query(); i < n; i++) /*here*/Db.Query(i);")]
    [InlineData("/*in*/Db.Query(); foreach (var x in ids) /*here*/Db.Query(x);")]
    [InlineData("Db.List(/*in*/Db.Query()).ForEach(x => /*here*/Db.Query(x));")]
    public void What_stands_before_the_passes_does_not_repeat(string code)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.False(flow.Innermost().Repeats(flow.At("in")));
    }
}
