using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Code that somebody is typing: whatever token is missing, no fix throws, and none makes more errors than there are.</summary>
public class HalfTypedCodeTests
{
    private const string Source =
        """
        public static class Report
        {
            public static async Task RunAsync(ShopContext db, Microsoft.Data.Sqlite.SqliteConnection connection, List<Order> orders, CancellationToken ct)
            {
                foreach (var order in orders.Where(o => o.Open))
                {
                    var customer = await db.Customers.FirstOrDefaultAsync(c => c.Active && c.Id == order.CustomerId, ct);
                    var lines = connection.Query<OrderLine>("SELECT * FROM OrderLines WHERE OrderId = @id", new { id = order.Id });
                    var country = db.Countries.FirstOrDefault(c => c.Code == "DE");
                    Console.WriteLine($"{customer?.Name} {lines.Count()} {country?.Name} {db.Payments.Any()}");
                }
            }
        }
        """;

    [Fact]
    public async Task Whole_code_is_fixed() => Assert.Equal(7, await FixesAsync(Source));

    [Fact]
    public async Task Code_with_one_token_less()
    {
        SyntaxNode root = await CSharpSyntaxTree.ParseText(Source).GetRootAsync();
        foreach (SyntaxToken token in root.DescendantTokens().Where(token => token.Span.Length > 0))
            await FixesAsync(Source.Remove(token.SpanStart, token.Span.Length));
    }

    /// <summary>Applies each offered fix on its own.</summary>
    /// <returns>How many there were.</returns>
    private static async Task<int> FixesAsync(string source)
    {
        AnalyzerRun run = await AnalyzerRun.OfAsync(TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Test0.cs", source), ProductParts.CreateAnalyzers());
        int fixes = 0;
        foreach (Diagnostic finding in run.Findings)
        {
            Document document = run.Project.GetDocument(finding.Location.SourceTree)!;
            var actions = new List<CodeAction>();
            foreach (CodeFixProvider fix in ProductParts.CreateFixes(finding.Id))
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));
            foreach (CodeAction action in actions)
            {
                ApplyChangesOperation change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
                Compilation after = (await change.ChangedSolution.GetProject(run.Project.Id)!.GetCompilationAsync())!;
                Assert.True(Errors(after.GetDiagnostics()) <= Errors(run.CompilerDiagnostics), "The fix adds errors to:\n" + source);
                fixes++;
            }
        }

        return fixes;
    }

    private static int Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
