using DbRules.Engine.Flow;
using Xunit;

namespace DbRules.Engine.Tests.Flow;

public sealed class GuardsTests
{
    [Theory]
    [InlineData("if (user != null) /*a*/Db.Query(); if (user == null) /*b*/Db.Query();")]
    [InlineData("if (user is not null && n > 1) { /*a*/Db.Query(); } if (n > 2 && user is null) { if (n > 3) /*b*/Db.Query(); }")]
    [InlineData("if (null == user) /*a*/Db.Query(); if (user is { }) /*b*/Db.Query();")]
    [InlineData("if (user is null || n > 1) return; else /*a*/Db.Query(); if (user is null) /*b*/Db.Query();")]
    [InlineData("if (!(user == null)) /*a*/Db.Query(); if (n > 3) return; var r = user is null ? /*b*/Db.Query() : 0;")]
    [InlineData("object? o = name; if (o is string s) /*a*/Db.Query(); if (o is null) /*b*/Db.Query();")]
    [InlineData("if (user.ParentId.HasValue) /*a*/Db.Query(); if (user.ParentId is null) /*b*/Db.Query();")]
    [InlineData("if (user.ParentId == null) /*a*/Db.Query(); if (user.ParentId is { }) /*b*/Db.Query();")]
    [InlineData("var isNew = n > 1; if (isNew) /*a*/Db.Query(); if (!isNew) /*b*/Db.Query();")]
    [InlineData("var isNew = n > 1; if (isNew) /*a*/Db.Query(); if (isNew) return; /*b*/Db.Query();")]
    [InlineData("bool isNew; isNew = n > 1; if (isNew) /*a*/Db.Query(); n++; if (!isNew) /*b*/Db.Query();")]
    [InlineData("var kind = Kind.A; if (kind == Kind.A) /*a*/Db.Query(); if (kind == Kind.B) /*b*/Db.Query();")]
    [InlineData("var kind = Kind.A; if (kind is Kind.A) /*a*/Db.Query(); if (kind != Kind.A) /*b*/Db.Query();")]
    [InlineData("if (name == \"x\") /*a*/Db.Query(); if (name is null) /*b*/Db.Query();")]
    [InlineData("if (n > 3) /*a*/Db.Query(); if (n <= 3) /*b*/Db.Query();")]
    [InlineData("if (ids.Count >= 3) /*a*/Db.Query(); if (ids.Count < 3) /*b*/Db.Query();")]
    [InlineData("var add = n > 1; if (add) /*a*/Db.Query(); if (add == false) /*b*/Db.Query();")]
    [InlineData("var add = n > 1; if (add is not true) /*a*/Db.Query(); if (add) /*b*/Db.Query();")]
    [InlineData("if (ids.Any()) /*a*/Db.Query(); if (!ids.Any()) /*b*/Db.Query();")]
    [InlineData("foreach (var x in ids) { if (x == 1) /*a*/Db.Query(); if (x != 1) /*b*/Db.Query(); }")]
    public void Never_run_both(string code) => Assert.True(Exclude(code));

    [Theory]
    [InlineData("/*a*/Db.Query(); /*b*/Db.Query();")]
    [InlineData("if (user != null) /*a*/Db.Query(); /*b*/Db.Query();")]
    [InlineData("if (user != null) /*a*/Db.Query(); if (user != null) /*b*/Db.Query();")]
    [InlineData("if (user != null || n > 1) /*a*/Db.Query(); if (user == null) /*b*/Db.Query();")]
    [InlineData("if (user is null && n > 1) return; /*a*/Db.Query(); if (user is null) /*b*/Db.Query();")]
    [InlineData("var other = user; if (user != null) /*a*/Db.Query(); if (other == null) /*b*/Db.Query();")]
    [InlineData("User? found = user; if (found == null) { /*a*/Db.Query(); found = new User(); } if (found != null) /*b*/Db.Query();")]
    [InlineData("if (user.Parent == null) { user.Parent = new User(); /*a*/Db.Query(); } if (user.Parent != null) /*b*/Db.Query();")]
    [InlineData("var isNew = n > 1; if (isNew) /*a*/Db.Query(); isNew = n > 2; if (!isNew) /*b*/Db.Query();")]
    [InlineData("if (n > 1) /*a*/Db.Query(); n--; if (n <= 1) /*b*/Db.Query();")]
    [InlineData("var kind = Kind.A; if (kind != Kind.A) /*a*/Db.Query(); if (kind != Kind.B) /*b*/Db.Query();")]
    [InlineData("if (name == \"x\") /*a*/Db.Query(); if (name == user.Name) /*b*/Db.Query();")]
    [InlineData("if (n > 1) /*a*/Db.Query(); if (n < 9) /*b*/Db.Query();")]
    [InlineData("object? o = name; if (o is string) /*a*/Db.Query(); if (o is not null) /*b*/Db.Query();")]
    [InlineData("object? o = name; if (o is var any) /*a*/Db.Query(); if (o is null) /*b*/Db.Query();")]
    [InlineData("object? o = name; if (o is not string) /*a*/Db.Query(); if (o is null) /*b*/Db.Query();")]
    [InlineData("Db.Query(user is null ? /*a*/Db.Query() : 0); Func<int> load = () => /*b*/Db.Query();")]
    public void May_run_both(string code) => Assert.False(Exclude(code));

    private static bool Exclude(string code)
    {
        FlowCode flow = FlowCode.In(code);
        return Guards.Exclude(flow.At("a"), flow.At("b"), flow.Origins);
    }
}
