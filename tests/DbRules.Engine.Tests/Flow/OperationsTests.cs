using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class OperationsTests
{
    [Theory]
    [InlineData("user.Name", "user")]
    [InlineData("user.Parent!.Parent!.Name", "user")]
    [InlineData("orders[0].Lines[1]", "orders")]
    [InlineData("array[0]", "array")]
    [InlineData("orders.ToArray()[0].Lines", "orders")]
    [InlineData("orders.Where(o => o.Id > 1).First().Lines", "orders")]
    [InlineData("user?.Parent?.Name", "user")]
    [InlineData("Own.Parent", "Own")]
    [InlineData("this.Own.Parent", "Own")]
    [InlineData("Shared.Parent", "Shared")]
    [InlineData("Make().Parent", null)]
    [InlineData("new User().Parent", null)]
    [InlineData("(user ?? Own).Parent", null)]
    [InlineData("Db.Query(1)", null)]
    public void Root_symbol(string expression, string? expected)
    {
        FlowCode flow = FlowCode.In($"object? o = {expression};", members: "User Own { get; } = new(); static User Shared = new(); User Make() => new();");
        IVariableInitializerOperation initializer = Descendants(flow).OfType<IVariableInitializerOperation>().First();
        Assert.Equal(expected, Operations.RootSymbol(initializer.Value)?.Name);
    }

    [Theory]
    [InlineData("list?.Add(1);", "list")]
    [InlineData("user?.Parent?.ToString();", "user")]
    public void Root_of_a_conditional_call(string code, string expected)
    {
        FlowCode flow = FlowCode.In($"List<int>? list = null; {code}");
        IInvocationOperation call = Descendants(flow).OfType<IInvocationOperation>().First();
        Assert.Equal(expected, Operations.RootSymbol(call.Instance)?.Name);
    }

    [Theory]
    [InlineData("Db.Query();", typeof(IInvocationOperation), typeof(IExpressionStatementOperation))]
    [InlineData("await Db.QueryAsync();", typeof(IAwaitOperation), typeof(IExpressionStatementOperation))]
    [InlineData("await (Db.QueryAsync()).ConfigureAwait(false);", typeof(IAwaitOperation), typeof(IExpressionStatementOperation))]
    [InlineData("return await Db.QueryAsync().ConfigureAwait(false);", typeof(IAwaitOperation), typeof(IReturnOperation))]
    [InlineData("var rows = await Db.QueryAsync();", typeof(IAwaitOperation), null)]
    [InlineData("_ = Db.QueryAsync();", null, null)]
    [InlineData("Db.QueryAsync().Wait();", null, null)]
    public void Result_of_a_call_and_its_statement(string code, Type? result, Type? statement)
    {
        FlowCode flow = FlowCode.In($"Func<Task<int>> run = async () => {{ await Task.Yield(); {code} return 0; }};");
        IInvocationOperation call = Descendants(flow).OfType<IInvocationOperation>().First(call => call.TargetMethod.ContainingType.Name == "Db");
        IOperation? found = Operations.ResultOf(call);
        Assert.True(result is null ? found is null : result.IsInstanceOfType(found));
        IOperation? around = found is null ? null : Operations.StatementOf(found);
        Assert.True(statement is null ? around is null : statement.IsInstanceOfType(around));
    }

    [Fact]
    public void Between_two_calls_stand_what_they_hold_and_what_comes_between()
    {
        FlowCode flow = FlowCode.In("Db.Query(1); Db.Query(Db.Query(2)); Db.Query(4); Db.Query(Db.Query(5)); Db.Query(7);");
        IInvocationOperation[] calls = [.. Descendants(flow).OfType<IInvocationOperation>().OrderBy(call => call.Syntax.SpanStart)];
        Assert.Equal([1, 2, 3, 4, 5], Enumerable.Range(0, calls.Length).Where(number => Operations.IsBetween(calls[number], calls[1], calls[4])));
        Assert.All(calls, call => Assert.Same(flow.Roots[0], Operations.RootOf(call)));
    }

    [Fact]
    public void A_walk_goes_in_source_order_and_leaves_expression_trees_out()
    {
        FlowCode flow = FlowCode.In("Db.Query(1); Expression<Func<int>> tree = () => Db.Query(2); Func<int> code = () => Db.Query(3); Delegate any = () => Db.Query(4); Db.Query(5);");
        var seen = new List<int>();
        Operations.Visit(flow.Roots[0], seen, static (operation, seen) =>
        {
            if (operation is ILiteralOperation { ConstantValue.Value: int value })
                seen.Add(value);
            return true;
        });
        Assert.Equal([1, 3, 4, 5], seen);
    }

    [Fact]
    public void A_walk_inside_a_walk_and_a_walk_that_fails_leave_later_walks_whole()
    {
        FlowCode flow = FlowCode.In("Db.Query(1); Db.Query(2); Db.Query(3);");
        Assert.Throws<InvalidOperationException>(() => Operations.Visit(flow.Roots[0], 0, static (operation, _) =>
            operation is IInvocationOperation ? throw new InvalidOperationException() : true));
        int calls = 0;
        Operations.Visit(flow.Roots[0], 0, (operation, _) =>
        {
            if (operation is IInvocationOperation && Operations.Any(operation, part => part is ILiteralOperation))
                calls++;
            return true;
        });
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_walk_allocates_nothing()
    {
        FlowCode flow = FlowCode.In(string.Concat(Enumerable.Repeat("if (n > 1) { Db.Query(id + n * 2); foreach (var x in ids) Db.Save(x); }", 200)));
        IOperation root = flow.Roots[0];
        for (int round = 0; round < 50; round++)
            Count(root);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = Count(root);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(count > 4000, $"{count} operations");
        Assert.True(allocated < 1000, $"{allocated} bytes for {count} operations");

        static int Count(IOperation root)
        {
            var counter = new int[1];
            Operations.Visit(root, counter, static (_, counter) => ++counter[0] > 0);
            return counter[0];
        }
    }

    [Theory]
    [InlineData("Count", true)]
    [InlineData("CountBy", true)]
    [InlineData("Countdown", false)]
    [InlineData("ToList", true)]
    [InlineData("Toggle", false)]
    [InlineData("Issue", false)]
    [InlineData("IsOpen", true)]
    [InlineData("GetNext", false)]
    [InlineData("Add", false)]
    public void Reading_is_judged_by_the_verb(string name, bool expected)
    {
        FlowCode flow = FlowCode.Members($"class Thing {{ public int {name}() => 0; }} int Run(Thing thing) => /*here*/thing.{name}();");
        Assert.Equal(expected, Mutations.OnlyReads(((IInvocationOperation)flow.Here).TargetMethod));
    }

    private static List<IOperation> Descendants(FlowCode flow)
    {
        var all = new List<IOperation>();
        Operations.Visit(flow.Roots.Single(root => root.Syntax.ToString().StartsWith("public async Task Run(", StringComparison.Ordinal)), all, static (operation, all) =>
        {
            all.Add(operation);
            return true;
        });
        return all;
    }
}
