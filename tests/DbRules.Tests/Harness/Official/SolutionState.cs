using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Files of a test by path. A source added without a path is called <c>/0/Test0.cs</c>, <c>/0/Test1.cs</c>, ...</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The name is that of the published package.")]
public sealed class SourceFileList : List<(string filename, string content)>
{
    public void Add(string content) => Add(($"/0/Test{Count}.cs", content));
}

/// <summary>What a project consists of before or after a fix, and what is expected of it.</summary>
public sealed class SolutionState
{
    public SourceFileList Sources { get; } = [];

    public SourceFileList AdditionalFiles { get; } = [];

    /// <summary>For example <c>("/.editorconfig", "root = true\n[*.cs]\n...")</c>.</summary>
    public SourceFileList AnalyzerConfigFiles { get; } = [];

    public List<MetadataReference> AdditionalReferences { get; } = [];

    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    /// <summary>Null: a library.</summary>
    public OutputKind? OutputKind { get; set; }

    /// <summary>Null: markup is allowed and states what is expected.</summary>
    public MarkupMode? MarkupHandling { get; set; }
}

/// <summary>The assemblies that code under test compiles against.</summary>
public sealed record ReferenceAssemblies(ImmutableArray<MetadataReference> Assemblies);
