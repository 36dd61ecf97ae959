using DbRules.Engine.Flow;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class PathsTests
{
    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();", true, false)]
    [InlineData("Db.Save(/*a*/Db.Query()); /*b*/Db.Query();", true, false)]
    [InlineData("/*b*/Db.Query(/*a*/Db.Query());", true, false)]
    [InlineData("if (n > 1) /*a*/Db.Query(); else /*b*/Db.Query();", false, false)]
    [InlineData("switch (n) { case 1: /*a*/Db.Query(); break; default: /*b*/Db.Query(); break; }", false, false)]
    [InlineData("switch (n) { case 1: /*a*/Db.Query(); goto default; default: /*b*/Db.Query(); break; }", true, false)]
    [InlineData("var r = n switch { 1 => /*a*/Db.Query(), _ => /*b*/Db.Query() };", false, false)]
    [InlineData("if (n > 1) { /*a*/Db.Query(); return; } /*b*/Db.Query();", false, false)]
    [InlineData("if (n > 1) { /*a*/Db.Query(); throw new InvalidOperationException(); } /*b*/Db.Query();", false, false)]
    [InlineData("foreach (var x in ids) { if (x > 1) /*a*/Db.Query(); else /*b*/Db.Query(); }", true, true)]
    [InlineData("foreach (var x in ids) { /*a*/Db.Query(); /*b*/Db.Query(); }", true, true)]
    [InlineData("again: /*a*/Db.Query(); if (n > 1) goto again; /*b*/Db.Query();", true, false)]
    [InlineData("try { /*a*/Db.Query(); } catch { /*b*/Db.Query(); }", true, false)]
    [InlineData("try { /*a*/Db.Query(); } finally { /*b*/Db.Query(); }", true, false)]
    [InlineData("try { n++; } catch (InvalidOperationException) { /*a*/Db.Query(); } catch (Exception) { /*b*/Db.Query(); }", false, false)]
    [InlineData("try { try { n++; } catch { /*a*/Db.Query(); } } catch { /*b*/Db.Query(); }", true, false)]
    [InlineData("try { /*a*/Db.Query(); } catch (Exception e) when (e is InvalidOperationException) { /*b*/Db.Query(); }", true, false)]
    [InlineData("try { if (n > 1) { /*a*/Db.Query(); return; } } finally { Db.Save(1); } /*b*/Db.Query();", false, false)]
    [InlineData("var r = n > 1 && /*a*/Db.Exists(1) || /*b*/Db.Exists(2);", true, false)]
    [InlineData("Func<int> load = () => /*a*/Db.Query(); /*b*/Db.Query();", false, false)]
    public void Can_follow(string code, bool forwards, bool backwards)
    {
        FlowCode flow = FlowCode.In(code);
        Paths paths = Graph(flow, "b");
        Assert.Equal(forwards, paths.CanFollow(flow.At("a"), flow.At("b")));
        Assert.Equal(backwards, paths.CanFollow(flow.At("b"), flow.At("a")));
    }

    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();", true, true)]
    [InlineData("/*a*/Db.Query(); /*end*/Db.Save(1); /*b*/Db.Query();", true, false)]
    [InlineData("/*a*/Db.Query(); if (n > 1) /*end*/Db.Save(1); /*b*/Db.Query();", true, true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) { /*end*/Db.Save(1); } else { Db.Save(2); return; } /*b*/Db.Query();", true, false)]
    [InlineData("/*a*/Db.Query(); try { n++; } finally { /*end*/Db.Save(1); } /*b*/Db.Query();", true, false)]
    [InlineData("/*end*/Db.Save(1); /*a*/Db.Query(); /*b*/Db.Query();", true, true)]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query(); /*end*/Db.Save(1);", true, true)]
    [InlineData("try { /*a*/Db.Query(); } catch { /*b*/Db.Query(); }", false, false)]
    [InlineData("foreach (var x in ids) { if (x > 1) { /*a*/Db.Query(); continue; } /*b*/Db.Query(); }", false, true)]
    [InlineData("foreach (var x in ids) { if (x > 1) /*a*/Db.Query(); /*b*/Db.Query(); }", true, true)]
    [InlineData("foreach (var x in ids) { if (x > 1) /*a*/Db.Query(); else /*b*/Db.Query(); }", false, true)]
    [InlineData("foreach (var x in ids) { /*a*/Db.Query(); foreach (var y in ids) n++; /*b*/Db.Query(); }", true, true)]
    [InlineData("foreach (var x in ids) { /*b*/Db.Query(); /*a*/Db.Query(); }", false, true)]
    public void Can_reach(string code, bool inPass, bool withoutEnd)
    {
        FlowCode flow = FlowCode.In(code);
        Paths paths = Graph(flow, "b");
        Assert.Equal(inPass, paths.CanReachInPass(flow.At("a"), flow.At("b")));
        IOperation[] barriers = code.Contains("/*end*/", StringComparison.Ordinal) ? [flow.At("end")] : [];
        Assert.Equal(withoutEnd, paths.CanReach(flow.At("a"), flow.At("b"), barriers));
    }

    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();", false)]
    [InlineData("/*b*/Db.Query(); /*a*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) /*b*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) return; /*b*/Db.Query();", true)]
    [InlineData("/*a*/Db.Query(); if (n > 1) throw new InvalidOperationException(); /*b*/Db.Query();", false)]
    [InlineData("try { /*a*/Db.Query(); } catch { /*b*/Db.Query(); throw; }", true)]
    [InlineData("try { /*a*/Db.Query(); } finally { /*b*/Db.Query(); }", false)]
    public void Can_leave_without(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(expected, Graph(flow, "a").CanLeave(flow.At("a"), [flow.At("b")]));
    }

    [Theory]
    [InlineData("/*guard*/Db.Query(); /*here*/Db.Query();", true)]
    [InlineData("/*here*/Db.Query(/*guard*/Db.Query());", true)]
    [InlineData("/*guard*/Db.Query(/*here*/Db.Query());", false)]
    [InlineData("/*here*/Db.Query(); /*guard*/Db.Query();", false)]
    [InlineData("if (n > 1) /*guard*/Db.Query(); /*here*/Db.Query();", false)]
    [InlineData("if (/*guard*/Db.Exists(1)) /*here*/Db.Query();", true)]
    [InlineData("if (n > 1) { /*guard*/Db.Query(); n = 4; } else { /*guard2*/Db.Query(); } /*here*/Db.Query();", false)]
    [InlineData("foreach (var x in ids) /*guard*/Db.Query(); /*here*/Db.Query();", false)]
    [InlineData("do { /*guard*/Db.Query(); } while (n > 3); /*here*/Db.Query();", true)]
    [InlineData("try { /*guard*/Db.Query(); } catch { } /*here*/Db.Query();", false)]
    [InlineData("try { Db.Save(1); /*guard*/Db.Query(); } catch { return; } /*here*/Db.Query();", true)]
    [InlineData("try { /*guard*/Db.Query(); } finally { /*here*/Db.Query(); }", false)]
    [InlineData("try { n++; } finally { /*guard*/Db.Query(); } /*here*/Db.Query();", true)]
    [InlineData("using (stop.Register(() => { })) { /*guard*/Db.Query(); } /*here*/Db.Query();", true)]
    public void Is_dominated_by(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(expected, Graph(flow, "here").IsDominatedBy(flow.Here, flow.At("guard")));
    }

    [Theory]
    [InlineData("/*start*/Db.Query(); /*goal*/Db.Query();", true)]
    [InlineData("/*goal*/Db.Query(/*start*/Db.Query());", true)]
    [InlineData("/*goal*/Db.Query(); /*start*/Db.Query();", false)]
    [InlineData("/*start*/Db.Query(); if (n > 1) /*goal*/Db.Query();", false)]
    [InlineData("/*start*/Db.Query(); if (n > 1) return; /*goal*/Db.Query();", false)]
    [InlineData("/*start*/Db.Query(); if (n > 1) throw new InvalidOperationException(); /*goal*/Db.Query();", true)]
    [InlineData("/*start*/Db.Query(); foreach (var x in ids) Db.Save(x); /*goal*/Db.Query();", true)]
    [InlineData("/*start*/Db.Query(); foreach (var x in ids) /*goal*/Db.Query();", false)]
    [InlineData("foreach (var x in ids) { /*goal*/Db.Query(); /*start*/Db.Query(); }", false)]
    [InlineData("try { /*start*/Db.Query(); } finally { /*goal*/Db.Query(); }", true)]
    [InlineData("try { /*start*/Db.Query(); return; } finally { /*goal*/Db.Query(); }", true)]
    [InlineData("try { /*start*/Db.Query(); if (n > 1) return; } finally { if (n > 2) /*goal*/Db.Query(); }", false)]
    [InlineData("try { try { /*start*/Db.Query(); return; } finally { n++; } } finally { /*goal*/Db.Query(); }", true)]
    [InlineData("try { /*start*/Db.Query(); /*goal*/Db.Query(); } catch { }", true)]
    [InlineData("try { /*start*/Db.Query(); } catch { /*goal*/Db.Query(); }", false)]
    [InlineData("/*start*/Db.Query(); while (true) { n++; }", true)]
    public void Always_reaches(string code, bool expected)
    {
        FlowCode flow = FlowCode.In(code.Contains("/*goal*/", StringComparison.Ordinal) ? code : code + "/*goal*/Db.Query();");
        Assert.Equal(expected, Graph(flow, "start").AlwaysReaches(flow.At("start"), flow.At("goal")));
    }

    [Theory]
    [InlineData("void Local() { foreach (var x in ids) /*here*/Db.Query(x); }", true)]
    [InlineData("void Local() { void Inner() { foreach (var x in ids) { /*here*/Db.Query(x); break; } } }", false)]
    [InlineData("Action act = () => { foreach (var x in ids) { /*here*/Db.Query(x); return; } };", false)]
    [InlineData("Action act = () => { Policy.Execute(() => { foreach (var x in ids) { if (x > 2) { /*here*/Db.Query(x); break; } } }); };", false)]
    [InlineData("foreach (var o in orders) Policy.Execute(() => { foreach (var x in ids) { /*here*/Db.Query(x); return; } });", false)]
    [InlineData("var all = ids.Select(y => { foreach (var x in ids) { try { return /*here*/Db.Query(x); } catch { } } return 0; }).ToList();", false)]
    [InlineData("var all = (from y in ids let z = Policy.Execute(() => { foreach (var x in ids) { return /*here*/Db.Query(x); } return 0; }) select z).ToList();", false)]
    public void Lambdas_and_local_functions_have_their_own_graph(string code, bool repeats)
    {
        FlowCode flow = FlowCode.In(code);
        Assert.Equal(repeats, Graph(flow, "here").RepeatsAfterSuccess(flow.Here, flow.Innermost().Operation));
    }

    [Fact]
    public void A_loop_around_the_function_is_not_known_to_end()
    {
        FlowCode flow = FlowCode.In("foreach (var o in orders) o.Lines.ForEach(x => /*here*/Db.Query(x));");
        Iteration outer = flow.Iterations.Around(flow.Here).Last();
        Assert.True(Graph(flow, "here").RepeatsAfterSuccess(flow.Here, outer.Operation));
    }

    [Fact]
    public void Operations_of_other_bodies_keep_every_rule_quiet()
    {
        FlowCode flow = FlowCode.Members("void One() { /*a*/Db.Query(); } void Two() { foreach (var x in new[] { 1 }) /*b*/Db.Query(); }");
        Paths paths = Graph(flow, "a");
        Assert.False(paths.CanFollow(flow.At("a"), flow.At("b")));
        Assert.False(paths.IsDominatedBy(flow.At("b"), flow.At("a")));
        Assert.False(paths.AlwaysReaches(flow.At("a"), flow.At("b")));
        Assert.True(paths.RepeatsAfterSuccess(flow.At("b"), flow.Innermost("b").Operation));
    }

    private static Paths Graph(FlowCode flow, string marker)
    {
        Paths? paths = Paths.Around(flow.At(marker), CancellationToken.None);
        Assert.NotNull(paths);
        return paths;
    }
}
