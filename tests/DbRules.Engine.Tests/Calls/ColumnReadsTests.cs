using DbRules.Engine.Calls;
using Xunit;

namespace DbRules.Engine.Tests.Calls;

/// <summary>Which columns code uses of the whole rows that it fetches.</summary>
public sealed class ColumnReadsTests
{
    private const string Model =
        """
        using Microsoft.EntityFrameworkCore;
        using System.Collections.Generic;
        using System.Linq;
        class Page { public int Id { get; set; } public string Title { get; set; } = ""; public string Text { get; set; } = ""; public string Author { get; set; } = ""; public int Views { get; set; } public bool Hidden { get; set; } public Page? Parent { get; set; } public string Short => Text.Substring(3); }
        class Pages : DbContext { public DbSet<Page> All => Set<Page>(); }
        static class Report
        {
            static void Use(object? value) { }
            static void Run(Pages db, List<Page> other) { BODY }
        }
        """;

    [Theory]
    [InlineData("foreach (var p in db.All.ToList()) Use(p.Title);", "Title of 6 behind db.All; projects")]
    [InlineData("foreach (var p in db.All.Where(p => p.Hidden)) { Use(p.Title); Use(p.Views); }", "Title Views of 6 behind db.All.Where(p => p.Hidden); projects")]
    [InlineData("foreach (Page p in db.All.ToList()) Use(p.Title);", "Title of 6 behind db.All;")]
    [InlineData("var all = db.All.AsEnumerable(); Use(all.Select(p => p.Title + p.Id).ToList());", "")]
    [InlineData("Use(db.All.AsEnumerable().Select(p => p.Title + p.Id).ToList());", "Title Id of 6 behind db.All; projects")]
    [InlineData("foreach (var p in db.All.ToList()) { Use(p.Title); Use(p.Views); Use(p.Hidden); }", "")]
    [InlineData("foreach (var p in db.All.ToList()) Use(p.Id);", "")]
    [InlineData("foreach (var p in db.All.ToList()) Use(p.Short);", "")]
    [InlineData("foreach (var p in db.All.ToList()) { Use(p.Title); Use(p.Parent); }", "")]
    [InlineData("foreach (var p in db.All.ToList()) { Use(p.Title); other.Add(p); }", "")]
    [InlineData("foreach (var p in db.All.ToList()) { Use(p.Title); p.Views++; }", "")]
    [InlineData("foreach (var p in other.ToList()) Use(p.Title);", "")]
    public void Found(string statements, string expected)
    {
        CodeUnderTest code = CodeUnderTest.Of(Model.Replace("BODY", statements, StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(" | ", code.AllCalls().Select(code.Facts.ResultSize.ColumnReadOf).OfType<ColumnRead>().Select(Text)));
    }

    private static string Text(ColumnRead read) =>
        $"{string.Join(" ", read.Columns.Select(column => column.Name))} of {read.ColumnCount} behind {read.Query.Syntax};{(read.CanProject ? " projects" : "")}";
}
