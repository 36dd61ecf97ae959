using DbRules.CodeFixes.RoundTrips;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DbRules.Tests.Rules.RoundTrips;

/// <summary>Whole files as users have them: their own using directives, top-level statements, line breaks and tabs.</summary>
public class FixedFileTests
{
    [Fact]
    public async Task Missing_using_directives_are_added_in_order() => Assert.Equal(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using ShopModel;

        public static class Report
        {
            public static void Run(ShopContext db, Order[] orders)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in orders)
                    Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
            }
        }
        """,
        await FixAsync(
            """
            using System;
            using ShopModel;

            public static class Report
            {
                public static void Run(ShopContext db, Order[] orders)
                {
                    foreach (var order in orders)
                        Console.WriteLine(db.Customers.Find(order.CustomerId)?.Name);
                }
            }
            """));

    [Fact]
    public async Task Using_directive_of_asynchronous_terminals_is_added() => Assert.Equal(
        """
        namespace Shop;

        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;
        using ShopModel;

        public static class Report
        {
            public static async Task RunAsync(ShopContext db, List<Order> orders)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
                foreach (var order in orders)
                    System.Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
            }
        }
        """,
        await FixAsync(
            """
            namespace Shop;

            using System.Collections.Generic;
            using System.Threading.Tasks;
            using ShopModel;

            public static class Report
            {
                public static async Task RunAsync(ShopContext db, List<Order> orders)
                {
                    foreach (var order in orders)
                        System.Console.WriteLine((await db.Customers.FindAsync(order.CustomerId))?.Name);
                }
            }
            """));

    [Fact]
    public async Task File_without_using_directives_gets_them_at_its_top() => Assert.Equal(
        """
        using System.Collections.Generic;
        using System.Linq;

        public static class Report
        {
            public static void Run(ShopModel.ShopContext db, ShopModel.Order[] orders)
            {
                var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
                var customersById = db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
                foreach (var order in orders)
                    System.Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
            }
        }
        """,
        await FixAsync(
            """
            public static class Report
            {
                public static void Run(ShopModel.ShopContext db, ShopModel.Order[] orders)
                {
                    foreach (var order in orders)
                        System.Console.WriteLine(db.Customers.Find(order.CustomerId)?.Name);
                }
            }
            """));

    [Fact]
    public async Task Top_level_statements() => Assert.Equal(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Microsoft.EntityFrameworkCore;
        using ShopModel;

        using var db = new ShopContext();
        var orders = await db.Orders.OrderBy(o => o.Id).Take(50).ToListAsync();
        var customerIds = orders.Select(o => o.CustomerId).Distinct().ToList();
        var customersById = await db.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        // One line per order.
        foreach (var order in orders)
            Console.WriteLine(customersById.GetValueOrDefault(order.CustomerId)?.Name);
        """,
        await FixAsync(
            """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using Microsoft.EntityFrameworkCore;
            using ShopModel;

            using var db = new ShopContext();
            var orders = await db.Orders.OrderBy(o => o.Id).Take(50).ToListAsync();
            // One line per order.
            foreach (var order in orders)
                Console.WriteLine((await db.Customers.FindAsync(order.CustomerId))?.Name);
            """,
            OutputKind.ConsoleApplication));

    [Fact]
    public async Task Line_breaks_and_tabs_stay() => Assert.Equal(
        Windows(
            """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using ShopModel;

            public static class Report
            {
            	public static void Run(ShopContext db, List<Order> orders)
            	{
            		var orderIds = orders.Select(o => o.Id).Distinct().ToList();
            		var orderLineCounts = db.OrderLines
            			.Where(l => orderIds.Contains(l.OrderId))
            			.GroupBy(l => l.OrderId)
            			.Select(g => new { g.Key, Count = g.Count() })
            			.ToDictionary(g => g.Key, g => g.Count);
            		foreach (var order in orders)
            			Console.WriteLine(orderLineCounts.GetValueOrDefault(order.Id));
            	}
            }
            """),
        await FixAsync(Windows(
            """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using ShopModel;

            public static class Report
            {
            	public static void Run(ShopContext db, List<Order> orders)
            	{
            		foreach (var order in orders)
            			Console.WriteLine(db.OrderLines.Count(l => l.OrderId == order.Id));
            	}
            }
            """)));

    private static string Windows(string text) => text.ReplaceLineEndings("\r\n");

    private static async Task<string> FixAsync(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        const string path = "/0/Test0.cs";
        Project project = TestProjects.Create(TestReferences.All, withShop: true);
        project = project.WithCompilationOptions(project.CompilationOptions!.WithOutputKind(kind));
        project = project.RemoveDocument(project.Documents.Single(document => document.FilePath == TestProjects.UsingsPath).Id);
        // The shop model is written with global usings.
        Document model = project.Documents.Single(document => document.FilePath == TestProjects.ShopPath);
        project = project.RemoveDocument(model.Id)
            .WithSource(TestProjects.ShopPath, "using System; using System.Collections.Generic;\n" + TestProjects.ShopSource)
            .WithSource(path, source);
        FixOutcome outcome = await CodeFixing.FixEachAsync(project, ProductParts.CreateAnalyzers, new QueryPerElementFix(), new CodeActionChoice(), limit: 1);
        AnalyzerRun after = await AnalyzerRun.OfAsync(outcome.Project, ProductParts.CreateAnalyzers());
        after.RequireNoErrors("The fixed file");
        Assert.Empty(after.Findings);
        return (await outcome.Project.Documents.Single(document => document.FilePath == path).GetTextAsync()).ToString();
    }
}
