using System.Collections.Immutable;
using DbRules.Testing;
using DbRules.Tests.Silence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DbRules.Tests;

/// <summary>All rules at once over code of every kind: they never throw, always end, and say nothing where nothing is wrong.</summary>
public sealed class SilenceTests
{
    private const int MutationsPerSample = 24;

    /// <summary>Only a guard against an analysis that does not end; hundreds of times what is needed.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(5);

    public static TheoryData<string> QuietSamples => new(SampleSources.Read("Quiet").Select(sample => sample.Name));

    public static TheoryData<string> AllSamples => new(SampleSources.Read("Quiet").Concat(SampleSources.Read("Busy")).Select(sample => sample.Name));

    public static TheoryData<string> DeepSamples => new(SampleSources.Deep().Select(sample => sample.Name));

    public static TheoryData<string> RecursiveSamples => new(SampleSources.Recursive().Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(AllSamples))]
    public async Task Samples_compile_and_nothing_throws(string name) =>
        (await AnalyseAsync(ShopProject().WithSource("/0/Sample.cs", Sample(name)))).RequireNoErrors(name);

    [Theory]
    [MemberData(nameof(QuietSamples))]
    public async Task Quiet_samples_have_no_finding(string name)
    {
        AnalyzerRun run = await AnalyseAsync(ShopProject().WithSource("/0/Sample.cs", Sample(name)));
        Diagnostic[] findings = [.. run.Findings.Where(finding => finding.Descriptor.IsEnabledByDefault)];
        Assert.True(findings.Length == 0, DiagnosticText.List(findings));
    }

    [Theory]
    [MemberData(nameof(AllSamples))]
    public async Task Broken_samples_throw_nothing(string name)
    {
        string source = Sample(name);
        for (int seed = 1; seed <= MutationsPerSample; seed++)
        {
            string mutated = Mutation.Apply(source, seed);
            await ExplainAsync($"seed {seed}:\n{mutated}", () => AnalyseAndFixAsync(ShopProject().WithSource("/0/Sample.cs", mutated)));
        }
    }

    [Theory]
    [MemberData(nameof(AllSamples))]
    public async Task Missing_libraries_throw_nothing(string name)
    {
        await AnalyseAndFixAsync(TestProjects.Create(TestReferences.Framework, withShop: false).WithSource("/0/Sample.cs", Sample(name)));
        Project project = TestProjects.Create(TestReferences.Framework, withShop: false);
        foreach (string library in new[] { "Microsoft.EntityFrameworkCore.dll", "Dapper.dll" })
        {
            MetadataReference reference = TestReferences.Libraries.Single(one => Path.GetFileName(one.Display) == library);
            await AnalyseAndFixAsync(project.AddMetadataReference(reference).WithSource("/0/Sample.cs", Sample(name)));
        }

        await AnalyseAndFixAsync(project.WithMetadataReferences([]).WithSource("/0/Sample.cs", Sample(name)));
    }

    [Fact]
    public async Task A_method_of_10000_lines_is_analysed_to_its_end()
    {
        (await AnalyseAsync(ShopProject().WithSource("/0/Sample.cs", SampleSources.LongMethod(lines: 100)))).RequireNoErrors("The method");
        await FindOnlyAsync(SampleSources.LongMethod(lines: 10_000));
    }

    [Theory]
    [MemberData(nameof(DeepSamples))]
    public Task Deep_code_is_survived(string name) =>
        FindOnlyAsync(SampleSources.Deep().Single(sample => sample.Name == name).Source);

    [Theory]
    [MemberData(nameof(RecursiveSamples))]
    public async Task Recursion_is_survived(string name) =>
        await AnalyseAndFixAsync(ShopProject().WithSource("/0/Sample.cs", SampleSources.Recursive().Single(sample => sample.Name == name).Source));

    [Fact]
    public async Task Our_own_source_has_no_finding()
    {
        foreach (Compilation compilation in OwnSource.Compilations())
        {
            Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            Assert.True(errors.Length == 0, $"{compilation.AssemblyName} does not compile:\n{DiagnosticText.List(errors)}");
            ImmutableArray<Diagnostic> findings = await AnalyzerRun.FindAsync(compilation, ProductParts.CreateAnalyzers()).WaitAsync(HangGuard);
            Assert.True(findings.IsEmpty, DiagnosticText.List(findings));
        }
    }

    private static Project ShopProject() => TestProjects.Create(TestReferences.All, withShop: true);

    private static string Sample(string name) =>
        SampleSources.Read("Quiet").Concat(SampleSources.Read("Busy")).Single(sample => sample.Name == name).Source;

    private static Task<AnalyzerRun> AnalyseAsync(Project project) =>
        AnalyzerRun.OfAsync(project, ProductParts.CreateAnalyzers()).WaitAsync(HangGuard);

    /// <summary>Leaves out the compiler's own diagnostics, which cost more than all rules on code of extreme size.</summary>
    private static async Task FindOnlyAsync(string source)
    {
        Compilation compilation = (await ShopProject().WithSource("/0/Sample.cs", source).GetCompilationAsync())!;
        await AnalyzerRun.FindAsync(compilation, ProductParts.CreateAnalyzers()).WaitAsync(HangGuard);
    }

    /// <summary>Also asks every fix for its actions and computes what they would do.</summary>
    private static async Task AnalyseAndFixAsync(Project project)
    {
        AnalyzerRun run = await AnalyseAsync(project);
        foreach (Diagnostic finding in run.Findings.Where(finding => finding.Location.IsInSource))
        {
            Document document = run.Project.GetDocument(finding.Location.SourceTree)!;
            foreach (CodeFixProvider fix in ProductParts.CreateFixes(finding.Id))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (CodeAction action in actions)
                    await action.GetOperationsAsync(CancellationToken.None).WaitAsync(HangGuard);
            }
        }
    }

    private static async Task ExplainAsync(string context, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{context}\n{exception.Message}", exception);
        }
    }
}
