using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>What works in memory on fetched rows though the store could have done it.</summary>
public sealed class LateStepsTests
{
    [Theory]
    [InlineData("db.Orders.ToList().Where(o => o.Id > 3).Take(3).Select(o => o.Number).ToList(); //1", "ToList: Where Take;")]
    [InlineData("db.Orders.OrderBy(o => o.Number).ToList().Where(o => o.Id > 3).Take(3).ToList(); //1", "ToList: Where Take; moves")]
    [InlineData("(await db.Orders.ToListAsync()).OrderBy(o => o.Id).First(); //1", "ToListAsync: OrderBy First; answers moves")]
    [InlineData("db.Orders.AsEnumerable().Where(o => o.Id > 3).ToList(); //1", "AsEnumerable: Where; moves")]
    [InlineData("db.Orders.AsEnumerable().Where(o => o.Id > 3).Count(); //1", "AsEnumerable: Where Count; answers moves")]
    [InlineData("foreach (var order in db.Orders.AsEnumerable().Where(o => o.Id > 3)) //1\n Use(order);", "AsEnumerable: Where; moves")]
    [InlineData("var all = db.Orders.ToList(); //1\n Use(all.Where(o => o.Id > 3));", "ToList: Where; used moves")]
    [InlineData("var all = db.Orders.ToList(); //1\n var low = ids[0]; Use(all.Where(o => o.Id > low));", "ToList: Where; used")]
    [InlineData("Enumerable.Count(db.Orders.ToList()); //1", "ToList: Count; answers")]
    [InlineData("db.Lines.ToList().Sum(l => l.Price); //1", "ToList: Sum; answers")]
    [InlineData("db.Orders.ToList().OrderBy(o => o.Id).ToList(); //1", "")]
    [InlineData("db.Orders.Where(o => o.Id == 3).ToList().Single(); //1", "")]
    [InlineData("unknown.ToList().Count(); //1", "")]
    [InlineData("var all = db.Orders.ToList(); //1\n Use(all); Use(all.Where(o => o.Id > 3));", "")]
    [InlineData("var all = db.Orders.ToList(); //1\n foreach (var id in ids) Use(all.Where(o => o.Id > id));", "")]
    public void Found(string statements, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Statements(statements);
        Assert.Equal(expected, string.Join(" | ", code.Calls().Select(code.Facts.ResultSize.LateStepsOf).OfType<LateSteps>().Select(Text)));
    }

    private static string Text(LateSteps found)
    {
        string traits = (found.Use is null ? "" : " used") + (found.EndsInAnswer ? " answers" : "") + (found.CanMove ? " moves" : "");
        return $"{found.Boundary.TargetMethod.Name}: {string.Join(" ", found.Steps.Select(LateSteps.NameOf))};{traits}";
    }
}
