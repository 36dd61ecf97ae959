using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DbRules.Catalog;
using DbRules.Rules;
using DbRules.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace DbRules.Tests;

/// <summary>How the rules that one analyzer holds are asked.</summary>
public sealed class RuleHostTests
{
    private const string Code = """
        using Microsoft.EntityFrameworkCore;

        public class Orders
        {
            public System.Threading.Tasks.Task<int> CountAsync(ShopContext db) => db.Orders.CountAsync();
        }
        """;

    [Fact]
    public void Every_rule_is_in_one_analyzer()
    {
        DiagnosticDescriptor[] hosted = [.. new WarningRules().SupportedDiagnostics, .. new SuggestionRules().SupportedDiagnostics];
        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), hosted.Select(rule => rule.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_compiler_loads_two_analyzers_and_a_suppressor() =>
        Assert.Equal(["BaselineSuppressor", "SuggestionRules", "WarningRules"], ProductParts.AnalyzerTypes.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_configuration_is_checked_where_no_library_is_seen()
    {
        Project project = TestProjects.Create(TestReferences.Framework, withShop: false).WithSource("/0/Test0.cs", "class C { }")
            .AddAnalyzerConfigDocument("/.editorconfig", SourceText.From("root = true\n[*.cs]\ndbrules.small_sequence = few\n"), filePath: "/.editorconfig").Project
            .AddAdditionalDocument("/mine.dbmodel", SourceText.From("type Nobody.Has.This\n  Find  reads\n"), filePath: "/mine.dbmodel").Project
            .AddAdditionalDocument("/DbRules.baseline.txt", SourceText.From("<<<<<<< ours\n"), filePath: "/DbRules.baseline.txt").Project;
        AnalyzerRun run = await AnalyzerRun.OfAsync(project, [new WarningRules(), new SuggestionRules()]);
        Assert.Equal(["DBR001", "DBR002", "DBR004"], run.Findings.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_severity_decides_which()
    {
        Assert.All(new WarningRules().SupportedDiagnostics, rule => Assert.Equal(DiagnosticSeverity.Warning, rule.DefaultSeverity));
        Assert.All(new SuggestionRules().SupportedDiagnostics, rule => Assert.Equal(DiagnosticSeverity.Info, rule.DefaultSeverity));
    }

    [Fact]
    public async Task A_rule_that_fails_does_not_silence_the_others()
    {
        var after = new Listener();
        var failures = new List<Exception>();
        await RunAsync([new Failing(), after], failures: failures);
        Assert.True(after.Asked > 0);
        Assert.All(failures, failure => Assert.IsType<InvalidOperationException>(failure));
        Assert.NotEmpty(failures);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Default, true)]
    [InlineData(ReportDiagnostic.Warn, true)]
    [InlineData(ReportDiagnostic.Hidden, true)]
    [InlineData(ReportDiagnostic.Suppress, false)]
    public async Task A_rule_that_the_project_switches_off_is_not_asked(ReportDiagnostic stated, bool isAsked)
    {
        var rule = new Listener();
        await RunAsync([rule, new Other()], project: stated);
        Assert.Equal(isAsked, rule.Asked > 0);
    }

    [Theory]
    [InlineData(ReportDiagnostic.Warn, true)]
    [InlineData(ReportDiagnostic.Suppress, false)]
    public async Task A_rule_that_the_file_switches_off_is_not_asked(ReportDiagnostic stated, bool isAsked)
    {
        var rule = new Listener();
        await RunAsync([rule, new Other()], file: stated);
        Assert.Equal(isAsked, rule.Asked > 0);
    }

    [Fact]
    public async Task A_rule_that_is_off_by_default_is_asked_where_a_file_switches_it_on()
    {
        var rule = new OffByDefault();
        await RunAsync([rule, new Other()]);
        Assert.Equal(0, rule.Asked);
        await RunAsync([rule, new Other()], file: ReportDiagnostic.Warn);
        Assert.True(rule.Asked > 0);
    }

    [Fact]
    public async Task What_the_project_states_beats_what_the_file_states()
    {
        var rule = new Listener();
        await RunAsync([rule, new Other()], project: ReportDiagnostic.Error, file: ReportDiagnostic.Suppress);
        Assert.True(rule.Asked > 0);
    }

    [Fact]
    public async Task Nothing_holds_a_compilation_after_its_analysis()
    {
        WeakReference analysed = await AnalysedAsync();
        analysed.AssertLetGo();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AnalysedAsync()
    {
        Compilation compilation = (await TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Test0.cs", Code).GetCompilationAsync())!;
        var witness = new Witness();
        await compilation.WithAnalyzers([new WarningRules(), new SuggestionRules(), witness]).GetAnalyzerDiagnosticsAsync();
        return witness.Analysed!;
    }

    private static async Task RunAsync(
        ImmutableArray<DbRule> rules, ReportDiagnostic project = ReportDiagnostic.Default, ReportDiagnostic? file = null, List<Exception>? failures = null)
    {
        Compilation compilation = (await TestProjects.Create(TestReferences.All, withShop: true).WithSource("/0/Test0.cs", Code).GetCompilationAsync())!;
        string id = rules[0].SupportedDiagnostics[0].Id;
        CompilationOptions options = compilation.Options.WithSyntaxTreeOptionsProvider(new FileOptions(id, file));
        if (project != ReportDiagnostic.Default)
            options = options.WithSpecificDiagnosticOptions([new(id, project)]);
        await compilation.WithOptions(options).WithAnalyzers(
            [new Host(rules)],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => failures?.Add(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync();
    }

#pragma warning disable RS1001 // For these tests only.
    private sealed class Host(ImmutableArray<DbRule> rules) : DiagnosticAnalyzer
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. rules.SelectMany(rule => rule.SupportedDiagnostics)];

#pragma warning disable RS1025, RS1026
        public override void Initialize(AnalysisContext context) => RuleHost.Initialize(context, new RuleChecks(rules));
#pragma warning restore RS1025, RS1026
    }

    /// <summary>Remembers which compilation was analysed: not the one that was given.</summary>
    private sealed class Witness : DiagnosticAnalyzer
    {
        public WeakReference? Analysed { get; private set; }

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [RuleCatalog.QueryPerElement];

#pragma warning disable RS1025, RS1026
        public override void Initialize(AnalysisContext context) => context.RegisterCompilationAction(analysed => Analysed = new WeakReference(analysed.Compilation));
#pragma warning restore RS1025, RS1026
    }

    private class Listener(DiagnosticDescriptor rule) : DbRule(rule)
    {
        public Listener()
            : this(RuleCatalog.QueryPerElement)
        {
        }

        public int Asked { get; private set; }

        protected override void Register(RuleContext rule) => rule.OnBody(_ => Asked++);
    }

    private sealed class Other() : Listener(RuleCatalog.CallPerElement);

    private sealed class OffByDefault() : Listener(RuleCatalog.All.First(rule => !rule.IsEnabledByDefault));

    private sealed class Failing() : DbRule(RuleCatalog.WritePerElement)
    {
        protected override void Register(RuleContext rule) => rule.OnBody(_ => throw new InvalidOperationException());
    }
#pragma warning restore RS1001

    private sealed class FileOptions(string id, ReportDiagnostic? stated) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = stated ?? ReportDiagnostic.Default;
            return stated is not null && diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
