using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class VarianceTests
{
    private const string Members = """
        private int _current;
        private readonly int _fixed = 3;
        private static readonly int Limit = 5;
        private int Setting { get; set; }
        private void Advance() => _current++;
        private int Compute(int x) => x + _current;
        """;

    [Theory]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(5);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(id);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(_fixed + Limit);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(_current + Setting);")]
    [InlineData("foreach (var x in ids) { var key = id; /*here*/Db.Query(key); }")]
    [InlineData("foreach (var x in ids) { var key = id * 2; var twice = key + n; /*here*/Db.Query(twice); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(user.Id);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(name.Trim().Length);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(int.Parse(name));")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(known.Count);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(array[0]);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Run(new { Id = id });")]
    [InlineData("foreach (var x in ids) /*here*/Db.Run(new { id, name });")]
    [InlineData("foreach (var x in ids) { var values = new { Id = id }; /*here*/Db.Run(values); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Run(new Command { Text = name });")]
    [InlineData("foreach (var x in ids) { var own = new Command { Text = name }; /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.Add(id); own.Parameters.Add(name); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(array.Where(y => y == id).Count());")]
    [InlineData("foreach (var x in ids) { var all = orders.First(o => o.Id == id); /*here*/Db.Query(all.CustomerId); }")]
    [InlineData("for (int i = 0, count = ids.Count; i < count; i++) /*here*/Db.Query(count);")]
    [InlineData("await Parallel.ForEachAsync(ids, stop, async (x, token) => await /*here*/Db.QueryAsync(id, token));")]
    [InlineData("ids.ForEach(x => /*here*/Db.Query(id));")]
    [InlineData("n = 3; foreach (var x in ids) /*here*/Db.Query(n);")]
    [InlineData("var key = id + 1; ids.ForEach(x => { var same = key; /*here*/Db.Query(same); });")]
    [InlineData("var key = id + 1; Policy.Execute(() => { foreach (var x in ids) /*here*/Db.Query(key); });")]
    [InlineData("foreach (var x in ids) { user?.ToString(); /*here*/Db.Query(id); }")]
    public void Invariant(string code) => Assert.Equal(Dependence.Invariant, Ask(code));

    [Theory]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(x);")]
    [InlineData("foreach (var o in orders) /*here*/Db.Query(o.CustomerId);")]
    [InlineData("foreach (var o in orders) /*here*/Db.Query(o?.Customer?.Id ?? 0);")]
    [InlineData("foreach (var o in orders) { var key = o.CustomerId; /*here*/Db.Query(key); }")]
    [InlineData("foreach (var o in orders) { var c = o.Customer!; var key = c.Id + 1; /*here*/Db.Query(key); }")]
    [InlineData("foreach (var (key, value) in known) /*here*/Db.Query(key);")]
    [InlineData("foreach (var x in ids) { n++; /*here*/Db.Query(n); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(n++);")]
    [InlineData("foreach (var x in ids) { n += 2; /*here*/Db.Query(n); }")]
    [InlineData("foreach (var x in ids) { /*here*/Db.Query(id); id = x; Db.Save(id); }")]
    [InlineData("foreach (var x in ids) { (id, n) = (x, 3); /*here*/Db.Query(id); }")]
    [InlineData("foreach (var x in ids) { known.TryGetValue(x, out var u); /*here*/Db.Query(u!.Id); }")]
    [InlineData("foreach (var x in ids) { var (a, b) = (x, 1); /*here*/Db.Query(a); }")]
    [InlineData("foreach (var x in ids) { var key = 0; if (x > 2) key = 3; /*here*/Db.Query(key); }")]
    [InlineData("foreach (var o in orders) { if (o.Customer is { } c) /*here*/Db.Query(c.Id); }")]
    [InlineData("foreach (var o in orders) { if (o.Customer is { Id: var key }) /*here*/Db.Query(key); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Run(new { Id = x });")]
    [InlineData("foreach (var x in ids) { var values = new { Id = x }; /*here*/Db.Run(values); }")]
    [InlineData("foreach (var x in ids) /*here*/Db.Run(new Command { Text = name + x });")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.Add(x); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.Parameters.Add(x); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.Parameters.Put(x); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own?.Add(x); /*here*/Db.Run(own!); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.With(x); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); own.Text = name + x; /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { var own = new Command(); CommandExtensions.With(own, x); /*here*/Db.Run(own); }")]
    [InlineData("foreach (var x in ids) { command.Text = name; /*here*/Db.Run(command); }")]
    [InlineData("foreach (var x in ids) { command.Add(5); /*here*/Db.Run(command); }")]
    [InlineData("var page = new Page(); foreach (var x in ids) { /*here*/Db.Query(page.Number); page.Number++; }")]
    [InlineData("var page = new Page(); foreach (var x in ids) { /*here*/Db.Query(page.Number); page.Advance(); }")]
    [InlineData("var page = new Page(); foreach (var x in ids) { /*here*/Db.Query(page.Number); page?.Advance(); }")]
    [InlineData("foreach (var x in ids) { array[0] = x; /*here*/Db.Query(array[0]); }")]
    [InlineData("foreach (var x in ids) { Interlocked.Increment(ref array[0]); /*here*/Db.Query(array[0]); }")]
    [InlineData("while (reader.Read()) /*here*/Db.Query(reader.Id);")]
    [InlineData("while (reader.Read()) { var key = reader.GetInt32(0); /*here*/Db.Query(key); }")]
    [InlineData("while (queue.Count > 0) { var x = queue.Dequeue(); /*here*/Db.Query(x); }")]
    [InlineData("while (queue.TryDequeue(out var x)) /*here*/Db.Query(x);")]
    [InlineData("for (var i = 0; i < ids.Count; i++) /*here*/Db.Query(ids[i]);")]
    [InlineData("for (int i = 0, j = 9; i < ids.Count; i++, j--) /*here*/Db.Query(j);")]
    [InlineData("ids.ForEach(x => /*here*/Db.Query(x));")]
    [InlineData("var all = (from o in orders from l in o.Lines select /*here*/Db.Query(o.Id)).ToList();")]
    [InlineData("void Step() => n++; foreach (var x in ids) { Step(); /*here*/Db.Query(n); }")]
    [InlineData("Action step = () => n++; foreach (var x in ids) { step(); /*here*/Db.Query(n); }")]
    [InlineData("foreach (var x in ids) { var found = orders.First(o => o.Id == x); /*here*/Db.Query(found.CustomerId); }")]
    public void Varies(string code) => Assert.Equal(Dependence.Varies, Ask(code));

    [Theory]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(next());")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(next.Invoke());")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(Compute(id));")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(Guid.NewGuid().GetHashCode());")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(DateTime.Now.Year);")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(Random.Shared.Next(5));")]
    [InlineData("foreach (var x in ids) /*here*/Db.Query(System.Security.Cryptography.RandomNumberGenerator.GetInt32(5));")]
    [InlineData("dynamic d = name; foreach (var x in ids) { int key = d.Length; /*here*/Db.Query(key); }")]
    [InlineData("foreach (var x in ids) { Advance(); /*here*/Db.Query(_current); }")]
    public void Unknown(string code) => Assert.Equal(Dependence.Unknown, Ask(code));

    [Fact]
    public void What_refers_back_does_not_hide_what_varies()
    {
        FlowCode flow = FlowCode.In("""
            foreach (var x in ids)
            {
                var one = new Command();
                var two = new Command();
                one.Add(two.Text);
                two.Add(one.Text);
                one.Add(x);
                Db.Run(/*one*/one);
                Db.Run(/*two*/two);
            }
            """);
        Variance variance = new(Iteration(flow), flow.Origins, static _ => false);
        Assert.Equal(Dependence.Varies, variance.Of(flow.At("one")));
        Assert.Equal(Dependence.Varies, variance.Of(flow.At("two")));
    }

    [Fact]
    public void A_harmless_method_makes_nothing_vary()
    {
        FlowCode flow = FlowCode.In("foreach (var x in ids) /*here*/Db.Query(Compute(id));", members: Members);
        Variance variance = new(flow.Innermost(), flow.Origins, static method => method.Name is "Compute" or "Query");
        Assert.Equal(Dependence.Invariant, variance.Of(flow.Here));
    }

    private static Iteration Iteration(FlowCode flow) => flow.Iterations.Around(flow.At("one")).First();

    private static Dependence Ask(string code)
    {
        FlowCode flow = FlowCode.In(code, members: Members);
        Variance variance = new(flow.Innermost(), flow.Origins, static method => method.ContainingType.Name == "Db");
        return variance.Of(Assert.IsType<IInvocationOperation>(flow.Here, exactMatch: false).Arguments[0].Value);
    }
}
