using DbRules.Catalog;
using DbRules.Rules.Configuration;
using DbRules.Rules.RoundTrips;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Verify = DbRules.Tests.CSharpAnalyzerVerifier<DbRules.Rules.Configuration.MalformedModelRow>;

namespace DbRules.Tests.Rules.Configuration;

/// <summary>DBR001: every kind of row that is not understood is reported at its place; the other rows still count.</summary>
public sealed class MalformedModelRowTests
{
    private const string Store =
        """
        namespace Shop;

        class Store
        {
            public Order Load(int id) => new();
            public Order Read(int id) => new();
        }
        """;

    [Theory]
    [InlineData("junk", 1, 1, 5, "neither")]
    [InlineData("library", 1, 1, 8, "needs the name of the library")]
    [InlineData("type", 1, 1, 5, "needs the full name of a type")]
    [InlineData("type 1.2", 1, 6, 9, "needs the full name of a type")]
    [InlineData("  Load reads", 1, 3, 7, "needs a 'type' line above it")]
    [InlineData("type Shop.Store\ntype Shop.Store", 2, 6, 16, "already stands in line 1")]
    [InlineData("type Shop.Store sesion", 1, 17, 23, "'sesion' is not a word of a type line")]
    [InlineData("type Shop.Store dialect:dbase", 1, 17, 30, "'dbase' is not a known dialect")]
    [InlineData("type Shop.Store\n  load reads", 2, 3, 7, "starts with the name of a member")]
    [InlineData("type Shop.Store\n  Load round-tripp reads", 2, 8, 19, "'round-tripp' is not a word of a member row")]
    [InlineData("type Shop.Store\n  Load reads who:id", 2, 14, 20, "'who' is not a role")]
    [InlineData("type Shop.Store\n  Load reads key:", 2, 14, 18, "needs the name of a parameter")]
    [InlineData("type Shop.Store\n  Load composes", 2, 8, 16, "'composes' needs the step behind it")]
    [InlineData("type Shop.Store\n  Load composes sorting", 2, 17, 24, "'composes' needs the step behind it")]
    [InlineData("type Shop.Store\n  Load reads one many", 2, 18, 22, "'many' contradicts an earlier word")]
    [InlineData("type Shop.Store\n  Load reads nothing", 2, 3, 7, "cannot stand beside other words")]
    [InlineData("type Shop.Store\n  Load[Async reads", 2, 3, 13, "is not the name of a member or a group")]
    [InlineData("type Shop.Store\n  Load reads\n  Load writes", 3, 3, 7, "already has a row")]
    [InlineData("type Shop.Store\n  Load", 2, 3, 7, "No words follow 'Load'")]
    [InlineData("type Shop.Missing\n  Load reads", 1, 6, 18, "have a type 'Shop.Missing'")]
    [InlineData("type Shop.Store\n  Save writes", 2, 3, 7, "declares no method or property 'Save'")]
    [InlineData("type Shop.Store\n  Load reads key:number", 2, 18, 24, "has a parameter 'number'")]
    [InlineData("# a comment\n\ntype Shop.Store\n\n  # another\n  Load raeds", 6, 8, 13, "'raeds' is not a word of a member row")]
    public async Task Reports_file_line_and_words(string rows, int line, int start, int end, string words)
    {
        var finding = Assert.Single(await FindAsync(("/models/shop.dbmodel", rows)));
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(("/models/shop.dbmodel", line, start, end), finding.Place);
    }

    [Fact]
    public async Task Reports_every_row_of_every_file()
    {
        var findings = await FindAsync(
            ("/a.dbmodel", "junk\ntype Shop.Store\n  Load raeds\n  Read raeds"),
            ("/b.DBMODEL", "type Shop.Missing"),
            ("/notes.txt", "junk"));
        Assert.Equal(["/a.dbmodel:1", "/a.dbmodel:3", "/a.dbmodel:4", "/b.DBMODEL:1"], findings.Select(finding => $"{finding.Place.Path}:{finding.Place.Line}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing here\n\n")]
    [InlineData("library Shop\ntype Shop.Store and-derived session\n  Load round-trip reads one key:id\n  Read nothing")]
    [InlineData("type Shop.Missing optional\n  Load reads")]
    [InlineData("type Shop.Missing assembly:Shop.Elsewhere\n  Load reads")]
    public async Task Good_rows_are_quiet(string rows) => Assert.Empty(await FindAsync(("/shop.dbmodel", rows)));

    [Fact]
    public async Task Is_a_warning_with_the_reason_as_its_message()
    {
        var test = new Verify.Test { TestCode = Store };
        test.TestState.AdditionalFiles.Add(("/shop.dbmodel", "type Shop.Gone"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleCatalog.MalformedModelRow)
            .WithSpan("/shop.dbmodel", 1, 6, 1, 15)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage("Neither this project nor its references have a type 'Shop.Gone'. 'optional' behind the name says that it may be missing"));
        await test.RunAsync();
    }

    [Fact]
    public async Task Other_rows_still_count()
    {
        var test = new CSharpAnalyzerVerifier<QueryPerElement>.Test
        {
            TestCode = Store +
                """

                class Report
                {
                    void Run(Store store, int[] ids)
                    {
                        foreach (var id in ids)
                        {
                            _ = store.[|Load|](id);
                            _ = store.Read(id);
                        }
                    }
                }
                """,
        };
        test.TestState.AdditionalFiles.Add(("/shop.dbmodel", "junk\ntype Shop.Gone\n  Load reads\ntype Shop.Store\n  Read raeds round-trip\n  Load round-trip reads one\n  Save writes"));
        await test.RunAsync();
    }

    private static async Task<IReadOnlyList<(string Message, (string Path, int Line, int Start, int End) Place)>> FindAsync(params (string Path, string Text)[] files)
    {
        var found = new List<(string, (string, int, int, int))>();
        foreach (var diagnostic in await Configured.FindAsync(new MalformedModelRow(), Store, files, options: null))
        {
            var span = diagnostic.Location.GetLineSpan();
            Assert.Equal("DBR001", diagnostic.Id);
            Assert.Equal(span.StartLinePosition.Line, span.EndLinePosition.Line);
            found.Add((diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
                (span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Character + 1)));
        }

        return found;
    }
}
