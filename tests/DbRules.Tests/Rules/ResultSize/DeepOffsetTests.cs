using DbRules.Rules.ResultSize;
using DbRules.Tests.Rules.RoundTrips;
using Xunit;

namespace DbRules.Tests.Rules.ResultSize;

/// <summary>When DBR208, which is off by default, speaks once it is on.</summary>
public class DeepOffsetTests
{
    [Theory]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).{|DBR208:Skip|}(ids.Length * 10).Take(10).ToListAsync(ct));")]
    public Task Reported(string code) => Reports(code);

    [Theory]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Where(o => o.Id > 3).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Skip(10).Take(10).ToListAsync(ct));")]
    [InlineData("Use(await db.Orders.OrderBy(o => o.Id).Skip(ids.Length).CountAsync(ct));")]
    [InlineData("Use(orders.Skip(ids.Length).ToList());")]
    public Task Quiet(string code) => Reports(code);

    private static Task Reports(string code)
    {
        var test = new CSharpAnalyzerVerifier<DeepOffset>.Test { TestCode = RoundTripTest.Method(code) };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.DBR208.severity = suggestion\n"));
        return test.RunAsync();
    }
}
