using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Which earlier read a call repeats, which result can be kept, and which keys are fetched for one later query.</summary>
public sealed class SameQueriesTests
{
    [Theory]
    [InlineData("var a = db.Orders.First(o => o.Id == 3); //1\nvar b = db.Orders.First(x => x.Id == 3); //2", true)]
    [InlineData("var a = db.Orders.First(o => o.Id == 3); //1\nvar b = db.Orders.First(o => o.Id == 4); //2", false)]
    [InlineData("var a = db.Orders.First(o => o.Id > 3); //1\nvar b = db.Orders.First(o => o.Id < 3); //2", false)]
    [InlineData("var a = db.Orders.First(o => o.Id == 3); //1\nvar b = db.Orders.First(o => o.CustomerId == 3); //2", false)]
    [InlineData("var a = db.Orders.First(o => o.Id == ids[0]); //1\nvar b = db.Orders.First(o => o.Id == ids[0]); //2", true)]
    [InlineData("var a = db.Orders.First(o => o.Id == ids[0]); //1\nids[0] = 5;\nvar b = db.Orders.First(o => o.Id == ids[0]); //2", false)]
    [InlineData("var a = db.Orders.Count(); //1\ndb.SaveChanges();\nvar b = db.Orders.Count(); //2", false)]
    [InlineData("var a = db.Orders.Count(); //1\nif (flag) { db.SaveChanges(); return 1; }\nvar b = db.Orders.Count(); //2", true)]
    [InlineData("if (flag) Use(db.Orders.Count()); //1\nUse(db.Orders.Count()); //2", false)]
    [InlineData("while (flag) Use(db.Orders.Count()); //1\nUse(db.Orders.Count()); //2", false)]
    [InlineData("while (db.Orders.Any()) Use(1); //1\nUse(db.Orders.Any()); //2", false)]
    [InlineData("Use(db.Orders.First(o => o.Id == _position)); //1\nUse(db.Orders.First(o => o.Id == _position)); //2", true)]
    [InlineData("Use(db.Orders.First(o => o.Id == _position)); //1\n_position = 4;\nUse(db.Orders.First(o => o.Id == _position)); //2", false)]
    [InlineData("Use(unknown.Count()); //1\nUse(unknown.Count()); //2", false)]
    public void Repeats(string statements, bool repeats)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        SameQuery? same = code.Facts.SameQueryBefore(code.Calls("//2").Last());
        Assert.Equal(repeats, same is not null);
        if (same is not null)
            Assert.Equal(code.Calls("//1").First(), same.Earlier);
    }

    [Theory]
    [InlineData("var a = db.Orders.First(o => o.Id == 3);\nvar b = db.Orders.First(o => o.Id == 3); //2", "a")]
    [InlineData("Use(db.Orders.Count());\nUse(db.Orders.Count()); //2", null)]
    [InlineData("var a = db.Orders.Count();\nUse(db.Orders.Count());\nUse(db.Orders.Count()); //2", "a")]
    [InlineData("object a = db.Orders.Count();\nUse(db.Orders.Count()); //2", null)]
    [InlineData("var a = db.Orders.ToList();\nvar b = db.Orders.ToList(); //2\nb.Clear();", null)]
    [InlineData("var a = db.Orders.ToList();\nvar b = db.Orders.ToList(); //2\nUse(b.Count);", "a")]
    public void Keeps(string statements, string? holder)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        SameQuery? same = code.Facts.SameQueryBefore(code.Call("//2"));
        Assert.NotNull(same);
        Assert.Equal(holder, same.Kept?.Holder.Name);
    }

    [Theory]
    [InlineData("var keys = db.Orders.Select(o => o.Id).ToList(); //1\nUse(db.Lines.Where(l => keys.Contains(l.OrderId)).ToList()); //2", true)]
    [InlineData("var keys = db.Orders.Select(o => o.Id).ToList(); //1\nUse(db.Lines.Count(l => keys.Contains(l.OrderId))); //2", true)]
    [InlineData("var keys = db.Orders.Select(o => o.Id).ToList(); //1\nUse(keys);\nUse(db.Lines.Count(l => keys.Contains(l.OrderId))); //2", false)]
    [InlineData("var keys = db.Orders.Select(o => o.Number + 1).ToList(); //1\nUse(db.Lines.Count(l => keys.Contains(\"3\"))); //2", false)]
    [InlineData("var keys = db.Orders.Select(o => o.Id).ToList(); //1\nUse(db.Lines.Count(l => keys.Contains(3))); //2", false)]
    [InlineData("var keys = db.Orders.Select(o => o.Id).ToList(); //1\nUse(unknown.Count(l => keys.Contains(l.Id))); //2", false)]
    public void Fetches_keys(string statements, bool fetches)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        KeyFetch? found = code.Facts.KeyFetchOf(code.Call());
        Assert.Equal(fetches, found is not null);
        if (found is not null)
            Assert.Equal(code.Call("//2"), found.Next);
    }
}
