namespace Microsoft.CodeAnalysis.Testing;

/// <summary>From which severity on the compiler's own diagnostics must be expected by the test.</summary>
public enum CompilerDiagnostics
{
    None,
    Errors,
    Warnings,
    Suggestions,
    All,
}

[Flags]
public enum MarkupOptions
{
    None = 0,

    /// <summary><c>[|...|]</c> means the analyzer's first descriptor though it has several.</summary>
    UseFirstDescriptor = 1,
}

/// <summary>Whether the sources of a state contain markup.</summary>
public enum MarkupMode
{
    /// <summary>The source is taken as it is written.</summary>
    None,

    /// <summary>Markup is removed from the source and expects nothing.</summary>
    Ignore,

    /// <summary>Markup is removed from the source and states what is expected.</summary>
    Allow,
}

[Flags]
public enum DiagnosticOptions
{
    None = 0,
    IgnoreAdditionalLocations = 1,
    IgnoreSeverity = 2,
}

[Flags]
public enum CodeFixTestBehaviors
{
    None = 0,
    SkipFixAllInDocumentCheck = 1,
    SkipFixAllInProjectCheck = 2,
    SkipFixAllCheck = SkipFixAllInDocumentCheck | SkipFixAllInProjectCheck,

    /// <summary>Applies one code action only; what is left over is stated by markup in the fixed source.</summary>
    FixOne = 4,
}
