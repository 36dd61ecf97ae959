using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using DbRules.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbRules.Benchmarks;

/// <summary>Analyzers that are measured together.</summary>
internal sealed record AnalyzerSet(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    /// <summary>An analyzer that listens to invocations and does nothing: what Roslyn takes for analysis as such.</summary>
    public static readonly AnalyzerSet NoOp = new("no-op", [new InvocationListener()]);

    /// <summary>An analyzer that leaves at compilation start: what Roslyn takes for one as such, in a project that it has nothing to do in.</summary>
    public static readonly AnalyzerSet Leaving = new("leaving", [new LeavingAnalyzer()]);

    /// <summary>The same listener, which also reports at places that others have found: what Roslyn takes for findings, whoever reports them.</summary>
    public static AnalyzerSet Echo(IReadOnlyList<Diagnostic> findings) => new("no-op with findings", [new FindingEcho(findings.ToLookup(f => f.Location.SourceTree, f => f.Location))]);

    /// <summary>All rules, as a compiler loads them.</summary>
    public static AnalyzerSet Rules() => new("DbRules", AnalyzersOf(Assembly.Load("DbRules")));

    /// <summary>All rules, each as an analyzer of its own, so that the driver times it.</summary>
    public static AnalyzerSet EachRule() => new("rule by rule", [.. TypesOf(Assembly.Load("DbRules"))
        .Where(static type => type.IsSubclassOf(typeof(DbRule)) && !type.IsAbstract)
        .OrderBy(static type => type.FullName, StringComparer.Ordinal).Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)]);

    /// <summary>
    /// The analyzer packages that the project downloaded, each as a set; their rules have their default severities, and those that are off by default do not run. Empty
    /// unless the project was built with <c>-p:WithPeers=true</c>.
    /// </summary>
    public static IEnumerable<AnalyzerSet> Peers()
    {
        foreach (var peer in typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(a => a.Key.StartsWith("Peer:", StringComparison.Ordinal)))
        {
            var name = peer.Key["Peer:".Length..];
            var package = Path.Combine([peer.Value!, .. name.ToLowerInvariant().Split(' ')]);
            // Each package brings its own versions of shared libraries.
            var context = new AssemblyLoadContext(peer.Key);
            var files = Directory.GetFiles(Path.Combine(package, "analyzers"), "*.dll", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".resources.dll", StringComparison.Ordinal) && !f.Contains("CodeFix", StringComparison.Ordinal) && !f.Contains(Path.DirectorySeparatorChar + "vb" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .GroupBy(Path.GetFileName, (_, same) => same.Order(StringComparer.Ordinal).Last())
                .ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, StringComparer.OrdinalIgnoreCase);
            context.Resolving += (loading, name) => files.TryGetValue(name.Name!, out var file) ? loading.LoadFromAssemblyPath(file) : null;
            yield return new(name, [.. files.Values.Order(StringComparer.Ordinal).SelectMany(f => AnalyzersIn(context, f))]);
        }
    }

    private static ImmutableArray<DiagnosticAnalyzer> AnalyzersIn(AssemblyLoadContext context, string file)
    {
        var assembly = context.LoadFromAssemblyPath(file);
        return assembly.GetReferencedAssemblies().Any(a => a.Name == "Microsoft.CodeAnalysis") ? AnalyzersOf(assembly) : [];
    }

    private static ImmutableArray<DiagnosticAnalyzer> AnalyzersOf(Assembly assembly) =>
    [
        .. TypesOf(assembly).Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && t.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
            .OrderBy(t => t.FullName, StringComparer.Ordinal).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    // A type that needs the compiler's workspaces is a code fix, and does not load here.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }

    private abstract class Weight : DiagnosticAnalyzer
    {
        protected static readonly DiagnosticDescriptor Descriptor = new("NOOP", "No-op", "No-op", "Measure", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];
    }

    private sealed class LeavingAnalyzer : Weight
    {
        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
            context.RegisterCompilationStartAction(_ => { });
        }
    }

    private class InvocationListener : Weight
    {
        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterOperationAction(_ => { }, OperationKind.Invocation);
        }
    }

    private sealed class FindingEcho(ILookup<SyntaxTree?, Location> places) : InvocationListener
    {
        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            // As the rules: otherwise the compiler reads every token of a file that something is reported in.
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
            context.RegisterOperationAction(_ => { }, OperationKind.Invocation);
            context.RegisterSemanticModelAction(file =>
            {
                foreach (var place in places[file.SemanticModel.SyntaxTree])
                    file.ReportDiagnostic(Diagnostic.Create(Descriptor, place));
            });
        }
    }
}
