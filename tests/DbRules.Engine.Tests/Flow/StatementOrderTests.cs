using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

/// <summary>Each answer is that of the control-flow graph, or none.</summary>
public sealed class StatementOrderTests
{
    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) return; /*b*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) { n++; } else throw new InvalidOperationException(); if (n > 2) /*b*/Db.Query();", true)]
    [InlineData("if (n > 1) { /*a*/Db.Query(); n++; } foreach (var x in ids) n += x; while (n < 9) n++; var r = n > 2 ? /*b*/Db.Query() : 0;", true)]
    [InlineData("try { using (stop.Register(() => { })) /*a*/Db.Query(); } catch { return; } finally { n++; } try { /*b*/Db.Query(); } finally { n--; }", true)]
    [InlineData("/*a*/Db.Query(); foreach (var x in ids) { n++; /*b*/Db.Query(); }", true)]
    [InlineData("if (n > 1) /*a*/Db.Query(); else { n++; /*b*/Db.Query(); }", false)]
    [InlineData("if (n > 1) { if (n > 2) { /*a*/Db.Query(); } n++; return; } /*b*/Db.Query();", false)]
    [InlineData("if (n > 1) { /*a*/Db.Query(); throw new InvalidOperationException(); } /*b*/Db.Query();", false)]
    [InlineData("/*a*/Db.Query(); if (n > 1) return; else throw new InvalidOperationException(); /*b*/Db.Query();", null)]
    [InlineData("/*a*/Db.Query(); while (true) { if (n++ > 9) break; } /*b*/Db.Query();", null)]
    [InlineData("/*a*/Db.Query(); if (false) /*b*/Db.Query();", null)]
    [InlineData("/*a*/Db.Query(); switch (n) { case 1: return; default: break; } /*b*/Db.Query();", null)]
    [InlineData("switch (n) { case 1: { if (n > 1) { /*a*/Db.Query(); if (n > 2) break; return; } break; } } /*b*/Db.Query();", null)]
    [InlineData("try { if (n > 1) { /*a*/Db.Query(); return; } } finally { /*b*/Db.Query(); }", null)]
    [InlineData("try { /*a*/Db.Query(); } catch { /*b*/Db.Query(); }", null)]
    [InlineData("foreach (var x in ids) { /*b*/Db.Query(); /*a*/Db.Query(); }", null)]
    [InlineData("Db.Save(/*a*/Db.Query()); Func<int> load = () => /*b*/Db.Query();", null)]
    [InlineData("/*b*/Db.Query(/*a*/Db.Query());", null)]
    public void Reaches_in_a_pass(string code, bool? expected)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(expected, StatementOrder.CanReachInPass(flow.At("a"), flow.At("b")));
        if (expected is { } proven)
            Assert.Equal(proven, Paths.Around(flow.At("b"), CancellationToken.None)!.CanReachInPass(flow.At("a"), flow.At("b")));
    }

    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();", true)]
    [InlineData("if (n > 1) { foreach (var x in ids) Db.Save(/*a*/Db.Query()); } n++; return; /*b*/Db.Query();", false)]
    [InlineData("if (n > 1) { foreach (var x in ids) Db.Save(/*a*/Db.Query()); } n++; await Task.FromResult(/*b*/Db.Query());", true)]
    [InlineData("/*a*/Db.Query(); Func<int> load = () => { return 1; }; using (Task.FromResult(/*b*/Db.Query())) { n++; }", true)]
    [InlineData("/*a*/Db.Query(); try { Db.Save(1); } catch { n++; } var r = /*b*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) return; /*b*/Db.Query();", false)]
    [InlineData("foreach (var x in ids) { /*a*/Db.Query(); if (n > 1) break; /*b*/Db.Query(); }", false)]
    [InlineData("/*a*/Db.Query(); var r = n > 1 ? /*b*/Db.Query() : 0;", false)]
    [InlineData("/*a*/Db.Query(); if (n > 1) /*b*/Db.Query();", false)]
    [InlineData("/*b*/Db.Query(); /*a*/Db.Query();", false)]
    [InlineData("/*a*/Db.Query(); Func<int> load = () => /*b*/Db.Query();", false)]
    public void Always_runs(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(expected, StatementOrder.AlwaysRunsOneOf(flow.At("a"), [flow.At("b")]));
        if (expected)
            Assert.False(Paths.Around(flow.At("a"), CancellationToken.None)!.CanLeave(flow.At("a"), [flow.At("b")]));
    }

    [Theory]
    [InlineData("foreach (var x in ids) { if (x > 1) continue; /*here*/Db.Query(); if (n > 9) break; }", true)]
    [InlineData("for (var i = 0; i < 9; i++) { try { /*here*/Db.Query(); } catch { break; } }", true)]
    [InlineData("while (n < 9) { if (n > 1) { /*here*/Db.Query(); } n++; }", true)]
    [InlineData("for (var i = 0; i < 9; i++) { try { /*here*/Db.Query(); break; } catch { n++; } }", false)]
    [InlineData("var done = false; while (!done) { /*here*/Db.Query(); done = true; }", false)]
    [InlineData("while (true) { /*here*/Db.Query(); if (n++ > 9) return; }", false)]
    [InlineData("foreach (var x in ids) { Func<int> load = () => /*here*/Db.Query(); }", false)]
    public void Surely_repeats(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code);
        ILoopOperation loop = flow.Roots.SelectMany(static root => root.Descendants()).OfType<ILoopOperation>().Single();
        Assert.Equal(expected, StatementOrder.SurelyRepeats(flow.Here, loop));
        if (expected)
            Assert.True(Paths.Around(flow.Here, CancellationToken.None)!.RepeatsAfterSuccess(flow.Here, loop));
    }
}
