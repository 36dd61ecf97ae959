using Xunit;
using Code = DbRules.Tests.Rules.RoundTrips.SuggestionCode<DbRules.Rules.ResultSize.UnorderedPage, DbRules.CodeFixes.ResultSize.UnorderedPageFix>;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR204 speaks, when it is quiet, and what its fix writes.</summary>
public class UnorderedPageTests
{
    [Theory]
    [InlineData("Use(await db.Orders.{|DBR204:Skip|}(20).Take(10).ToListAsync(ct));")]
    [InlineData("Use(db.Orders.Where(o => o.Open).{|DBR204:Skip|}(ids.Length).Take(10).ToList());")]
    [InlineData("Use(await db.Orders.{|DBR204:Take|}(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.AsNoTracking().Select(o => o.Number).{|DBR204:Take|}(ids.Length).ToListAsync(ct));")]
    [InlineData("var query = db.Orders.Where(o => o.Open); var page = query.{|DBR204:Skip|}(20).Take(10); Use(await page.ToListAsync(ct));")]
    [InlineData("for (var page = 0; page < 9; page++) Use(await db.Orders.{|DBR204:Skip|}(page * 10).Take(10).ToListAsync(ct));")]
    public Task Reported(string code) => Code.Reports(code);

    [Theory]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Skip(20).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await (from o in db.Orders orderby o.Number select o).Skip(20).Take(10).ToListAsync(ct));")]
    [InlineData("IQueryable<Order> query = db.Orders; query = ids.Length > 3 ? query.OrderBy(o => o.Id) : query.OrderByDescending(o => o.Id); Use(await query.Skip(20).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await Sorted(db.Orders).Skip(20).Take(10).ToListAsync(ct)); static IQueryable<Order> Sorted(IQueryable<Order> query) => query.OrderBy(o => o.Id);")]
    [InlineData("Use(await Page(db.Orders.OrderBy(o => o.Id))); static Task<List<Order>> Page(IQueryable<Order> query) => query.Skip(20).Take(10).ToListAsync();")]
    // Any rows will do.
    [InlineData("await db.Orders.Where(o => o.Open).Take(1000).ExecuteDeleteAsync(ct);")]
    [InlineData("while (true) { var batch = await db.Orders.Where(o => o.Open).Take(100).ToListAsync(ct); if (batch.Count == 0) break; Use(batch); }")]
    [InlineData("Use(await db.Orders.Where(o => o.Open).Take(2).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Take(10).CountAsync(ct));")]
    [InlineData("Use(await db.Orders.Skip(10).AnyAsync(ct));")]
    [InlineData("Use(db.Orders.Skip(new Random().Next(10)).First());")]
    [InlineData("Use(await db.Orders.Where(o => o.Id == 3).Take(10).ToListAsync(ct));")]
    // Not a table.
    [InlineData("Use(orders.AsQueryable().Skip(20).Take(10).ToList());")]
    [InlineData("Use(orders.Skip(20).Take(10).ToList());")]
    [InlineData("Use(db.Orders.FromSqlRaw(\"SELECT * FROM Orders ORDER BY Id\").Skip(20).ToList());")]
    public Task Quiet(string code) => Code.Reports(code);

    [Theory]
    [InlineData("Use(await db.Orders.{|DBR204:Skip|}(20).Take(10).ToListAsync(ct));", "Use(await db.Orders.OrderBy(o => o.Id).Skip(20).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.Where(x => x.Open).{|DBR204:Take|}(10).Select(x => x.Number).ToListAsync(ct));", "Use(await db.Orders.Where(x => x.Open).OrderBy(o => o.Id).Take(10).Select(x => x.Number).ToListAsync(ct));")]
    [InlineData("var query = db.Orders.Where(o => o.Open); Use(await query.{|DBR204:Skip|}(20).Take(10).ToListAsync(ct));", "var query = db.Orders.Where(o => o.Open); Use(await query.OrderBy(o => o.Id).Skip(20).Take(10).ToListAsync(ct));")]
    public Task Fixed(string code, string fixedCode) => Code.Fixes(code, fixedCode);

    [Theory]
    [InlineData("Use(await db.Orders.Select(o => o.Number).{|DBR204:Take|}(10).ToListAsync(ct));")]
    public Task No_fix(string code) => Code.NoFix(code);
}
