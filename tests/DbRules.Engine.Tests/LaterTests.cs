using Xunit;

namespace DbRules.Engine.Tests;

/// <summary>What is remembered for one compilation: an answer is worked out when somebody asks, and all who ask get the same one.</summary>
public sealed class LaterTests
{
    [Fact]
    public void Nothing_is_worked_out_before_somebody_asks()
    {
        int asked = 0;
        var later = new Later<int, string>(3, state =>
        {
            asked++;
            return new string('a', state);
        });
        Assert.Equal(0, asked);
        Assert.Equal("aaa", later.Value);
        Assert.Same(later.Value, later.Value);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Threads_that_ask_at_the_same_time_get_the_same_answer()
    {
        int asked = 0;
        var later = new Later<object?, object>(null, _ =>
        {
            Interlocked.Increment(ref asked);
            return new object();
        });
        object[] answers = [.. Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ => later.Value)];
        Assert.Equal(1, asked);
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
    }

    [Fact]
    public void A_table_keeps_the_first_answer()
    {
        var table = new SmallTable<string, string>(StringComparer.OrdinalIgnoreCase);
        Assert.False(table.TryGetValue("a", out _));
        Assert.Equal("1", table.GetOrAdd("a", "1"));
        Assert.Equal("1", table.GetOrAdd("A", static _ => throw new InvalidOperationException("It is known.")));
        Assert.Equal("1", table.GetOrAdd("A", 2, static (_, _) => throw new InvalidOperationException("It is known.")));
        table.TryAdd("a", "3");
        Assert.Equal("b4", table.GetOrAdd("b", 4, static (key, state) => key + state));
        Assert.True(table.TryGetValue("A", out string known));
        Assert.Equal("1", known);
    }

    [Fact]
    public void Threads_that_ask_a_table_get_the_same_answer()
    {
        var table = new SmallTable<int, object>();
        object[] answers = [.. Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(8).Select(_ => table.GetOrAdd(7, static _ => new object()))];
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
    }
}
