using System.Collections.Immutable;
using DbRules.Engine.Calls;
using DbRules.Engine.Effects;
using Xunit;

namespace DbRules.Engine.Tests.Effects;

/// <summary>What is written of a summary can be read again.</summary>
public sealed class SummaryTextTests
{
    private static readonly string[] Names = ["First", "Store.Find", "a; b", "x → y", "on miss", "back\\slash", "line\r\nbreak", "", " ", "reads First", "\\", ";", "Row.row + 1"];

    [Fact]
    public void Every_summary_reads_as_it_was_written()
    {
        var random = new Random(4711);
        for (int i = 0; i < 5000; i++)
        {
            MethodSummary summary = Any(random);
            string text = SummaryText.Write(summary);
            MethodSummary? read = SummaryText.Read(text);
            Assert.NotNull(read);
            Assert.Equal(text, SummaryText.Write(read));
            Assert.Equal(Fields(summary), Fields(read));
        }
    }

    [Fact]
    public void Nothing_and_unknown()
    {
        Assert.Equal(Fields(MethodSummary.Nothing), Fields(SummaryText.Read("nothing")!));
        Assert.Equal(Fields(MethodSummary.Unknown), Fields(SummaryText.Read("may write")!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("flies")]
    [InlineData("reads")]
    [InlineData("reads First; flies")]
    [InlineData("reads First;")]
    [InlineData("; reads First")]
    [InlineData("nothing; reads First")]
    [InlineData("for each of ")]
    [InlineData("for each of 1,")]
    [InlineData("for each of -1")]
    [InlineData("for each of 99999999999")]
    [InlineData("invokes ")]
    [InlineData("invokes x")]
    [InlineData("invokes 0 of 1")]
    [InlineData("invokes 0 for each of x")]
    [InlineData("invokes 0 for each of")]
    [InlineData("Reads First")]
    public void Text_that_is_none_reads_as_null(string text) => Assert.Null(SummaryText.Read(text));

    [Fact]
    public void No_text_throws()
    {
        var random = new Random(42);
        for (int i = 0; i < 5000; i++)
        {
            char[] text = SummaryText.Write(Any(random)).ToCharArray();
            for (int change = random.Next(4); change > 0; change--)
                text[random.Next(text.Length)] = "\\;→ ,0aof"[random.Next(9)];
            SummaryText.Read(new string(text, 0, random.Next(text.Length + 1)));
        }
    }

    private static MethodSummary Any(Random random) => new MethodSummary
    {
        Read = Maybe(random, TripKind.Read),
        Save = Maybe(random, TripKind.Save),
        Write = Maybe(random, TripKind.Write),
        Repeated = Maybe(random, (TripKind)random.Next(3)),
        RepeatedFor = AnyOrdinals(random),
        Outside = (WorkOutside)random.Next(3),
        ReturnsAcquired = random.Next(4) == 0,
        Releases = AnyOrdinals(random),
        Bounds = AnyOrdinals(random),
        ReadsOnMiss = random.Next(4) == 0,
        IsLazy = random.Next(4) == 0,
        MayWrite = random.Next(2) == 0,
        Transaction = (TransactionUse)random.Next(8),
        Invokes = [.. Enumerable.Range(0, 3).Where(_ => random.Next(3) == 0).Select(parameter => AnyUse(random, parameter))],
    } is var summary && (summary.Save ?? summary.Write) is not null ? summary with { MayWrite = true } : summary;

    private static ImmutableArray<int> AnyOrdinals(Random random) => [.. Enumerable.Range(0, 12).Where(_ => random.Next(8) == 0)];

    private static DelegateUse AnyUse(Random random, int parameter)
    {
        bool isPerElement = random.Next(2) == 0;
        return new DelegateUse(parameter, isPerElement, isPerElement && random.Next(2) == 0 ? random.Next(12) : null, random.Next(2) == 0);
    }

    private static Trip? Maybe(Random random, TripKind kind)
    {
        Trip? trip = null;
        for (int length = random.Next(4); length > 0; length--)
            trip = new Trip(kind, Names[random.Next(Names.Length)], null, trip);
        return trip;
    }

    private static string Fields(MethodSummary summary) => string.Join(" | ",
        Calls(summary.Read), Calls(summary.Save), Calls(summary.Write), Calls(summary.Repeated), string.Join(",", summary.RepeatedFor),
        summary.Outside, summary.ReturnsAcquired, string.Join(",", summary.Releases), string.Join(",", summary.Bounds), summary.ReadsOnMiss, summary.IsLazy, summary.MayWrite, summary.Transaction, string.Join(",", summary.Invokes));

    private static string Calls(Trip? trip) => trip is null ? "" : string.Join("\u0001", trip.Calls.Select(call => call.Kind + ":" + call.Name + ":" + call.Length));
}
